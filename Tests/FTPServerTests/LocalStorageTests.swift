import FTPProtocol
import Foundation
import Synchronization
import Testing

@testable import FTPStorage

struct LocalStorageTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    // MARK: - Confinement

    @Test func `no name and no link leads out of the tree`() throws {
        try folder.make("in")
        try folder.put("in/a", "inside")
        try folder.link("absolute", to: folder.outside)
        try folder.link("relative", to: "../outside")
        try folder.link("file", to: "../outside/f")
        try folder.link("up", to: "../../../../../../../..\(folder.outside)")
        try folder.link("in/proc", to: "/proc/self/root\(folder.outside)")
        try folder.link("chain", to: "relative")
        let storage = try folder.storage()
        for path in [
            "/../outside/f", "/absolute/f", "/relative/f", "/file", "/up/f", "/in/proc/f", "/chain/f",
            "/in/../../outside/f",
        ] {
            #expect(throws: FileError.self, "\(path)") { try storage.text(path) }
            #expect(throws: FileError.self, "\(path)") { try storage.store(path + "/x", "written") }
        }
        for path in ["/absolute", "/relative", "/up", "/in/proc", "/chain"] {
            #expect((try? storage.listed(path))?.contains("f") != true, "\(path)")
            for request in [
                FileRequest.mayEnter(.of(path)), .delete(.of(path + "/f")), .makeDirectory(.of(path + "/d")),
                .rename(from: .of("/in/a"), to: .of(path + "/a")),
                .setAttributes(.of(path + "/f"), FileAttributes(mode: 0o777)),
                .entry(.of(path + "/f")), .copy(from: .of(path + "/f"), to: .of("/copy")),
            ] {
                guard case .failed = storage.perform(request) else {
                    Issue.record("\(request) was done")
                    continue
                }
            }
        }
        #expect(folder.text("../outside/f") == "secret" && folder.text("in/a") == "inside")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.outside) == ["f"])
        #expect(try storage.text("/in/../../in/a") == "inside")
    }

    /// What may be told at once depends on the file system below, and on what is in memory; that it is the same does not.
    @Test func `what is told without waiting is what waiting tells, and refusals wait`() throws {
        for place in ["in", "hidden", "dark"] { try folder.make(place) }
        for file in ["f", "in/f", "hidden/f", "dark/f"] { try folder.put(file, "text of \(file)") }
        try folder.link("link", to: "in/f")
        try folder.link("out", to: "../outside/f")
        unsafe mkfifo(folder.root + "/pipe", 0o600)
        let storage = try folder.storage(.all, [("/hidden", .all.subtracting([.read])), ("/dark", [])])
        let paths = [
            "/", "/f", "/in", "/in/f", "/hidden/f", "/dark/f", "/dark", "/link", "/out", "/pipe", "/none", "/f/x",
        ]
        for path in paths {
            for request in [FileRequest.entry(.of(path)), .size(.of(path)), .mayEnter(.of(path)), .delete(.of(path))] {
                let isDelete = request == .delete(.of(path))
                let answer = isDelete ? nil : storage.perform(request)
                guard let atOnce = storage.performAtOnce(request) else { continue }
                #expect(atOnce == answer, "\(request)")
                if case .failed = atOnce { Issue.record("\(request) is refused at once") }
            }
            let text = try? storage.text(path)
            guard let file = storage.readAtOnce(.of(path)) else { continue }
            #expect(text != nil && file.size == UInt64(text?.utf8.count ?? 0), "\(path)")
        }
        #expect(folder.names() == ["dark", "f", "hidden", "in", "link", "out", "pipe"])
        // What was just read is in memory.
        if storage.tree.isLocal {
            #expect(storage.readAtOnce(.of("/in/f"))?.size == 12)
            #expect(storage.performAtOnce(.size(.of("/f"))) == .number(9))
            #expect(storage.performAtOnce(.mayEnter(.of("/in"))) == .done)
        }
    }

    @Test func `links that stay in the tree work, absolute ones as the user sees them`() throws {
        try folder.make("in")
        try folder.put("in/a", "inside")
        try folder.link("link", to: "/in")
        #expect(try folder.storage().text("/link/a") == "inside")
    }

    @Test func `a link that is swapped again and again never leads out`() throws {
        try folder.make("x")
        try folder.put("x/f", "inside")
        try folder.link("bait", to: "../outside")
        let storage = try folder.storage()
        let (root, ended) = (folder.root, DispatchSemaphore(value: 0))
        let isDone = Atomic(false)
        let swapped = Atomic(0)
        withExtendedLifetime(folder) {
            let swapper = Thread {
                while !isDone.load(ordering: .relaxed) {
                    unsafe rename("\(root)/x", "\(root)/away")
                    unsafe rename("\(root)/bait", "\(root)/x")
                    unsafe rename("\(root)/x", "\(root)/bait")
                    unsafe rename("\(root)/away", "\(root)/x")
                    swapped.wrappingAdd(1, ordering: .relaxed)
                }
                ended.signal()
            }
            swapper.start()
            var (rounds, inside) = (0, 0)
            while rounds < 5000 || swapped.load(ordering: .relaxed) < 1000 {
                rounds += 1
                let text = try? storage.text("/x/f")
                if text == "inside" { inside += 1 }
                if text == "secret" { Issue.record("the outside was read in round \(rounds)") }
                try? storage.store("/x/new", "written")
            }
            isDone.store(true, ordering: .relaxed)
            ended.wait()
            #expect(inside > 0)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.outside + "/new"))
    }

    @Test func `pipes and devices are neither read nor written`() throws {
        let status = unsafe mkfifo(folder.root + "/pipe", 0o600)
        #expect(status == 0)
        let storage = try folder.storage()
        #expect(throws: FileError.forbidden) { try storage.text("/pipe") }
        for way in [WritingWay.store(offset: 0), .append] {
            #expect(throws: FileError.forbidden) { try storage.store("/pipe", "x", way) }
        }
    }

    @Test func `an upload over a link replaces the link, and does not write through it`() throws {
        try folder.put("real", "as it was")
        try folder.link("link", to: "real")
        try folder.link("out", to: folder.outside + "/f")
        try folder.link("real.wharf-part", to: folder.outside + "/f")
        let storage = try folder.storage()
        try storage.store("/link", "new")
        try storage.store("/out", "new")
        #expect(throws: FileError.self) { try storage.store("/real", "new") }
        for way in [WritingWay.append, .store(offset: 1)] {
            try folder.link("again", to: "real")
            #expect(throws: FileError.self) { try storage.store("/again", "new", way) }
            try FileManager.default.removeItem(atPath: folder.root + "/again")
        }
        #expect(folder.text("real") == "as it was" && folder.text("link") == "new")
        #expect(folder.text("../outside/f") == "secret" && folder.text("out") == "new")
    }

    // MARK: - Rights

    @Test func `rights are those of the folder where a file really lies`() throws {
        try folder.make("private")
        try folder.put("private/f", "private")
        try folder.link("link", to: "private")
        try folder.link("file", to: "private/f")
        let storage = try folder.storage(.all, [("/private", [])])
        for path in ["/private/f", "/link/f", "/file"] {
            #expect(throws: FileError.notFound, "\(path)") { try storage.text(path) }
        }
        for path in ["/private", "/link"] {
            #expect(throws: FileError.forbidden) { try storage.listed(path) }
            #expect(throws: FileError.notFound) { try storage.store(path + "/g", "x") }
            #expect(throws: FileError.notFound) { try storage.store(path + "/f", "x", .append) }
            for request in [
                FileRequest.delete(.of(path + "/f")), .rename(from: .of(path + "/f"), to: .of("/f")),
                .makeDirectory(.of(path + "/d")), .entry(.of(path + "/f")),
                .setAttributes(.of(path + "/f"), FileAttributes(modified: FTPTime(seconds: 0))),
                .setAttributes(.of(path + "/f"), FileAttributes(mode: 0o666)),
                .digest(.of(path + "/f"), .md5, nil), .copy(from: .of(path + "/f"), to: .of("/f")),
                .combine(.of("/all"), [.of(path + "/f")]),
            ] {
                #expect(storage.perform(request) == .failed(.notFound), "\(request)")
            }
            #expect(storage.perform(.mayEnter(.of(path))) == .failed(.forbidden))
            #expect(storage.perform(.directorySize(.of(path))) == .failed(.forbidden))
        }
        #expect(folder.names("private") == ["f"] && folder.text("private/f") == "private" && folder.text("all") == nil)
    }

    @Test func `names in a folder that may not be listed cannot be told from those that are not there`() throws {
        try folder.make("secret/sub")
        try folder.put("secret/known", "")
        let storage = try folder.storage(.all, [("/secret", [])])
        for path in ["/secret/known", "/secret/nosuch", "/secret/sub"] {
            for request in [
                .entry(.of(path)), .size(.of(path)), .mayEnter(.of(path)), .mayRename(.of(path)), .delete(.of(path)),
                .removeDirectory(.of(path), recursively: false), .makeDirectory(.of(path)),
                .setAttributes(.of(path), FileAttributes(mode: 0o644)), .digest(.of(path), .md5, nil),
                .available(.of(path)),
                .copy(from: .of(path), to: .of("/x")), .copy(from: .of("/x"), to: .of(path)),
            ] as [FileRequest] {
                #expect(storage.perform(request) == .failed(.notFound), "\(request)")
            }
            #expect(throws: FileError.notFound) { try storage.text(path) }
            #expect(throws: FileError.notFound) { try storage.store(path, "x") }
            #expect(throws: FileError.notFound) { try storage.listed(path) }
        }
        #expect(storage.perform(.mayEnter(.of("/secret"))) == .failed(.forbidden))
    }

    @Test func `a folder with a rule of its own cannot be brought from under it`() throws {
        try folder.make("a/private")
        try folder.put("a/private/f", "private")
        try folder.make("b")
        let storage = try folder.storage(.all, [("/a/private", [.list, .rename])])
        for request in [
            FileRequest.rename(from: .of("/a"), to: .of("/c")), .rename(from: .of("/b"), to: .of("/a")),
            .rename(from: .of("/a/private"), to: .of("/b/open")), .removeDirectory(.of("/a"), recursively: true),
        ] {
            #expect(storage.perform(request) == .failed(.forbidden), "\(request)")
        }
        #expect(folder.text("a/private/f") == "private")
    }

    @Test func `renaming replaces nothing without the right to delete`() throws {
        try folder.put("a", "a")
        try folder.put("b", "b")
        let storage = try folder.storage([.list, .read, .write, .rename])
        #expect(storage.perform(.rename(from: .of("/a"), to: .of("/b"))) == .failed(.exists))
        #expect(storage.perform(.rename(from: .of("/a"), to: .of("/c"))) == .done)
        #expect(folder.names() == ["b", "c"] && folder.text("b") == "b")
        #expect(try folder.storage().perform(.rename(from: .of("/c"), to: .of("/b"))) == .done)
        #expect(folder.text("b") == "a")
    }

    @Test(
        arguments: [
            (.read, .entry(.of("/a"))), (.delete, .delete(.of("/a"))), (.rename, .mayRename(.of("/a"))),
            (.makeDirectory, .makeDirectory(.of("/d"))),
            ([.write, .delete], .setAttributes(.of("/a"), FileAttributes(mode: 0o600))),
            (.delete, .removeDirectory(.of("/e"), recursively: false)), (.read, .digest(.of("/a"), .md5, nil)),
        ] as [(Rights, FileRequest)])
    func `each change needs its right and no other`(right: Rights, request: FileRequest) throws {
        try folder.put("a", "a")
        try folder.make("e")
        let without = try folder.storage(Rights.all.subtracting(right == .read ? [.read, .list] : right))
        #expect(without.perform(request) == .failed(right == .read ? .notFound : .forbidden))
        if case .failed(let error) = try folder.storage(right).perform(request) { Issue.record("\(error)") }
    }

    // MARK: - Uploads

    @Test func `a file that is received shows under its name when it is whole`() throws {
        let storage = try folder.storage()
        var file: (any WritableFile)? = try storage.begin("/a", "half")
        #expect(folder.names() == ["a.wharf-part"])
        file?.abandon()
        file = nil
        #expect(folder.names() == ["a.wharf-part"])
        #expect(storage.perform(.size(.of("/a"))) == .number(4))
        #expect(throws: FileError.beyondEnd) { try storage.store("/a", "x", .store(offset: 5)) }
        try storage.store("/a", " and whole", .store(offset: 4))
        #expect(folder.names() == ["a"] && folder.text("a") == "half and whole")
        try storage.store("/a", "WHOLE", .store(offset: 9))
        #expect(folder.text("a") == "half and WHOLE")
        try storage.store("/a", "!", .append)
        #expect(folder.text("a") == "half and WHOLE!")
        try storage.cut("/b", "one")
        try storage.store("/b", " two", .append)
        #expect(folder.text("b") == "one two" && folder.names() == ["a", "b"])
        try storage.cut("/c", "")
        #expect(folder.names() == ["a", "b"])
    }

    @Test func `what overwrites a file leaves it as it is until the new one is whole`() throws {
        try folder.put("a", "old")
        let storage = try folder.storage()
        try storage.cut("/a", "half")
        #expect(folder.text("a") == "old")
        try storage.store("/a", "new")
        #expect(folder.text("a") == "new" && folder.names() == ["a"])
    }

    @Test(arguments: [.store(offset: 0), .append, .store(offset: 2)] as [WritingWay])
    func `two uploads of one name are not woven into each other`(way: WritingWay) throws {
        let storage = try folder.storage()
        if way != .store(offset: 0) { try folder.put("a", "old") }
        let first = try storage.begin("/a", "first", way)
        #expect(throws: FileError.busy) { try storage.begin("/a", "second", way) }
        try first.commit()
        #expect(folder.text("a")?.hasSuffix("first") == true)
    }

    @Test(arguments: [.append, .store(offset: 2)] as [WritingWay])
    func `what somebody writes to stays until that is done`(way: WritingWay) throws {
        let storage = try folder.storage()
        try folder.put("a", "old")
        try folder.make("d")
        try folder.put("d/a", "old")
        for path in ["/a", "/d/a"] {
            let file = try storage.begin(path, "!", way)
            // What is over holds nothing, though it is still there.
            defer { withExtendedLifetime(file) {} }
            for request in [
                FileRequest.delete(.of(path)), .rename(from: .of(path), to: .of("/c")),
                .rename(from: .of("/d/b"), to: .of(path)), .removeDirectory(.of("/d"), recursively: true),
            ] where path == "/d/a" || request != .removeDirectory(.of("/d"), recursively: true) {
                try folder.put("d/b", "b")
                #expect(storage.perform(request) == .failed(.busy), "\(request)")
            }
            #expect(throws: FileError.busy) { try storage.store(path, "other") }
            try file.commit()
            #expect(try storage.text(path).hasSuffix("!"))
            try storage.store(path, "other")
        }
    }

    @Test func `a part is gone on with by whoever began it, or may delete it`() throws {
        let storage = try folder.storage([.list, .read, .write, .append])
        try storage.begin("/a", "alice", by: "alice").abandon()
        for way in [.store(offset: 0), .store(offset: 5), .append] as [WritingWay] {
            #expect(throws: FileError.forbidden, "\(way)") { try storage.begin("/a", "bob", way, by: "bob") }
        }
        try storage.begin("/a", "'s", .append, by: "alice").commit()
        #expect(folder.text("a") == "alice's")
        try storage.begin("/b", "alice", by: "alice").abandon()
        try folder.storage().begin("/b", "bob", by: "bob").commit()
        #expect(folder.text("b") == "bob" && folder.names() == ["a", "b"])
    }

    @Test func `a name that was taken during an upload is replaced only by who may delete`() throws {
        let storage = try folder.storage([.list, .read, .write])
        let upload = try storage.begin("/a", "late")
        try folder.put("a", "first")
        #expect(throws: FileError.exists) { try upload.commit() }
        #expect(folder.text("a") == "first")
        upload.abandon()
        #expect(folder.names() == ["a", "a.wharf-part"])
    }

    // MARK: - Work that nobody waits for

    @Test func `long work ends when nobody wants it any more, and leaves everything as it was`() throws {
        try folder.put("a", "a")
        try folder.put("b", "b")
        try folder.make("d/e")
        let storage = try folder.storage()
        for request in [
            .digest(.of("/a"), .sha256, nil), .digest(.of("/a"), .crc32, nil), .copy(from: .of("/a"), to: .of("/c")),
            .combine(.of("/a"), [.of("/b")]), .combine(.of("/c"), [.of("/a"), .of("/b")]), .directorySize(.root),
            .removeDirectory(.of("/d"), recursively: true),
        ] as [FileRequest] {
            #expect(storage.perform(request) { false } == .failed(.aborted), "\(request)")
        }
        #expect(folder.names() == ["a", "b", "d"] && folder.names("d") == ["e"])
        #expect(folder.text("a") == "a" && folder.text("b") == "b")
    }

    @Test func `a unique name is nobody else's, even while both are on their way`() throws {
        try folder.put("a", "old")
        let storage = try folder.storage()
        let files = try (1...3).map { try storage.begin("/a", "\($0)", .unique) }
        #expect(files.map(\.path.description) == ["/a.1", "/a.2", "/a.3"])
        for file in files { try file.commit() }
        #expect(folder.names() == ["a", "a.1", "a.2", "a.3"] && folder.text("a.2") == "2")
    }

    @Test func `names may have 255 bytes, and two that begin alike are not confused`() throws {
        let storage = try folder.storage()
        let long = String(repeating: "n", count: 254)
        let first = try storage.begin("/\(long)1", "first")
        try storage.store("/\(long)2", "second")
        try first.commit()
        #expect(folder.text(long + "1") == "first" && folder.text(long + "2") == "second")
        #expect(throws: FileError.nameTooLong) { try storage.store("/\(long)12", "x") }
        #expect(storage.perform(.makeDirectory(.of("/\(long)12"))) == .failed(.nameTooLong))
    }

    @Test func `all that is set of a file is set at once, or nothing`() throws {
        try folder.put("a", "a")
        let storage = try folder.storage()
        let time = FTPTime(seconds: 1_706_702_400)
        let wanted = FileAttributes(modified: time, created: time, mode: 0o4751)
        var set = wanted
        set.mode = 0o751
        #expect(storage.perform(.setAttributes(.of("/a"), wanted)) == .attributes(set))
        #expect(storage.perform(.setAttributes(.of("/a"), FileAttributes())) == .attributes(FileAttributes()))
        #expect(storage.perform(.setAttributes(.of("/none"), wanted)) == .failed(.notFound))
        guard case .entry(let entry) = storage.perform(.entry(.of("/a"))) else { return #expect(Bool(false)) }
        #expect(entry.modified == time && entry.created == time && entry.mode == 0o751)
    }

    @Test func `a name that no line could hold is not listed, and neither forgotten nor in the way`() throws {
        try folder.make("d")
        try folder.put("d/two\nlines", "ten bytes.")
        try folder.put("d/one", "")
        let storage = try folder.storage()
        #expect(try storage.listed("/d") == ["one"])
        #expect(storage.perform(.directorySize(.of("/d"))) == .number(10))
        #expect(storage.perform(.removeDirectory(.of("/d"), recursively: true)) == .done)
        #expect(folder.names() == [])
    }

    @Test func `nothing else takes the names of what cut uploads leave`() throws {
        let storage = try folder.storage()
        for request in [
            FileRequest.makeDirectory(.of("/a.wharf-part")), .link(at: .of("/a.wharf-part"), to: [97]),
            .copy(from: .of("/b"), to: .of("/a.wharf-part")), .rename(from: .of("/b"), to: .of("/a.wharf-part")),
        ] {
            try folder.put("b", "b")
            #expect(storage.perform(request) == .failed(.nameNotAllowed), "\(request)")
        }
        #expect(folder.names() == ["b"])
    }

    @Test func `what is summed up from behind the end has no sum`() throws {
        try folder.put("a", "abc")
        let storage = try folder.storage()
        #expect(storage.perform(.digest(.of("/a"), .crc32, 4..<5)) == .failed(.beyondEnd))
        #expect(storage.perform(.digest(.of("/a"), .crc32, 3..<5)) == .digest([0, 0, 0, 0], 3..<3))
    }

    @Test(arguments: [0, 253_402_300_799, -62_135_596_800, -1, 4_294_967_296] as [Int64])
    func `times that nobody meant are set, or refused, and told as they are`(seconds: Int64) throws {
        try folder.put("a", "a")
        let storage = try folder.storage()
        let wanted = FileAttributes(modified: FTPTime(seconds: seconds))
        guard case .attributes(let set) = storage.perform(.setAttributes(.of("/a"), wanted)) else {
            Issue.record("the time is not set")
            return
        }
        guard case .entry(let entry) = storage.perform(.entry(.of("/a"))) else {
            Issue.record("it is gone")
            return
        }
        // The file system may know no such year, and take the nearest one.
        #expect(set.modified == entry.modified && set.mode == nil && set.created == nil)
        #expect(!"\(entry.modified)".isEmpty)
        #expect(try storage.listed("/") == ["a"])
    }

    // MARK: - Listings

    @Test func `a name that is there is no pattern`() throws {
        try folder.make("[ab]")
        try folder.put("[ab]/x", "")
        try folder.put("*", "")
        try folder.put("a", "")
        let storage = try folder.storage()
        #expect(try storage.listed("/[ab]") == ["x"])
        #expect(try storage.listed("/*") == ["*"])
        #expect(try storage.listed("/?") == ["*", "a"])
        #expect(throws: FileError.notFound) { try storage.listed("/nosuch") }
    }

    @Test func `deep folders can be made, measured, left and removed`() throws {
        let storage = try folder.storage()
        var path = ServerPath.root
        for _ in 0..<1000 {
            path = path.appending("d".utf8)
            #expect(storage.perform(.makeDirectory(path)) == .done)
        }
        try storage.store("\(path)/f", "deep")
        #expect(storage.perform(.directorySize(.root)) == .number(4))
        #expect(storage.perform(.mayEnter(path)) == .done)
        #expect(storage.perform(.removeDirectory(.of("/d"), recursively: true)) == .done)
        #expect(folder.names().isEmpty)
    }
}
