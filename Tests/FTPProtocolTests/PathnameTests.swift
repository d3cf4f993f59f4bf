import FTPProtocol
import Testing

@Suite struct PathnameTests {
    @Test(arguments: [
        (#""/home/ftp" is the current directory"#, "/home/ftp"), (#""/a ""b"" c" created"#, #"/a "b" c"#),
        (#""" is current"#, ""), (#""""""#, #"""#), (#"Current is "/x""#, "/x"), ("'/it's here'", "/it's here"),
        ("/plain is cwd", "/plain"), ("C:\\ftp", "C:\\ftp"),
    ])
    func `257 gives the name`(text: String, name: String) {
        #expect(Pathname.unquoted(reply: text.utf8) == Array(name.utf8))
    }

    @Test(arguments: ["", "created", #""/open"#, #""/a"" "#, "'/open", "is /here"])
    func `257 without a whole name gives nil`(text: String) {
        #expect(Pathname.unquoted(reply: text.utf8) == nil)
    }

    @Test(arguments: ["", "/", #"""#, #"a"b""c"#, " spaces ", "文件"])
    func `a quoted name is read again`(name: String) {
        #expect(Pathname.unquoted(reply: Pathname.quoted(name.utf8)) == Array(name.utf8))
        #expect(Pathname.unquoted(reply: Pathname.quoted(name.utf8) + Array(" created".utf8)) == Array(name.utf8))
    }

    @Test(
        arguments: [
            ("file", "/home", "/home/file"), ("file", "/", "/file"), ("/abs", "/home", "/abs"), ("..", "/a/b", "/a"),
            ("../../../x", "/a", "/x"), ("..", "/", "/"), ("./x/./y//z/", "/a", "/a/x/y/z"), ("", "/a/b/", "/a/b"),
            ("/", nil, "/"), ("a/../b", nil, "a/../b"), ("file", nil, "file"), ("/a/../b", nil, "/b"),
            ("b", "a", "a/b"), ("../../b", "a", "../b"), (" name ", "/a", "/a/ name "), ("...", "/a", "/a/..."),
            ("C:/dir/../x", "/a", "C:/x"), ("C:\\dir\\x", nil, "C:/dir/x"), ("sub\\x", "C:\\dir", "C:/dir/sub/x"),
            ("a\\b", "/unix", "/unix/a\\b"), ("..", "C:/", "C:/"), ("C:", "/a", "C:/"), ("x:y", "/a", "/a/x:y"),
        ] as [(String, String?, String)])
    func `a name is resolved against a directory`(argument: String, directory: String?, resolved: String) {
        let result = Pathname.resolve(Array(argument.utf8), against: directory.map { Array($0.utf8) })
        #expect(String(decoding: result, as: UTF8.self) == resolved)
    }

    @Test(arguments: [
        ("/a/b/c", "c"), ("/a/b/c/", "c"), ("c", "c"), ("/", "/"), ("", ""), ("C:\\a\\b", "b"), ("a\\b", "a\\b"),
        ("//", "/"),
    ])
    func `the last component is the name`(path: String, name: String) {
        #expect(String(decoding: Pathname.lastComponent(path.utf8), as: UTF8.self) == name)
    }
}
