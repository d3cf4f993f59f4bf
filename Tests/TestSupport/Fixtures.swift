package import Analysis
package import CaptureFile
import Foundation

/// The project's captures, beside the tests.
package enum Fixtures {
    package static let root = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/Fixtures"

    /// Every capture file, those of single TCP situations too, by its path under the root.
    package static let all: [String] = ["captures", "analysis"].flatMap { folder in
        let names = try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")
        return (names ?? []).filter { $0.contains(".pcap") }.sorted().map { "\(folder)/\($0)" }
    }

    /// Captures by name; files of a ring are joined with "+".
    package static func capture(_ name: String) throws -> Capture {
        try Capture(paths: name.split(separator: "+").map { "\(root)/captures/\($0)" })
    }

    package static func story(_ name: String) throws -> Story { Story(CaptureIndex(try capture(name))) }
}
