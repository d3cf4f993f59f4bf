import FTPProtocol
import Foundation
import Testing

@testable import FTPStorage

struct QuotaTests {
    private let folder: ScratchFolder
    private let quota = Quota(.init(bytes: 100, files: 12), bytes: 0, files: 0)
    private let storage: LocalStorage

    init() throws {
        folder = try ScratchFolder()
        storage = try folder.storage(quota: quota)
    }

    /// Bytes and files that the quota has booked.
    private var booked: (bytes: UInt64, files: UInt64) {
        var left: UInt64 = 0
        while (try? quota.book(bytes: 0, files: 1)) != nil { left += 1 }
        quota.release(bytes: 0, files: left)
        return (100 - (quota.available ?? 0), 12 - left)
    }

    /// What is booked has to be what is there, whatever was done.
    private func compare(_ what: String, _ location: SourceLocation = #_sourceLocation) throws {
        let (usage, booked) = (try storage.usage(of: .root), booked)
        #expect(booked.bytes == usage.bytes, "bytes after \(what)", sourceLocation: location)
        #expect(booked.files == usage.files, "files after \(what)", sourceLocation: location)
    }

    @Test func `however much is claimed, it is counted or refused`() throws {
        let files = Quota(.init(files: 5), bytes: 0, files: 0)
        try files.book(bytes: .max - 1)
        #expect(throws: FileError.quotaExceeded) { try files.book(bytes: 2) }
        try files.book(bytes: 1)
        files.release(bytes: .max)
        try files.book(bytes: 2)
    }

    private static func text(_ count: Int) -> String { String(repeating: "x", count: count) }

    @Test func `what is booked is what is there, after every change`() throws {
        let changes: [(String, () throws -> Void)] = [
            ("STOR", { try storage.store("/a", Self.text(30)) }),
            ("MKD", { _ = storage.perform(.makeDirectory(.of("/d"))) }),
            ("MKD twice", { _ = storage.perform(.makeDirectory(.of("/d"))) }),
            ("STOR over it", { try storage.store("/a", Self.text(20)) }),
            ("a cut STOR over it", { try storage.cut("/a", Self.text(5)) }),
            ("going on with it", { try storage.store("/a", Self.text(9), .store(offset: 5)) }),
            ("an empty cut STOR over it", { try storage.cut("/a", "") }),
            ("APPE", { try storage.store("/a", Self.text(7), .append) }),
            ("REST in the middle", { try storage.store("/a", Self.text(10), .store(offset: 15)) }),
            ("a cut STOR", { try storage.cut("/b", Self.text(12)) }),
            ("a cut STOR anew", { try storage.cut("/b", Self.text(3)) }),
            ("APPE to what was cut", { try storage.store("/b", Self.text(4), .append) }),
            ("STOU", { try storage.store("/b", Self.text(2), .unique) }),
            ("COPY", { _ = storage.perform(.copy(from: .of("/b"), to: .of("/c"))) }),
            ("COMB", { _ = storage.perform(.combine(.of("/b"), [.of("/c")])) }),
            ("RNTO itself", { _ = storage.perform(.rename(from: .of("/b"), to: .of("/b"))) }),
            ("RNTO over another", { _ = storage.perform(.rename(from: .of("/b.1"), to: .of("/b"))) }),
            (
                "RNTO over a folder",
                {
                    _ = storage.perform(.makeDirectory(.of("/e")))
                    _ = storage.perform(.rename(from: .of("/e"), to: .of("/d")))
                }
            ),
            ("SYMLINK", { _ = storage.perform(.link(at: .of("/l"), to: Array("a/very/long/target".utf8))) }),
            ("STOR over a link", { try storage.store("/l", "x") }),
            (
                "DELE of a link",
                {
                    _ = storage.perform(.link(at: .of("/m"), to: Array("a/very/long/target".utf8)))
                    _ = storage.perform(.delete(.of("/m")))
                }
            ),
            ("DELE", { _ = storage.perform(.delete(.of("/a"))) }),
            (
                "RMDA",
                {
                    try storage.store("/d/x", Self.text(8))
                    _ = storage.perform(.link(at: .of("/d/l"), to: Array("target".utf8)))
                    _ = storage.perform(.removeDirectory(.of("/d"), recursively: true))
                }
            ),
        ]
        for (what, change) in changes {
            try change()
            try compare(what)
        }
    }

    @Test(arguments: [.store(offset: 0), .store(offset: 50), .append, .unique] as [WritingWay])
    func `the last byte fits, one more does not`(way: WritingWay) throws {
        try storage.store("/a", Self.text(50))
        // What is written over counts until the new file is whole.
        let room = way == .store(offset: 0) ? 50 : 50
        #expect(throws: FileError.quotaExceeded) { try storage.store("/a", Self.text(room + 1), way) }
        try compare("what did not fit")
        try storage.store("/a", Self.text(room), way)
        try compare("what did")
    }

    @Test func `COPY and COMB are booked as well`() throws {
        try storage.store("/a", Self.text(60))
        #expect(storage.perform(.copy(from: .of("/a"), to: .of("/b"))) == .failed(.quotaExceeded))
        try compare("COPY")
        try storage.store("/b", Self.text(30))
        #expect(storage.perform(.combine(.of("/a"), [.of("/b")])) == .failed(.quotaExceeded))
        try compare("COMB")
        #expect(folder.text("b")?.count == 30)
    }

    @Test func `COMB of a file with itself by another name ends`() throws {
        try folder.put("a", "0123456789")
        try folder.link("l", to: "a")
        let storage = try folder.storage(quota: Quota(.init(bytes: 1000), bytes: 10, files: 2))
        _ = storage.perform(.combine(.of("/a"), [.of("/l")]))
        #expect((folder.text("a")?.count ?? 0) <= 20)
    }

    @Test func `neither folders nor links nor empty files come free`() throws {
        for number in 0..<4 {
            #expect(storage.perform(.makeDirectory(.of("/d\(number)"))) == .done)
            try storage.store("/f\(number)", "")
            #expect(storage.perform(.link(at: .of("/l\(number)"), to: [97])) == .done)
        }
        #expect(storage.perform(.makeDirectory(.of("/x"))) == .failed(.quotaExceeded))
        #expect(throws: FileError.quotaExceeded) { try storage.store("/x", "") }
        #expect(throws: FileError.quotaExceeded) { try storage.store("/x", "", .unique) }
        #expect(storage.perform(.link(at: .of("/x"), to: [97])) == .failed(.quotaExceeded))
        try compare("a full tree")
    }

    @Test func `what lies deep counts when it is measured anew`() throws {
        let storage = try folder.storage()
        var path = ServerPath.root
        for _ in 0..<250 {
            path = path.appending("d".utf8)
            _ = storage.perform(.makeDirectory(path))
        }
        try storage.store("\(path)/f", "deep")
        let usage = try storage.usage(of: .root)
        #expect(usage.bytes == 4 && usage.files == 251)
    }
}
