@testable import Analysis
@testable import Report
import FTPProtocol
import Testing

@Suite struct ExpertPhrasesTests {
    @Test func `every finding can be told in Chinese`() {
        let kinds =
            ExpertKind.ofFlags.flatMap(\.kinds) + [
                .duplicateSACK, .segmentSizeAbsent, .segmentSizePresent, .timeToLive(1), .synchronize(21),
                .acknowledge(21), .duplicateACK(2),
            ]
        for kind in kinds {
            let text = kind.text(.zh)
            #expect(text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(kind.summary)")
            #expect(kind.text(.en) == kind.summary)
        }
        // Beginnings that others begin with do not hide them.
        #expect(Set(kinds.map { $0.text(.zh) }).count == Set(kinds.map(\.summary)).count)
        #expect(ExpertKind.duplicateACK(7).text(.zh).hasSuffix("#7)"))
    }
}
