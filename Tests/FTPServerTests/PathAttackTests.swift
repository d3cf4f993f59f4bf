import FTPStorage
import FTPProtocol
import Foundation
import Synchronization
import Testing

@testable import FTPServer

/// Names that are meant to lead elsewhere, as they come over the wire.
struct PathAttackTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// Nothing beside the tree has changed.
    private func expectUntouched(_ what: String = "", _ location: SourceLocation = #_sourceLocation) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.outside)
        #expect(names == ["f"], "\(what)", sourceLocation: location)
        #expect(folder.text("../outside/f") == "secret", "\(what)", sourceLocation: location)
        let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(beside == ["outside", "root"], "\(what)", sourceLocation: location)
    }

    /// How clients have tried to get to a folder beside the root.
    private static let ways: [[UInt8]] = texts.map { Array($0.utf8) } + bytes.map { $0 + Array("outside".utf8) }

    private static let texts = [
        "../outside", "/../outside", "../../../../../../../..", "in/../../outside", "/in/../../outside", "..//outside",
        "//../outside", "/./../outside", "..%2foutside", "%2e%2e/outside", "%252e%252e/outside", "..\\outside",
        "..\\../outside", "....//outside", ".../outside", "../outside/.", ".. /outside", "..;/outside",
        "C:/../outside", "~/../outside", "~root", "/absolute", "relative", "chain", "up", "/proc/self/root",
        "\u{2025}/outside", "\u{FF0E}\u{FF0E}/outside", "..\u{2215}outside", "..\u{200B}/outside",
    ]

    /// What a sloppy decoder takes for dots and slashes, a name that a C string would end in, and Telnet's byte.
    private static let bytes: [[UInt8]] = [
        [0xC0, 0xAE, 0xC0, 0xAE, 0x2F], [0x2E, 0x2E, 0xC0, 0xAF], [0x2E, 0x2E, 0x00, 0x2F],
        [0xFF, 0xFF, 0x2E, 0x2E, 0x2F],
    ]

    @Test func `no way of writing a name leads out of the tree`() throws {
        try folder.make("in")
        try folder.put("in/a", "inside")
        try folder.link("absolute", to: folder.outside)
        try folder.link("relative", to: "../outside")
        try folder.link("chain", to: "relative")
        try folder.link("up", to: "../../../../../../..\(folder.outside)")
        let setup = ServerSetup()
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            for way in Self.ways {
                let (name, what) = (way + Array("/f".utf8), displayText(way))
                func command(_ verb: String, _ name: [UInt8]) -> [UInt8] { Array("\(verb) ".utf8) + name }
                for verb in ["SIZE", "MDTM", "XMD5", "DELE", "RNFR", "SITE CHMOD 777", "MFMT 20240101000000"] {
                    let code = client.say(command(verb, name)) ?? 0
                    #expect(code >= 500, "\(verb) \(what): \(code)")
                }
                let (code, bytes) = client.fetch(command("RETR", name))
                #expect(code.map { $0 >= 500 } == true && bytes.isEmpty, "RETR \(what)")
                for verb in ["APPE", "STOR", "STOU"] { #expect(client.store(command(verb, name), "forged") != nil) }
                // Whatever it takes them for, they are in the tree.
                for command in [
                    command("MKD", way + Array("/d".utf8)), command("CWD", way), command("SITE COPY in/a", name),
                    command("RNFR", Array("/in/a".utf8)), command("RNTO", name),
                ] {
                    #expect(client.say(command) != nil)
                    try expectUntouched(displayText(command))
                }
                #expect(client.say("CWD /") == 250)
                if folder.text("in/a") == nil { try folder.put("in/a", "inside") }
            }
            #expect(client.store("STOR ../../outside/new", "inside") != nil)
            #expect(client.fetch("RETR /../in/../in//a").bytes == Array("inside".utf8))
            try expectUntouched()
        }
    }

    @Test func `rights hold for a folder by whatever name it is reached`() throws {
        try folder.make("private")
        try folder.make("public")
        try folder.put("private/f", "private")
        try folder.link("link", to: "private")
        try folder.link("public/file", to: "../private/f")
        try folder.make("é")
        try folder.put("é/f", "private")
        var setup = ServerSetup()
        setup.rules = [("/private", []), ("/é", [])]
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            for name in [
                "private/f", "/private/f", "//private//f", "/./private/./f", "public/../private/f", "private/f/",
                "private/f/.", "private/x/../f", "/../private/f", "link/f", "link/../private/f", "public/file",
                "PRIVATE/f", "private./f", "private /f", "private\\f", "private%2Ff", "private::$DATA/f", "é/f",
                "e\u{301}/f",
            ] {
                // A link in an open folder may be removed and renamed, but not gone through.
                let changes = name == "public/file" ? [] : ["DELE \(name)", "RNFR \(name)"]
                for command in changes + [
                    "SIZE \(name)", "MLST \(name)", "XMD5 \(name)", "SITE CHMOD 777 \(name)",
                    "MFMT 20240101000000 \(name)", "SITE COPY \"\(name)\" copy",
                    "COMB all \"\(name)\"",
                ] {
                    let code = client.say(command) ?? 0
                    #expect(code >= 500, "\(command): \(code)")
                }
                #expect(client.passivePort() != nil)
                // What holds no slash is the name of a new file in an open folder.
                for command in ["RETR \(name)"] + (name.contains("/") ? ["APPE \(name)"] : []) {
                    #expect(client.say(command).map { $0 >= 500 } == true, "\(command)")
                }
            }
            for name in ["private", "/private/", "link", "public/../link/.", "é"] {
                for command in ["CWD \(name)", "RMDA \(name)", "MKD \(name)/d", "RMD \(name)"] {
                    // A link is no folder that could be removed, and may itself be removed by nobody here.
                    #expect(client.say(command).map { $0 >= 500 } == true, "\(command)")
                }
                #expect(client.passivePort() != nil)
                for command in [
                    "LIST \(name)", "NLST \(name)/*", "MLSD \(name)", "STOR \(name)/new", "STOU \(name)/new",
                ] {
                    let code = client.say(command) ?? 0
                    #expect(code >= 500, "\(command): \(code)")
                }
            }
            #expect(folder.names("private") == ["f"] && folder.text("private/f") == "private")
            #expect(folder.names("é") == ["f"] && folder.text("copy") == nil && folder.text("all") == nil)
        }
    }

    @Test func `an upload over a link replaces the link, and what it leads to stays as it is`() throws {
        try folder.put("inside", "as it was")
        for name in ["a", "b", "c"] {
            try folder.link("out-\(name)", to: "../outside/f")
            try folder.link("in-\(name)", to: "inside")
        }
        try folder.link("part.wharf-part", to: "../outside/f")
        let setup = ServerSetup()
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            for name in ["out-a", "in-a"] { #expect(client.store("STOR \(name)", "new") == 226) }
            for name in ["out-b", "in-b"] {
                #expect(client.store("APPE \(name)", "new").map { $0 >= 500 } == true)
                #expect(client.say("REST 2") == 350)
                #expect(client.store("STOR \(name)", "new").map { $0 >= 500 } == true)
            }
            #expect(client.store("STOR part", "new").map { $0 >= 500 } == true)
            for name in ["out-c", "in-c"] { #expect(client.store("STOU \(name)", "new") == 226) }
            try expectUntouched()
            #expect(folder.text("inside") == "as it was" && folder.text("out-a") == "new")
            #expect(folder.text("out-c.1") == "new" && folder.text("in-a") == "new")
        }
    }

    // MARK: - Listings

    @Test func `a pattern made to be hard takes no longer than an easy one`() throws {
        for number in 0..<50 { try folder.put(String(repeating: "a", count: 200 + number), "") }
        let setup = ServerSetup()
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            for pattern in [
                String(repeating: "a*", count: 100) + "b", String(repeating: "*", count: 4000) + "b",
                String(repeating: "[a-z]*", count: 500) + "b", String(repeating: "?*", count: 120) + "b",
                String(repeating: "{a,b}*", count: 500), String(repeating: "[", count: 4000),
            ] {
                for verb in ["NLST", "LIST"] {
                    let (code, bytes) = client.fetch("\(verb) \(pattern)")
                    #expect(code != nil && bytes.isEmpty, "\(verb) \(pattern.prefix(10))")
                }
            }
            // Patterns of folders would be as many as there are names on each level.
            #expect(client.fetch("NLST */*/*/*/../*/*/..").bytes.isEmpty)
            #expect(client.fetch("NLST aaa*").bytes.count(where: { $0 == 10 }) == 50)
        }
    }

    @Test func `a listing is of one folder, whatever options are asked for`() throws {
        try folder.make("a/b/c")
        try folder.put("a/deep", "")
        try folder.link("a/b/loop", to: "..")
        let setup = ServerSetup()
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            for command in ["LIST -R", "LIST -alR /", "NLST -R", "LIST -R -R -R /", "LIST -R ."] {
                let (code, bytes) = client.fetch(command)
                #expect(code == 226, "\(command)")
                let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
                #expect(lines.count == 1 && lines[0].hasSuffix("a"), "\(command): \(lines)")
            }
            let status = try #require(client.ask("STAT -R /"))
            #expect(status.split(separator: "\n").count == 3, "\(status)")
            let depth = String(repeating: "loop/b/", count: 30)
            #expect(client.fetch("LIST -R a/b/\(depth)").bytes.count(where: { $0 == 10 }) == 2)
        }
    }

    @Test func `folders as deep as they can be made can be listed, left and removed`() throws {
        let setup = ServerSetup()
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            let name = String(repeating: "n", count: 250)
            var (depth, code) = (0, 257 as Int?)
            while depth < 100 {
                code = client.say("MKD \(name)")
                guard code == 257, client.say("CWD \(name)") == 250 else { break }
                depth += 1
            }
            // No path name is longer than 4096 bytes.
            #expect(depth >= 10 && depth < 20, "\(depth) deep, then \(code ?? 0)")
            #expect(client.say("PWD") == 257)
            #expect(client.fetch("LIST").code != nil)
            #expect(client.fetch("LIST -R /").code == 226)
            #expect(client.say("STOR " + String(repeating: "x/", count: 4000)).map { $0 >= 400 } == true)
            for _ in 0..<(depth + 5) { #expect(client.say("CDUP") == 250) }
            #expect(client.say("DSIZ /") == 213)
            #expect(client.say("RMDA \(name)") == 250)
            #expect(folder.names().isEmpty)
        }
    }

    // MARK: - Changes in between

    @Test func `a folder that is swapped for a link while the server works in it leads nowhere else`() throws {
        try folder.make("x")
        try folder.make("in")
        try folder.link("bait", to: "../outside")
        let setup = ServerSetup()
        let (root, ended) = (folder.root, DispatchSemaphore(value: 0))
        let isDone = Atomic(false)
        let swapped = Atomic(0)
        try withExtendedLifetime(folder) {
            try setup.serve(folder) { _, port in
                let client = try setup.client(port)
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
                var (rounds, done) = (0, 0)
                while rounds < 200 || swapped.load(ordering: .relaxed) < 1000 {
                    rounds += 1
                    try folder.put("in/a", "inside")
                    for command in [
                        "RNFR /in/a", "RNTO /x/a", "RNFR /x/f", "RNTO /in/stolen", "MKD /x/d", "RMD /x/d", "DELE /x/f",
                        "SITE CHMOD 777 /x/f", "MFMT 20200101000000 /x/f", "SITE COPY /x/f /in/copy",
                    ] {
                        let code = try #require(client.say(command))
                        if code < 400 { done += 1 }
                    }
                    #expect(client.store("STOR /x/new", "written") != nil)
                    #expect(client.store("APPE /x/f", "written") != nil)
                    #expect(!client.fetch("RETR /x/f").bytes.starts(with: "secret".utf8))
                    for name in ["stolen", "copy"] { #expect(folder.text("in/\(name)")?.hasPrefix("secret") != true) }
                }
                isDone.store(true, ordering: .relaxed)
                ended.wait()
                #expect(done > 0)
            }
        }
        try expectUntouched()
        let date = try FileManager.default.attributesOfItem(atPath: folder.outside + "/f")[.modificationDate] as? Date
        #expect((date ?? .distantPast) > Date(timeIntervalSince1970: 1_600_000_000))
    }

    // MARK: - SITE, times

    private func permissions(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: "\(folder.root)/\(name)")[.posixPermissions] as? Int
    }

    @Test func `SITE gives nobody more than the file's own rights`() throws {
        try folder.put("f", "text")
        try folder.link("out", to: "../outside/f")
        let setup = ServerSetup()
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            for mode in ["4777", "2777", "6755", "7777"] {
                #expect(client.say("SITE CHMOD \(mode) f") == 200)
                #expect(try permissions("f").map { $0 & 0o6000 } == 0, "\(mode)")
                let bits = try permissions("f") ?? 0
                #expect(client.ask("MFF UNIX.mode=\(mode); f") == "213 UNIX.mode=0\(String(bits, radix: 8)); f")
                #expect(try permissions("f") == bits && bits & 0o6000 == 0, "\(mode)")
            }
            #expect(client.say("SITE CHMOD 600 f") == 200)
            let long = String(repeating: "9", count: 7000)
            for command in [
                "CHMOD 77777 f", "CHMOD 8 f", "CHMOD -1 f", "CHMOD u+s f", "CHMOD \(long) f", "CHMOD 644 \(long)",
                "CHMOD 644", "CHMOD", "CHMOD 777 out", "UTIME \(long) f", "UTIME 99999999999999 f",
                "UTIME f 20240101000000 99999999999999 20240101000000 UTC", "IDLE \(long)", "IDLE -1", "IDLE 0",
                "IDLE 9999999999999999999999", "CPTO f", "COPY f", "COPY f f f", "COPY f ../outside/g", "MKDIR",
                "SYMLINK /etc/passwd l", "WHO", "EXEC id", "\(long)", "", "\u{FF}", "PSWD a b", "CHMOD 777 /dev/null",
            ] {
                let code = client.say("SITE \(command)") ?? 0
                if command != "COPY f ../outside/g" { #expect(code >= 500, "SITE \(command.prefix(40)): \(code)") }
            }
            #expect(try permissions("f") == 0o600)
            #expect(folder.text("f") == "text" && folder.text("l") == nil)
            try expectUntouched()
            // A file that is copied onto itself is still whole.
            #expect(client.say("SITE COPY f f") != nil)
            #expect(folder.text("f") == "text")
            #expect(client.say("NOOP") == 200)
        }
    }

    @Test(
        arguments: [
            "00000000000000", "99999999999999", "20240230000000", "20241301000000", "20240001000000", "20240100000000",
            "20240101240000", "20240101006000", "20240101000061", "-0010101000000", "2024", "2024010100000",
            "202401010000000", "20240101000000.", "20240101000000.x", "２０２４０１０１００００００", "19700101000000.-1",
            "999999999999991231235959", "0x7e80101000000", "+2024010100000",
        ])
    func `times that are none are refused, and change nothing`(time: String) throws {
        try folder.put("f", "text")
        let path = folder.root + "/f"
        let before = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        let setup = ServerSetup()
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            for command in [
                "MFMT \(time) f", "MFCT \(time) f", "MFF modify=\(time); f", "MDTM \(time) f", "SITE UTIME \(time) f",
            ] {
                let code = client.say(command) ?? 0
                #expect(code >= 500, "\(command): \(code)")
            }
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date == before)
        }
    }

    @Test(
        arguments: [
            "00010101000000", "19011213204551", "19691231235959", "19700101000000", "20380119031408", "21060207062816",
            "24461231235959", "99991231235959", "20240101000000.123456789123456789123456789",
        ])
    func `times far away are set or refused, and told in every listing all the same`(time: String) throws {
        try folder.put("f", "text")
        let setup = ServerSetup()
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            for verb in ["MFMT", "MFCT", "SITE UTIME"] { #expect(client.say("\(verb) \(time) f") != nil) }
            let told = client.ask("MDTM f") ?? ""
            #expect(told.hasPrefix("213 ") && told.count == 18, "\(told)")
            for command in ["LIST", "MLSD"] {
                let (code, bytes) = client.fetch(command)
                let lines = String(decoding: bytes, as: UTF8.self)
                #expect(code == 226 && lines.hasSuffix(" f\r\n"), "\(lines)")
            }
            #expect(client.say("MLST f") == 250)
        }
    }
}
