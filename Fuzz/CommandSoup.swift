import FTPProtocol

/// Lines as clients send them, and as they do not.
enum CommandSoup {
    private static let verbs =
        VerbTable.all.map(\.verb.description) + ["GET", "POST", "XXXXXXXX", "", "usER", "STAT\t", "P@SV"]

    /// What leads somewhere: a login, a transfer.
    private static let paths = [
        ["USER ftp", "PASS x"], ["USER ftp", "PASS x", "TYPE I"], ["EPSV", "RETR f"], ["PASV", "STOR new"],
        ["TYPE I", "EPSV", "REST 3", "RETR f"], ["EPSV", "MLSD"], ["EPSV", "LIST -la"], ["PASV", "NLST d"],
        ["EPSV", "APPE f"], ["EPSV", "STOU"], ["EPSV ALL", "PASV"], ["RNFR f", "RNTO d/g"], ["MKD x", "RMDA x"],
        ["MODE Z", "OPTS MODE Z LEVEL 9", "EPSV", "RETR f"], ["MODE B", "STRU R", "TYPE E", "EPSV", "STOR r"],
        ["SITE CPFR f", "SITE CPTO c"], ["RANG 1 3", "EPSV", "RETR f"], ["HASH f", "XCRC f 0 2", "XMD5 \"f\" 1 2"],
        ["COMB c f f"], ["AUTH TLS"], ["AUTH TLS", "USER ftp", "PASS x", "EPSV", "RETR f"], ["PBSZ 0", "PROT P"],
        ["PBSZ 0", "PROT C", "EPSV", "RETR f"], ["CCC"],
        ["EPSV", "STOR part", "ABOR"], ["EPSV", "RETR f", "STAT", "QUIT"], ["REIN"], ["QUIT"],
    ]

    private static let arguments = [
        "f", "/", "..", "d", "d/g", "/d/../../outside/secret", "\"f\"", "-la", "-R *", "*", "[a-", "f\0", "a\rb",
        "~root",
        "I", "A", "A T", "E", "L 8", "L 255", "S", "B", "C", "Z", "F", "R", "P", "E 1", "0", "1", "-1", "9 1",
        "18446744073709551615",
        "18446744073709551616", "9223372036854775807 9223372036854775807", "0 18446744073709551615",
        "127,0,0,1,0,22", "127,0,0,1,255,255", "192,0,2,1,8,0", "1,2,3", "|1|127.0.0.1|1|", "|2|::1|65535|",
        "|1|127.0.0.1|65536|", "||||", "!", "ALL", "1", "TLS", "SSL", "TLS-C", "GSSAPI", "UTF8 ON", "MODE Z LEVEL 10",
        "MLST size;type;nothing;", "HASH SHA-512", "HASH none", "zh", "zh-Hans", "en-US", "*", "ftp", "anonymous",
        "somebody", "right", "20240101000000 f", "20241332250000 f", "modify=20240101000000; f", "CHMOD 777 f",
        "CHMOD 99999999999 f", "CPFR f", "CPTO f", "COPY f g", "MKDIR a/b/c", "SYMLINK f l", "WHO", "HELP", "IDLE 0",
        "IDLE 99999999999", "UTIME 20240101000000 f", "QUOTA", "\u{FEFF}", "é文件", "1 R 8",
    ]

    private static func line(_ dice: inout Dice) -> [UInt8] {
        switch dice.roll(12) {
        case 0: return dice.bytes(dice.roll(80))
        case 1: return [UInt8](repeating: 0x41, count: dice.pick([1, 64, 8191, 8192, 8193, 20_000]))
        case 2:
            // RFC 854: commands inside the line, negotiations, subnegotiations that do not end.
            return [255, dice.pick([236, 240, 241, 242, 244, 250, 251, 252, 253, 254, 255]), UInt8(dice.roll(256))]
        case 3: return Array("\(dice.pick(verbs))".utf8) + [32] + dice.bytes(dice.roll(20))
        default: return Array("\(dice.pick(verbs)) \(dice.pick(arguments))".utf8)
        }
    }

    /// A script, with `events` beside what is said.
    static func script(_ dice: inout Dice, events: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        // Most scripts log in first, for little can be done before.
        if !dice.isLucky(in: 5) { append(["USER ftp", "PASS x"], to: &bytes, &dice, events) }
        for _ in 0...dice.roll(dice.pick([4, 12, 40])) {
            if dice.isLucky(in: 2) {
                append(dice.pick(paths), to: &bytes, &dice, events)
            } else {
                bytes += line(&dice).filter { $0 != Script.mark } + end(&dice)
                appendEvents(to: &bytes, &dice, events)
            }
        }
        return bytes
    }

    private static func append(_ lines: [String], to bytes: inout [UInt8], _ dice: inout Dice, _ events: Int) {
        let hasManners = dice.isLucky(in: 2)
        for line in lines {
            bytes += line.utf8 + (hasManners ? [13, 10] : end(&dice))
            if hasManners { bytes += [Script.mark, 0] } else { appendEvents(to: &bytes, &dice, events) }
        }
    }

    private static func end(_ dice: inout Dice) -> [UInt8] {
        dice.isLucky(in: 12) ? dice.pick([[10], [13], [13, 0], [13, 13, 10], [], [10, 10]]) : [13, 10]
    }

    /// The event 0 is what a peer with manners would do; others come now and then.
    private static func appendEvents(to bytes: inout [UInt8], _ dice: inout Dice, _ events: Int) {
        for _ in 0..<dice.pick([0, 1, 1, 1, 2, 3]) {
            bytes += [Script.mark, dice.isLucky(in: 3) ? UInt8(dice.roll(events)) : 0]
        }
    }
}
