import Analysis
package import FTPProtocol

/// One exported file as a line of text.
package enum ExportText {
    package static func line(_ result: FileExporter.Result, _ language: Language) -> String {
        let path = displayText(result.path)
        guard let name = result.name else { return Message.exportSkippedEncrypted.text(language, [path]) }
        if result.isDamaged { return Message.exportedDamaged.text(language, [name, path, "\(result.bytes)"]) }
        if let digests = result.digests, result.state != .complete {
            let state = result.state.message.text(language, [])
            return Message.exportedPart.text(
                language, [name, path, "\(result.bytes)", digests.md5, digests.sha256, state])
        }
        if let digests = result.digests {
            return Message.exportedFile.text(
                language, [name, path, "\(result.bytes)", digests.md5, digests.sha256])
        }
        let missing = result.missing.reduce(0) { $0 + $1.count }
        let places = result.missing.prefix(8).map { "\($0.lowerBound)–\($0.upperBound - 1)" }.joined(separator: ", ")
        return Message.exportedIncomplete.text(
            language,
            [
                name, path, "\(result.bytes)", "\(missing)", "\(result.missing.count)",
                places + (result.missing.count > 8 ? ", …" : ""),
            ])
    }
}
