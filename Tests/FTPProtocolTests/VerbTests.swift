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

    @Test(arguments: ["MD5", "XMD5", "XSHA256", "XSHA512", "USER"])
    func `a verb of any length keeps its name`(text: String) throws {
        #expect(try #require(Verb(text.utf8)).description == text)
    }
}

@Suite struct VerbTableTests {
    @Test(arguments: [
        // RFC 959, and what a walk-through lists beside it.
        """
        USER PASS ACCT CWD CDUP SMNT REIN QUIT PORT PASV TYPE STRU MODE RETR STOR STOU APPE ALLO REST RNFR RNTO ABOR
        DELE RMD MKD PWD LIST NLST SITE SYST STAT HELP NOOP SIZE
        """,
        // RFC 775, 2228, 2389, 2428, 1639, 2640, 3659, 7151.
        "XMKD XRMD XPWD XCUP XCWD", "AUTH ADAT PROT PBSZ CCC MIC CONF ENC", "FEAT OPTS", "EPRT EPSV", "LPRT LPSV",
        "LANG", "MDTM SIZE MLST MLSD REST", "HOST",
        "MFMT MFCT MFF HASH XCRC XMD5 XSHA XSHA1 XSHA256 XSHA512 MD5 MMD5 RANG AVBL COMB CLNT CSID DSIZ",
        "ESTA ESTP SPSV MACB THMB PRET CPSV SSCN XDUP RMDA",
        "MLFL MAIL MSND MSOM MSAM MRSQ MRCP XRSQ XRCP XSEN XSEM",
    ])
    func `every verb of a standard has a row`(verbs: String) throws {
        for name in verbs.split(whereSeparator: \.isWhitespace) {
            let verb = try #require(Verb(String(name)))
            let row = try #require(VerbTable.row(verb), "\(name) is missing")
            #expect(row.verb == verb)
        }
    }

    @Test(arguments: VerbTable.all.map(\.verb))
    func `every row is complete in both languages`(verb: Verb) throws {
        let row = try #require(VerbTable.row(verb))
        #expect(row.syntax == verb.description || row.syntax.hasPrefix("\(verb) "))
        #expect((row.argument == .none) == (row.syntax == verb.description), "\(row.syntax)")
        #expect(row.argument.isRequired == row.syntax.hasPrefix("\(verb) <"), "\(row.syntax)")
        #expect(!row.standard.isEmpty)
        expectComplete(row.summary)
        expectComplete(row.explanation)
        #expect(row.explanation.en.hasSuffix("."))
        #expect(row.explanation.zh.hasSuffix("。"))
        #expect(!row.summary.en.contains("\n") && row.summary.en.utf8.count <= 60)
    }

    @Test func `no verb has two rows`() {
        #expect(Set(VerbTable.all.map(\.verb)).count == VerbTable.all.count)
    }

    @Test(arguments: ["GET", "XYZZY", "HELO", "EHLO"] as [Verb])
    func `an unknown verb has no row`(verb: Verb) {
        #expect(VerbTable.row(verb) == nil)
    }

    @Test func `exactly the transfer verbs open a data connection`() {
        let opening = VerbTable.all.filter(\.role.opensDataConnection).map(\.verb.description)
        #expect(opening.sorted() == ["APPE", "LIST", "MLSD", "NLST", "RETR", "STOR", "STOU", "THMB"])
    }

    @Test func `a data connection has a direction, and nothing else has`() {
        for role in VerbRole.allCases {
            #expect((role.isUpload != nil) == role.opensDataConnection)
        }
    }

    @Test func `what must work before the login needs none`() throws {
        for verb in ["USER", "PASS", "AUTH", "PBSZ", "PROT", "FEAT", "HOST", "QUIT", "HELP", "NOOP"] as [Verb] {
            #expect(try !#require(VerbTable.row(verb)).needsLogin)
        }
        for verb in ["RETR", "STOR", "CWD", "PASV", "PORT", "DELE", "SITE"] as [Verb] {
            #expect(try #require(VerbTable.row(verb)).needsLogin)
        }
    }
}

/// Expects text in both languages, the Chinese one in Chinese and without the marks of a careless edit.
func expectComplete(_ phrase: Phrase) {
    for language in Language.allCases {
        #expect(!phrase[language].isEmpty)
        #expect(!phrase[language].contains("  "), "\(phrase[language])")
    }
    #expect(phrase.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(phrase.zh)")
    #expect(!phrase.en.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(phrase.en)")
}
