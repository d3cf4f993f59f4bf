import Analysis
import Bytes
import Foundation
import Report
import SystemPackage
import TestSupport
import Testing

@Suite struct ExportTests {
    /// A folder of its own for each test, gone afterwards.
    private final class Folder {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)").path

        init() { try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }

        var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
        func data(_ name: String) throws -> [UInt8] {
            try Array(Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
        }
    }

    private func export(_ story: Story, to folder: Folder) throws -> [FileExporter.Result] {
        var results: [FileExporter.Result] = []
        var exporter = FileExporter(story, to: FilePath(folder.path))
        try exporter.export { results.append($0) }
        return results
    }

    @Test func `a file comes out byte for byte with its checksums`() throws {
        let folder = Folder()
        let story = try Fixtures.story("passive-download.pcap")
        let results = try export(story, to: folder)
        #expect(results.map(\.name) == ["report.bin"])
        #expect(results[0].digests?.md5 == "a631bc2d21b96c69767f85d186322d78")
        var maker = DigestMaker()
        let data = try folder.data("report.bin")
        maker.update(data.bytes)
        #expect(maker.finish() == results[0].digests)
    }

    @Test func `what is there already stays`() throws {
        let folder = Folder()
        try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.path + "/report.bin"))
        let story = try Fixtures.story("passive-download.pcap")
        let results = try export(story, to: folder)
        #expect(results.map(\.name) == ["report.2.bin"])
        #expect(try folder.data("report.bin") == Array("mine".utf8))
    }

    @Test func `a link in the folder is not followed`() throws {
        let (folder, outside) = (Folder(), Folder())
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/report.bin", withDestinationPath: outside.path + "/stolen")
        let story = try Fixtures.story("passive-download.pcap")
        let results = try export(story, to: folder)
        #expect(results.map(\.name) == ["report.2.bin"])
        #expect(outside.names.isEmpty)
    }

    @Test(arguments: ["../../../etc/passwd", "/etc/../../x", "..", "a/../../b", "..\\..\\c", "/", "\u{1}", "-rf"])
    func `no name from the wire leads out of the folder`(name: String) throws {
        let parent = Folder()
        let inner = parent.path + "/inner"
        try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: false)
        let builder = ConversationBuilder()
        let server = IPAddress("192.0.2.2")!
        let control = Connection(builder, Endpoint(IPAddress("192.0.2.1")!, 40000), Endpoint(server, 21))
        control.answer("220 ready\r\n")
        control.say("PASV\r\n")
        control.answer("227 (192,0,2,2,19,137)\r\n")
        control.say("RETR \(name)\r\n")
        control.answer("150 here\r\n")
        let data = Connection(builder, Endpoint(IPAddress("192.0.2.1")!, 40001), Endpoint(server, 5001))
        data.answer("hello")
        data.close()
        control.answer("226 done\r\n")
        let story = try builder.story()
        var exporter = FileExporter(story, to: FilePath(inner))
        var names: [String] = []
        try exporter.export { names.append($0.name ?? "") }
        let written = try FileManager.default.contentsOfDirectory(atPath: inner)
        #expect(names.count == 1)
        #expect(parent.names == ["inner"])
        #expect(written == names)
    }

    @Test func `holes are reported, named and left as holes`() throws {
        let folder = Folder()
        let story = try Fixtures.story("lost-segments.pcap")
        let results = try export(story, to: folder)
        #expect(results.map(\.name) == ["report.bin.incomplete"])
        #expect(results[0].missing == [4344..<7240, 13032..<14480])
        #expect(results[0].bytes == 20000 - 4344)
        #expect(results[0].digests == nil)
        let data = try folder.data("report.bin.incomplete")
        #expect(data.count == 20000)
        #expect(data[4344..<7240].allSatisfy { $0 == 0 })
    }

    @Test func `pieces from several connections become one file`() throws {
        let folder = Folder()
        let story = try Fixtures.story("segmented-by-hand.pcap")
        let results = try export(story, to: folder)
        #expect(results.map(\.name) == ["disc-a.bin", "disc-b.bin"])
        #expect(
            results.map(\.digests?.md5) == ["b7298eff251cc8799cb6071c2e121d30", "407578f7d9230171e6ac804ed47601da"])
    }

    @Test func `a broken and resumed download is one file`() throws {
        let folder = Folder()
        let story = try Fixtures.story("resume-download.pcap")
        let results = try export(story, to: folder)
        #expect(results.map(\.digests?.md5) == ["a60ac02310100a084439d0ebef6e9a0f"])
    }

    @Test func `what is encrypted is not exported and said so`() throws {
        let folder = Folder()
        let story = try Fixtures.story("auth-tls.pcap")
        let results = try export(story, to: folder)
        #expect(results.allSatisfy { $0.name == nil })
        #expect(folder.names.isEmpty)
    }

    @Test func `a folder that is not there is an error that names the file`() throws {
        let story = try Fixtures.story("passive-download.pcap")
        var exporter = FileExporter(story, to: FilePath("/nonexistent/folder"))
        var failures: [Errno?] = []
        try exporter.export { failures.append($0.failure) }
        #expect(failures == [.noSuchFileOrDirectory])
    }

    @Test func `what was cut or aborted is not exported as if it were whole`() throws {
        let folder = Folder()
        let story = try Fixtures.story("abort.pcap")
        let results = try export(story, to: folder)
        #expect(results.map(\.name) == ["big.bin.incomplete", "small.bin"])
        #expect(results.map(\.state) == [.aborted, .complete])
    }

    @Test func `a position beyond any file system is an error of that file, not a crash`() throws {
        let folder = Folder()
        let builder = ConversationBuilder()
        let (client, server) = (IPAddress("192.0.2.1")!, IPAddress("192.0.2.2")!)
        let control = Connection(builder, Endpoint(client, 40000), Endpoint(server, 21))
        control.answer("220 ready\r\n")
        for (port, position) in [(5001, "0"), (5002, "9223372036854775805")] {
            control.say("REST \(position)\r\n")
            control.answer("350 ok\r\n")
            control.say("PASV\r\n")
            control.answer("227 (192,0,2,2,\(port / 256),\(port % 256))\r\n")
            control.say("RETR a\r\n")
            control.answer("150 here\r\n")
            let data = Connection(builder, Endpoint(client, UInt16(port)), Endpoint(server, UInt16(port)))
            data.answer("hello")
            data.close()
            control.answer("426 broken\r\n")
        }
        let story = try builder.story()
        let results = try export(story, to: folder)
        #expect(results.first?.bytes == 5)
    }
}
