@testable import Analysis
@testable import Report
import Dissection
import FTPProtocol
import Testing

@Suite struct ExpertPhrasesTests {
    @Test func `every finding can be told in Chinese`() {
        let kinds =
            ExpertKind.ofFlags.flatMap(\.kinds) + [
                .duplicateSACK, .segmentSizeAbsent, .segmentSizePresent, .synchronize(21), .acknowledge(21),
                .duplicateACK(2), ExpertKind(.note, "\"Time To Live\" only 1"),
            ]
            + [1, 255].map { due in
                ExpertKind(
                    .note,
                    "\"Time To Live\" != \(due) for a packet sent to the Local Network Control Block (see RFC 3171)")
            }
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
