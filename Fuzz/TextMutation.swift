/// Changes to what is said on control connections and sent on data connections.
enum TextMutation: CaseIterable {
    case insert, replaceLine, replaceCode, replaceNumber, replaceVerb, cutLine, repeatText

    func apply(to image: inout CaptureImage, _ dice: inout Dice) {
        let candidates = image.packets.filter { number in
            PacketShape(image.records[number].packet).map { $0.isTCP && $0.payload < $0.end } ?? false
        }
        guard !candidates.isEmpty else { return }
        let number = dice.pick(candidates)
        guard let shape = PacketShape(image.records[number].packet) else { return }
        let text = Array(image.records[number].packet[shape.payload..<shape.end])
        let new = Array(mutated(text, &dice).prefix(60_000 - shape.payload))
        shape.replace(shape.payload..<shape.end, with: new, in: &image.records[number].packet)
        // Half of the time the rest of the stream makes room, else it overlaps or leaves a hole.
        if dice.isLucky(in: 2) { shift(&image, after: number, shape, by: new.count - text.count) }
    }

    private func mutated(_ text: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var text = text
        let word = Self.words(&dice)
        switch self {
        case .insert: text.insert(contentsOf: word, at: dice.roll(text.count + 1))
        case .replaceLine: text = word + [13, 10]
        case .replaceCode:
            let code = dice.isLucky(in: 3) ? "\(dice.roll(1000))" : dice.pick(Self.codes)
            let tail = dice.isLucky(in: 4) ? "-".utf8 : " ".utf8
            text.replaceSubrange(0..<min(4, text.count), with: Array(code.utf8) + tail)
        case .replaceNumber:
            guard let first = text.firstIndex(where: Self.isDigit) else { return word }
            let digits = text.indices.filter { Self.isDigit(text[$0]) }
            let start = dice.isLucky(in: 2) ? dice.pick(digits) : first
            let end = text[start...].firstIndex { !Self.isDigit($0) } ?? text.count
            text.replaceSubrange(start..<end, with: Array(dice.pick(Self.numbers).utf8))
        case .replaceVerb:
            let end = text.firstIndex { $0 == 0x20 || $0 == 13 } ?? text.count
            text.replaceSubrange(..<end, with: Array(dice.pick(Self.verbs).utf8))
        case .cutLine: text.removeSubrange(dice.roll(text.count)...)
        case .repeatText: text = Array(repeatElement(text, count: 2 + dice.roll(40)).joined())
        }
        return text
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static let codes = [
        "110", "120", "125", "150", "200", "211", "213", "215", "220", "221", "225", "226", "227", "228", "229", "230",
        "232", "234", "250", "257", "331", "332", "334", "350", "421", "425", "426", "450", "500", "530", "550", "631",
    ]
    private static let numbers = [
        "0", "-1", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "256",
        "65535", "65536", "4294967296", "00000000000000000000000000000001", "99999999999999999999999999999999999999",
        "",
    ]
    private static let verbs = [
        "USER", "PASS", "ACCT", "CWD", "CDUP", "REIN", "QUIT", "PORT", "EPRT", "LPRT", "PASV", "EPSV", "LPSV", "TYPE",
        "STRU", "MODE", "RETR", "STOR", "STOU", "APPE", "ALLO", "REST", "RANG", "RNFR", "RNTO", "ABOR", "DELE", "RMD",
        "MKD", "PWD", "LIST", "NLST", "MLSD", "MLST", "SITE", "SYST", "STAT", "HELP", "NOOP", "FEAT", "OPTS", "AUTH",
        "ADAT", "PBSZ", "PROT", "CCC", "MIC", "CONF", "ENC", "LANG", "MDTM", "SIZE", "HASH", "HOST", "CLNT", "XXXXXXXX",
    ]
    private static let phrases: [String] = [
        "\r\n", "\n", "\r", "\r\r\n", "\0", "\u{1B}[31m\u{1B}]0;x\u{7}", "\u{9B}31m", "\u{202E}fdp.exe",
        "\u{2066}x\u{2069}",
        "../", "/../../../../../../../../tmp/wharf-escaped", "C:\\..\\..\\x", "-rf", ".", "..", "/",
        "\u{301}/\u{301}..",
        "227 Entering Passive Mode (255,255,255,255,255,255)\r\n", "227 x (1,2,3,4,999,1)\r\n", "227 0,0,0,0,0,0\r\n",
        "229 (|||99999|)\r\n", "229 (|||0|)\r\n", "229 (|2|::1|1|)\r\n", "228 (4,4,1,2,3,4,2,0,0)\r\n", "220-\r\n",
        "REST 9223372036854775807\r\n", "SIZE x\r\n", "213 9223372036854775807\r\n", "RANG 0 9223372036854775807\r\n",
        "RANG 9223372036854775807 9223372036854775807\r\n", "MODE Z\r\n", "MODE B\r\n", "MODE C\r\n", "STRU R\r\n",
        "STRU P\r\n", "TYPE E\r\n", "TYPE L 8\r\n", "150 x (9223372036854775807 bytes)\r\n", "AUTH TLS\r\n", "CCC\r\n",
        "234 go\r\n", "ABOR\r\n", "REIN\r\n", "226 ok\r\n", "550 no\r\n", "150 for \u{202E}x (1 bytes).\r\n",
        "PASV\r\n",
        "RETR x\r\n", "STOR x\r\n", "APPE x\r\n", "LIST\r\n", "PORT 127,0,0,1,0,21\r\n", "EPRT |1|127.0.0.1|99999|\r\n",
        "257 \"\"\"\"\"\r\n", "257 \"/\u{1B}\"\r\n", "150 FILE: ../x\r\n", "421 \r\n", "\t", "   ", "é", "文件",
        "\u{FEFF}",
    ]

    private static func words(_ dice: inout Dice) -> [UInt8] {
        switch dice.roll(8) {
        case 0: [255, dice.pick([236, 240, 242, 244, 250, 251, 252, 253, 254, 255]), UInt8(dice.roll(256))]
        case 1: [UInt8](repeating: UInt8(0x30 + dice.roll(80)), count: dice.pick([1, 300, 8191, 8192, 8193, 20_000]))
        case 2: dice.bytes(1 + dice.roll(64))
        case 3:
            [UInt8(20 + dice.roll(5)), 3, UInt8(dice.roll(6)), UInt8(dice.roll(80)), UInt8(dice.roll(256))]
                + dice.bytes(40)
        default: Array(dice.pick(phrases).utf8)
        }
    }

    private func shift(_ image: inout CaptureImage, after start: Int, _ shape: PacketShape, by count: Int) {
        let ports = PacketShape.u32(image.records[start].packet, shape.transport)
        let swapped = ports << 16 | ports >> 16
        for number in (start + 1)..<max(start + 1, image.records.count) {
            guard let other = PacketShape(image.records[number].packet), other.isTCP else { continue }
            let own = PacketShape.u32(image.records[number].packet, other.transport)
            guard own == ports || own == swapped else { continue }
            let offset = other.transport + (own == ports ? 4 : 8)
            let value = PacketShape.u32(image.records[number].packet, offset) &+ UInt32(truncatingIfNeeded: count)
            PacketShape.put(Int(value), 4, into: &image.records[number].packet, at: offset)
        }
    }
}
