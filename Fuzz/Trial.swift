package import SystemPackage
import Analysis
import CaptureFile
import FTPProtocol
import Foundation
import Report

/// Runs one capture through everything that `wharf analyze` and `wharf export` do, and checks what must hold for any
/// input. A trap ends the process; everything else that is wrong comes back as a list of faults.
package struct Trial {
    /// A folder that belongs to the trials; its contents are removed.
    private let folder: FilePath
    private var faults: [String] = []

    package init(in folder: FilePath) {
        self.folder = folder
    }

    /// - Returns: what is wrong; empty where all is well.
    package mutating func run(_ bytes: [UInt8]) throws -> [String] {
        faults = []
        let (file, target) = (folder.appending("mutant.pcap"), folder.appending("export"))
        try? FileManager.default.removeItem(atPath: folder.string)
        try FileManager.default.createDirectory(atPath: target.string, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder.string) }
        try Data(bytes).write(to: URL(fileURLWithPath: file.string))

        let capture: Capture
        do {
            capture = try Capture(paths: [file.string])
        } catch {
            check(error.description, "the error", allowed: [])
            return faults
        }
        let story = Story(CaptureIndex(capture))
        for problem in story.index.problems { check(problem.description, "a problem", allowed: []) }
        tell(story)
        try export(story, to: target, size: bytes.count)
        return faults
    }

    private mutating func tell(_ story: Story) {
        for language in [Language.en, .zh] {
            var options = TextStory.Options()
            options.language = language
            options.explains = true
            options.showsSecrets = language == .zh
            var lines: [String] = []
            TextStory(story, options) { lines.append($0) }.tell()
            for line in lines { check(line, "the text", allowed: []) }
        }
        var rows: [String] = []
        ZeekLog(story, showsSecrets: true) { rows.append($0) }.tell()
        for row in rows {
            check(row, "the log", allowed: ["\t"])
            let columns = row.utf8.count { $0 == 9 } + 1
            if !row.hasPrefix("#"), columns != 19 { fault("the log has a row of \(columns) columns") }
        }
        do {
            let text = try JSONStory.text(of: story, showsSecrets: false)
            check(text, "the JSON", allowed: ["\n"])
            _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
        } catch {
            fault("the JSON does not parse: \(error)")
        }
    }

    private mutating func export(_ story: Story, to target: FilePath, size: Int) throws {
        var names = Set<String>()
        var exporter = FileExporter(story, to: target)
        var lines: [String] = []
        try exporter.export { result in
            lines.append(ExportText.line(result, .en))
            if let name = result.name { names.insert(name) }
        }
        for line in lines { check(line, "the export's report", allowed: []) }
        for name in names {
            check(name, "a file's name", allowed: [])
            if name.unicodeScalars.contains("/") || name.hasPrefix(".") || name.utf8.count > 255 {
                fault("unsafe name \(name.debugDescription)")
            }
        }
        let outside = try FileManager.default.contentsOfDirectory(atPath: folder.string).sorted()
        if outside != ["export", "mutant.pcap"] { fault("written outside the folder: \(outside)") }
        let inside = try FileManager.default.contentsOfDirectory(atPath: target.string)
        // Only the coding of the data may make more of it than the wire carried.
        let growth =
            story.transfers.map { transfer in
                switch transfer.parameters.mode {
                case .deflate: 1100
                case .compressed: 64
                default: 1
                }
            }.max() ?? 1
        var blocks = 0
        for name in inside {
            let bytes = Kernel.allocatedBytes(target.appending(name))
            if bytes == nil { fault("\(name) is no plain file") }
            blocks += bytes ?? 0
        }
        // Each hole leaves parts of two blocks unused.
        let segments = story.transfers.reduce(0) { $0 + ($1.data?.segments ?? 0) }
        let limit = size * 2 * growth + (inside.count * 2 + segments * 2) * 4096
        if blocks > limit { fault("\(blocks) bytes on disk out of a capture of \(size)") }
    }

    private mutating func check(_ text: String, _ what: String, allowed: Set<Unicode.Scalar>) {
        let bad = text.unicodeScalars.first { scalar in
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
                !allowed.contains(scalar)
            default: false
            }
        }
        if let bad { fault("U+\(String(bad.value, radix: 16)) in \(what): \(text.prefix(200).debugDescription)") }
    }

    private mutating func fault(_ text: String) {
        if faults.count < 8 { faults.append(text) }
    }
}
