/// What hellos say.
extension TLS {
    static let helloRows = [
        row(.messagePieces, "tls.handshake.fragments", "Reassembled Handshake Fragments", .none),
        row(.messagePiece, "tls.handshake.fragment", "Handshake Fragment", .frameNumber),
        row(.messagePieceCount, "tls.handshake.fragment.count", "Handshake Fragment count", .uint32),
        row(.message, "tls.handshake", "Handshake Protocol", .none),
        row(.messageType, "tls.handshake.type", "Handshake Type", .uint8, nil, messageName),
        row(.messageLength, "tls.handshake.length", "Length", .uint24),
        row(.messageVersion, "tls.handshake.version", "Version", .uint16, .hexadecimal, named),
        row(.random, "tls.handshake.random", "Random", .bytes),
        row(.randomTime, "tls.handshake.random_time", "GMT Unix Time", .absoluteTime),
        row(.randomBytes, "tls.handshake.random_bytes", "Random Bytes", .bytes),
        row(.sessionIDLength, "tls.handshake.session_id_length", "Session ID Length", .uint16),
        row(.sessionID, "tls.handshake.session_id", "Session ID", .bytes),
        row(.cipherSuitesLength, "tls.handshake.cipher_suites_length", "Cipher Suites Length", .uint16),
        row(.cipherSuites, "tls.handshake.ciphersuites", "Cipher Suites", .none),
        row(.cipherSuite, "tls.handshake.ciphersuite", "Cipher Suite", .uint16, .hexadecimal, cipherSuiteName),
        row(.compressionsLength, "tls.handshake.comp_methods_length", "Compression Methods Length", .uint8),
        row(.compressions, "tls.handshake.comp_methods", "Compression Methods", .none),
        row(.compression, "tls.handshake.comp_method", "Compression Method", .uint8, nil, compressionName),
        row(.extensionsLength, "tls.handshake.extensions_length", "Extensions Length", .uint16),
        generated(row(.clientPrint, "tls.handshake.ja3_full", "JA3 Fullstring", .string)),
        generated(row(.clientPrintDigest, "tls.handshake.ja3", "JA3", .string)),
        generated(row(.serverPrint, "tls.handshake.ja3s_full", "JA3S Fullstring", .string)),
        generated(row(.serverPrintDigest, "tls.handshake.ja3s", "JA3S", .string)),
    ]
}
