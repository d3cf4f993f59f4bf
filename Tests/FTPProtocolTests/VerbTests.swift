import FTPProtocol
import Testing

@Suite struct VerbTests {
    @Test(arguments: ["RETR", "retr", "rEtR"])
    func `a verb folds to upper case`(text: String) throws {
        let verb = try #require(Verb(text))
        #expect(verb == "RETR")
        #expect(verb.description == "RETR")
        #expect(verb.code == 0x5245_5452)
    }

    @Test(arguments: ["", "RETR ", "TOOLONGVERB", "R\u{0}", "é", "A-B"])
    func `what is no verb gives nil`(text: String) {
        #expect(Verb(text) == nil)
    }

    @Test func `short and long names stay apart`() throws {
        #expect(Verb("MD5") != Verb("XMD5"))
        #expect(try #require(Verb("XSHA512")).description == "XSHA512")
    }
}
