import FTPProtocol
import Testing

@Suite struct ReplyCodeTests {
    @Test(
        arguments: [
            (110, ReplyKind.preliminary, ReplyGroup.information), (226, .completion, .connections),
            (331, .intermediate, .authentication), (450, .transientNegative, .fileSystem),
            (500, .permanentNegative, .syntax), (631, .protected, .authentication), (340, .intermediate, .unspecified),
        ] as [(UInt16, ReplyKind, ReplyGroup)])
    func `the digits say kind and group`(value: UInt16, kind: ReplyKind, group: ReplyGroup) throws {
        let code = try #require(ReplyCode(rawValue: value))
        #expect(code.kind == kind)
        #expect(code.group == group)
        #expect(code.isError == (value / 100 == 4 || value / 100 == 5))
    }

    @Test(arguments: [0, 99, 700, 999, 65_535] as [UInt16])
    func `numbers that no RFC gives meaning to are no codes`(value: UInt16) {
        #expect(ReplyCode(rawValue: value) == nil)
    }

    @Test(arguments: ["", "22", "2 0", "abc", "-20", "099 x", "+20"])
    func `a line without three digits begins with no code`(line: String) {
        #expect(ReplyCode(startOf: line.utf8) == nil)
    }

    @Test(
        arguments: [
            110, 120, 125, 150, 200, 202, 211, 212, 213, 214, 215, 220, 221, 225, 226, 227, 228, 229, 230, 232, 234,
            235,
            250, 257, 331, 332, 334, 335, 336, 350, 421, 425, 426, 430, 431, 434, 450, 451, 452, 500, 501, 502, 503,
            504,
            521, 522, 530, 532, 533, 534, 535, 536, 537, 550, 551, 552, 553, 554, 555, 631, 632, 633,
        ] as [ReplyCode])
    func `every code of the RFCs has a meaning in both languages`(code: ReplyCode) throws {
        let row = try #require(ReplyTable.row(code))
        expectComplete(row.meaning)
        expectComplete(row.explanation)
        #expect(row.explanation.en.hasSuffix("."))
        #expect(row.explanation.zh.hasSuffix("。"))
    }

    @Test func `every code from 100 to 699 is explained somehow`() throws {
        for value in 100...699 as ClosedRange<UInt16> {
            expectComplete(try #require(ReplyCode(rawValue: value)).explanation)
        }
    }

    @Test func `an unknown code is explained by its digits`() {
        #expect(ReplyCode(559).meaning == nil)
        let explanation = ReplyCode(559).explanation
        #expect(explanation.en.hasPrefix(ReplyKind.permanentNegative.meaning.en))
        #expect(explanation.en.hasSuffix(ReplyGroup.fileSystem.meaning.en))
        #expect(ReplyCode(299).explanation == ReplyKind.completion.meaning)
    }

    @Test func `codes are in numerical order`() {
        #expect(ReplyCode(150) < 226)
        #expect(ReplyTable.all.map(\.code) == ReplyTable.all.map(\.code).sorted())
        #expect(Set(ReplyTable.all.map(\.code)).count == ReplyTable.all.count)
    }
}

@Suite struct ReplyReaderTests {
    /// Pushes lines; gives what the reader made of them, one letter an event, and the replies.
    private func read(_ lines: [String], _ reader: ReplyReader = ReplyReader()) -> (events: String, replies: [Reply]) {
        var reader = reader
        var events = ""
        var replies: [Reply] = []
        for line in lines {
            switch reader.push(line.utf8) {
            case .partial: events += "p"
            case .stray: events += "s"
            case .reply(let reply):
                events += "r"
                replies.append(reply)
            }
        }
        return (events, replies)
    }

    private func texts(_ reply: Reply) -> [String] { reply.lines.map { String(decoding: $0, as: UTF8.self) } }

    @Test(
        arguments: [
            ("220 ready", 220, "ready"), ("220", 220, ""), ("220 ", 220, ""), ("220Welcome", 220, "Welcome"),
            ("220  two spaces", 220, " two spaces"), ("226 \u{1B}[2J", 226, "\u{1B}[2J"),
        ] as [(String, UInt16, String)])
    func `one line is a reply`(line: String, code: UInt16, text: String) throws {
        let (events, replies) = read([line])
        #expect(events == "r")
        let reply = try #require(replies.first)
        #expect(reply.code.rawValue == code)
        #expect(texts(reply) == [text])
        #expect(reply.isComplete && reply.droppedLines == 0)
    }

    @Test func `a reply ends at the first line with its code and a space`() throws {
        let (events, replies) = read(["230-Hello", " 230 not yet", "230-more", "200 other code", "2300 x", "230 done"])
        #expect(events == "pppppr")
        #expect(
            texts(try #require(replies.first)) == [
                "Hello", " 230 not yet", "230-more", "200 other code", "2300 x", "done",
            ])
    }

    @Test func `the last line may be the code alone`() throws {
        let (events, replies) = read(["220-a", "b", "220"])
        #expect(events == "ppr")
        #expect(texts(try #require(replies.first)) == ["a", "b", ""])
    }

    @Test(arguments: ["", "hello", "12 x", " 220 x", "2200 x", "99", "700 x", "\u{FF}"])
    func `a line outside any reply is stray`(line: String) {
        #expect(read([line]).events == "s")
    }

    @Test func `an endless reply costs bounded memory and still ends`() throws {
        let reader = ReplyReader(maximumLines: 3, maximumBytes: 100)
        let (events, replies) = read(["220-"] + [String](repeating: "x", count: 5000) + ["220 end", "221 bye"], reader)
        #expect(events.suffix(2) == "rr")
        #expect(replies[0].lines.count == 3)
        #expect(replies[0].droppedLines == 4999)
        #expect(replies[0].isComplete)
        #expect(texts(replies[1]) == ["bye"])
    }

    @Test func `huge lines are counted, not kept`() throws {
        let reader = ReplyReader(maximumLines: 10, maximumBytes: 10)
        let (_, replies) = read(["220-ab", String(repeating: "y", count: 100), "220 z"], reader)
        #expect(texts(try #require(replies.first)) == ["ab", "z"])
        #expect(replies[0].droppedLines == 1)
    }

    @Test func `a reply that the stream cuts is given up as incomplete`() throws {
        var reader = ReplyReader()
        _ = reader.push("211-Features:".utf8)
        _ = reader.push(" SIZE".utf8)
        #expect(reader.isInReply)
        let open = reader.finish()
        let reply = try #require(open)
        #expect(!reply.isComplete)
        #expect(texts(reply) == ["Features:", " SIZE"])
        #expect(reader.finish() == nil)
        #expect(reader.push("200 ok".utf8) == .reply(Reply(200, lines: [Array("ok".utf8)])))
    }
}

@Suite struct FeaturesTests {
    private func features(_ lines: [String], isComplete: Bool = true) -> Features {
        var reply = Reply(211, lines: lines.map { Array($0.utf8) })
        reply.isComplete = isComplete
        return Features(reply)
    }

    @Test func `features are the lines between the first and the last`() {
        let features = features(["Features:", " UTF8", " REST STREAM", " MLST type*;size*;modify;", "End"])
        #expect(features.list.map(\.name) == ["UTF8", "REST", "MLST"])
        #expect(features["rest"]?.parameters == "STREAM")
        #expect(features["utf8"]?.parameters == "")
        #expect(features["SIZE"] == nil)
        #expect(features.facts.map(\.name) == ["type", "size", "modify"])
        #expect(features.facts.map(\.isActive) == [true, true, false])
    }

    @Test func `servers that repeat the code or forget the space are understood`() {
        #expect(
            features(["x", "211-SIZE", "\tMDTM", "eprt", "", "211-", "End"]).list.map(\.name) == [
                "SIZE", "MDTM", "EPRT",
            ])
    }

    @Test(arguments: [[], ["no features"], ["a", "b"]])
    func `a reply without lines between has no features`(lines: [String]) {
        #expect(features(lines).list.isEmpty)
        #expect(features(lines).facts.isEmpty)
    }

    @Test func `a cut reply keeps its last line`() {
        #expect(features(["Features:", " SIZE"], isComplete: false).list.map(\.name) == ["SIZE"])
    }
}
