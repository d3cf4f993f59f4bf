import Testing

@testable import FTPProtocol

struct ServerPathTests {
    @Test(
        "a name is resolved by its text alone, and never leads above the root",
        arguments: [
            ("", "/home"), (".", "/home"), ("..", "/"), ("../../..", "/"), ("a", "/home/a"), ("/", "/"),
            ("//a//b/", "/a/b"),
            ("/../../etc/passwd", "/etc/passwd"), ("a/../../b", "/b"), ("C:\\x", "/home/C:\\x"),
            ("..\\..", "/home/..\\.."),
            (" a ", "/home/ a "), ("...", "/home/..."),
        ])
    func resolving(argument: String, path: String) throws {
        let home = try #require(ServerPath("/home"))
        #expect(ServerPath(Array(argument.utf8), in: home)?.description == path)
    }

    @Test("no path holds what would end a line or a C string", arguments: ["a\0b", "a\rb", "a\nb"])
    func forbidden(argument: String) {
        #expect(ServerPath(Array(argument.utf8)) == nil)
    }

    @Test("a folder holds itself and what is below it, not what merely begins like it")
    func within() throws {
        let folder = try #require(ServerPath("/pub"))
        #expect(try #require(ServerPath("/pub")).isWithin(folder))
        #expect(try #require(ServerPath("/pub/a/b")).isWithin(folder))
        #expect(!(try #require(ServerPath("/public"))).isWithin(folder))
        #expect(try #require(ServerPath("/x")).isWithin(.root))
    }
}
