#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Chinese text in the encoding that many servers use for file names without saying so (GB/T 2312, EUC-CN form).
package enum GB2312 {
    /// Reads `bytes`, if they can be nothing else that is common: ASCII and pairs of bytes that GB 2312 assigns.
    ///
    /// GBK and GB 18030 also use pairs whose second byte is ASCII; taking those too would turn the accented letters of
    /// Western names into ideographs.
    package static func text(_ bytes: [UInt8]) -> String? {
        guard isPlausible(bytes) else { return nil }
        return converted(bytes)
    }

    private static func isPlausible(_ bytes: [UInt8]) -> Bool {
        var offset = 0
        var hasPair = false
        while offset < bytes.count {
            if bytes[offset] < 0x80 {
                offset += 1
                continue
            }
            // Rows 1 to 9 are signs, 16 to 87 ideographs.
            let isRow = (0xA1...0xA9).contains(bytes[offset]) || (0xB0...0xF7).contains(bytes[offset])
            guard isRow, offset + 1 < bytes.count, (0xA1...0xFE).contains(bytes[offset + 1]) else { return false }
            hasPair = true
            offset += 2
        }
        return hasPair
    }

    private static func converted(_ bytes: [UInt8]) -> String? {
        guard let converter = unsafe iconv_open("UTF-8", "GB18030"), unsafe converter != iconv_t(bitPattern: -1) else {
            return nil
        }
        defer { unsafe iconv_close(converter) }
        var source = bytes.map { CChar(bitPattern: $0) }
        // A pair becomes at most four bytes.
        var target = [CChar](repeating: 0, count: bytes.count * 2 + 4)
        var sourceLeft = source.count
        var targetLeft = target.count
        let isWhole = unsafe source.withUnsafeMutableBufferPointer { from in
            unsafe target.withUnsafeMutableBufferPointer { to in
                var input = from.baseAddress
                var output = to.baseAddress
                return unsafe iconv(converter, &input, &sourceLeft, &output, &targetLeft) != -1
            }
        }
        guard isWhole else { return nil }
        return String(
            validating: target.prefix(target.count - targetLeft).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
