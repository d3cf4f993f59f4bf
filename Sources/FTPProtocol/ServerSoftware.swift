/// What servers call themselves in their greetings.
package enum ServerSoftware {
    /// Names as they appear in greetings; a longer name stands before one that it contains.
    private static let known = [
        "vsFTPd", "Pure-FTPd", "ProFTPD", "pyftpdlib", "FileZilla Server", "Microsoft FTP Service", "Serv-U", "WS_FTP",
        "glFTPd", "Xlight", "NcFTPd", "CrushFTP", "SFTPGo", "Wing FTP Server", "Titan FTP Server", "CompleteFTP",
        "Cerberus FTP Server", "GoAnywhere", "zFTPServer", "bftpd", "tnftpd", "lukemftpd", "Twisted", "Synology",
        "wzdftpd", "Gene6", "GuildFTPd", "WarFTPd", "BlackMoon", "Globalscape", "Apache FtpServer", "libunftp",
        "oftpd", "muddleftpd", "wu-", "Wharf",
    ].map { ($0, $0.lowercased()) }

    /// The name and version in a greeting's lines, such as `vsFTPd 3.0.3`; nil when no known server is named.
    package static func name(in lines: [[UInt8]]) -> String? {
        for line in lines.lazy.map({ displayText($0) }) {
            let folded = line.lowercased()
            let bytes = Array(folded.utf8)
            for (name, lowercased) in known {
                // Most greetings name none of them: bytes are compared faster than characters.
                guard contains(bytes, lowercased.utf8), let found = folded.firstRange(of: lowercased) else { continue }
                // Lower-casing keeps the number of characters in all names that matter here.
                let start = folded.distance(from: folded.startIndex, to: found.upperBound)
                return name + version(in: line.dropFirst(start))
            }
        }
        return nil
    }

    private static func contains(_ text: [UInt8], _ word: String.UTF8View) -> Bool {
        text.indices.contains { text[$0] == word.first && text[$0...].starts(with: word) }
    }

    /// A version right behind the name: `1.3.8`, `v1.2`, `version 2.0`, `(1.4)`.
    private static func version(in rest: Substring) -> String {
        var rest = rest.prefix(40).drop { " /(-:".contains($0) }
        if rest.lowercased().hasPrefix("version ") { rest = rest.dropFirst(8) }
        if rest.first == "v" || rest.first == "V" { rest = rest.dropFirst() }
        let version = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_+".contains($0)) }
        guard let first = version.first, first.isNumber else { return "" }
        return " " + version
    }
}
