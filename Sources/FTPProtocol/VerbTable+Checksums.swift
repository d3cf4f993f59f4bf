extension VerbTable {
    /// Digests of files, to prove that a transfer is whole. Only HASH has a written description of any standing.
    static let checksumRows: [VerbRow] = [
        VerbRow(
            "HASH <pathname>", .required(.path), .checksum, "draft-bryan-ftpext-hash", .extension,
            summary: Phrase(en: "Ask for a file's checksum", zh: "查询文件的校验和"),
            explanation: Phrase(
                en: """
                    The client asks for a checksum of the file, to compare with its own copy. OPTS HASH chooses the \
                    algorithm, RANG the part of the file.
                    """,
                zh: "客户端请求文件的校验和，与自己的副本比较。用 OPTS HASH 选择算法，用 RANG 选择文件的一部分。")),
        digest("XCRC", "CRC-32"),
        digest("XMD5", "MD5"),
        digest("XSHA", "SHA-1"),
        digest("XSHA1", "SHA-1"),
        digest("XSHA256", "SHA-256"),
        digest("XSHA512", "SHA-512"),
        VerbRow(
            "MD5 <pathname>", .required(.path), .checksum, "draft-twine-ftpmd5", .extension,
            summary: Phrase(en: "Ask for a file's MD5 checksum", zh: "查询文件的 MD5 校验和"),
            explanation: Phrase(
                en: "The client asks for the MD5 checksum of one file, to compare with its own copy.",
                zh: "客户端请求一个文件的 MD5 校验和，与自己的副本比较。")),
        VerbRow(
            "MMD5 <pathname>, <pathname>…", .required(.text), .checksum, "draft-twine-ftpmd5", .extension,
            summary: Phrase(en: "Ask for the MD5 checksums of several files", zh: "查询多个文件的 MD5 校验和"),
            explanation: Phrase(
                en: "As MD5, for several files whose names are joined by commas.",
                zh: "与 MD5 相同，但可同时查询以逗号分隔的多个文件。")),
    ]

    private static func digest(_ verb: String, _ algorithm: String) -> VerbRow {
        VerbRow(
            "\(verb) <pathname> [<start> [<end>]]", .required(.path), .checksum, "in use, in no RFC", .extension,
            summary: Phrase(en: "Ask for a file's \(algorithm) checksum", zh: "查询文件的 \(algorithm) 校验和"),
            explanation: Phrase(
                en: """
                    The client asks for the \(algorithm) checksum of a file, or of the bytes between two offsets, to \
                    compare with its own copy.
                    """,
                zh: "客户端请求文件（或两个偏移量之间的字节）的 \(algorithm) 校验和，与自己的副本比较。"))
    }
}
