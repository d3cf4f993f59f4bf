import FTPProtocol
import Testing

@Suite struct TransferParametersTests {
    @Test(arguments: [
        ("A", RepresentationType.ascii(.nonPrint)), ("a n", .ascii(.nonPrint)), ("A T", .ascii(.telnet)),
        ("E C", .ebcdic(.carriageControl)), ("e", .ebcdic(.nonPrint)), ("I", .image), ("i ", .image),
        ("L 8", .local(bits: 8)), ("l36", .local(bits: 36)),
    ])
    func `TYPE is read`(argument: String, type: RepresentationType) {
        #expect(RepresentationType(argument: argument.utf8) == type)
    }

    @Test(arguments: ["", " ", "B", "A X", "A NN", "AN", "A N T", "I 8", "L", "L 0", "L 256", "L x", "IMAGE", "AT"])
    func `TYPE with anything else is refused`(argument: String) {
        #expect(RepresentationType(argument: argument.utf8) == nil)
    }

    @Test(arguments: [
        RepresentationType.ascii(.telnet), .ebcdic(.carriageControl), .image, .local(bits: 36), .ascii(.nonPrint),
    ])
    func `a type that is written is read again`(type: RepresentationType) {
        #expect(RepresentationType(argument: type.argument.utf8) == type)
        expectComplete(type.name)
    }

    @Test func `STRU, MODE and PROT take one letter of either case`() {
        for structure in FileStructure.allCases {
            #expect(FileStructure(argument: structure.letter.lowercased().utf8) == structure)
            expectComplete(structure.name)
        }
        for mode in TransferMode.allCases {
            #expect(TransferMode(argument: mode.letter.utf8) == mode)
            #expect(!mode.name.zh.isEmpty)
        }
        for level in ProtectionLevel.allCases {
            #expect(ProtectionLevel(argument: " \(level.letter) ".utf8) == level)
            expectComplete(level.name)
        }
    }

    @Test(arguments: ["", "X", "SS", "S B", "\u{0}", "文"])
    func `other letters are refused`(argument: String) {
        #expect(FileStructure(argument: argument.utf8) == nil)
        #expect(TransferMode(argument: argument.utf8) == nil)
        #expect(ProtectionLevel(argument: argument.utf8) == nil)
    }
}

@Suite struct FTPTimeTests {
    @Test(
        arguments: [
            ("19700101000000", 0, 0), ("20240131120000", 1_706_702_400, 0), ("20000229235959", 951_868_799, 0),
            ("19691231235959", -1, 0), ("19980615100045.014", 897_904_845, 14_000_000),
            ("20240131120000.5", 1_706_702_400, 500_000_000),
            ("99991231235959", 253_402_300_799, 0), ("00010101000000", -62_135_596_800, 0),
            ("20161231235960", 1_483_228_800, 0), ("20240131120000.1234567891", 1_706_702_400, 123_456_789),
        ] as [(String, Int64, UInt32)])
    func `a time is read as UTC`(text: String, seconds: Int64, nanoseconds: UInt32) throws {
        let time = try #require(FTPTime(text.utf8))
        #expect(time.seconds == seconds)
        #expect(time.nanoseconds == nanoseconds)
    }

    @Test(
        arguments: [("19100131120000", nil), ("191000131120000", 949_320_000), ("191240131120000", 1_706_702_400)]
            as [(String, Int64?)])
    func `the year of the bug of 2000 is understood`(text: String, seconds: Int64?) throws {
        // With fourteen digits 1910 is an honest year.
        #expect(try #require(FTPTime(text.utf8)).seconds == seconds ?? -1_890_820_800)
    }

    @Test(arguments: [
        "", "2024", "20241301120000", "20240230120000", "20230229000000", "20240131240000", "20240131126000",
        "20240131120061", "00000101000000", "2024013112000", "202401311200000", "20240131120000.", "20240131120000.x",
        "-0240131120000", "20240131T12000", "99991231235960", "19100",
    ])
    func `an impossible time is refused`(text: String) {
        #expect(FTPTime(text.utf8) == nil)
    }

    @Test func `every day of four centuries is written and read again`() throws {
        for day in stride(from: Int64(-62_135_596_800), through: 253_402_300_799, by: 86_400 * 37 + 12_345) {
            let time = FTPTime(seconds: day, nanoseconds: UInt32(day.magnitude % 1000) * 1_000_000)
            #expect(try #require(FTPTime(time.description.utf8)) == time)
        }
    }

    @Test func `times that four digits cannot say are moved to the nearest`() {
        #expect(FTPTime(seconds: .max).description == "99991231235959")
        #expect(FTPTime(seconds: .min).description == "00010101000000")
    }
}
