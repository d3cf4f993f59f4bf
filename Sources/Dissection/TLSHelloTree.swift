import Bytes

/// Where the fields of a ClientHello or ServerHello lie (RFC 8446 §4.1.2, §4.1.3).
extension TLS {
    static func walk(hello message: TLSMessage, of record: TLSRecord, _ bytes: Bytes, _ sink: TreeSink) {
        let isClient = message.type == 1
        let end = message.end
        var offset = message.body
        func take(_ item: Item, _ count: Int, depth: Int = 3, _ detail: Int = 0) -> Bool {
            guard offset + count <= end else { return false }
            sink(item, depth, offset..<offset + count, detail)
            offset += count
            return true
        }
        guard take(.messageVersion, 2), offset + 32 <= end else { return }
        sink(.random, 3, offset..<offset + 32, 0)
        if isClient ? record.version != 0x0304 : !isVersion13(message, record, bytes) {
            sink(.randomTime, 4, offset..<offset + 4, 0)
            sink(.randomBytes, 4, offset + 4..<offset + 32, 0)
        }
        offset += 32
        let session = Int(bytes.u8(at: offset))
        guard take(.sessionIDLength, 1), session == 0 || take(.sessionID, session) else { return }
        if isClient {
            let suites = Int(bytes.u16(at: offset))
            guard take(.cipherSuitesLength, 2), offset + suites <= end else { return }
            if suites > 0 { sink(.cipherSuites, 3, offset..<offset + suites, suites / 2) }
            for _ in 0..<suites / 2 { guard take(.cipherSuite, 2, depth: 4) else { return } }
            offset += suites & 1
            let methods = Int(bytes.u8(at: offset))
            guard take(.compressionsLength, 1), offset + methods <= end else { return }
            if methods > 0 { sink(.compressions, 3, offset..<offset + methods, methods) }
            for _ in 0..<methods { guard take(.compression, 1, depth: 4) else { return } }
        } else {
            guard take(.cipherSuite, 2), take(.compression, 1) else { return }
        }
        let place = offset
        extensions(in: offset..<end, message.type, bytes, sink)
        sink(isClient ? .clientPrint : .serverPrint, 3, place..<place, message.offset)
        sink(isClient ? .clientPrintDigest : .serverPrintDigest, 3, place..<place, message.offset)
    }

    /// Extensions behind the length of them all, where there is one.
    static func extensions(in range: Range<Int>, _ messageType: UInt8, _ bytes: Bytes, _ sink: TreeSink) {
        var offset = range.lowerBound
        guard offset + 2 <= range.upperBound else { return }
        let limit = min(range.upperBound, offset + 2 + Int(bytes.u16(at: offset)))
        sink(.extensionsLength, 3, offset..<offset + 2, 0)
        offset += 2
        while offset + 4 <= limit {
            let length = Int(bytes.u16(at: offset + 2))
            guard offset + 4 + length <= limit else { return }
            let part = TLSExtension(type: bytes.u16(at: offset), offset: offset, length: length, helloType: messageType)
            walk(part, bytes, sink)
            offset += 4 + length
        }
    }

    /// TLS 1.3 has no time in the random bytes any more.
    private static func isVersion13(_ message: TLSMessage, _ record: TLSRecord, _ bytes: Bytes) -> Bool {
        var isVersion13 = record.version == 0x0304
        TLSHello.forEachExtension(in: bytes.slice(from: message.body, count: message.length), isClient: false) {
            type, offset, length in
            if type == 43, length == 2, bytes.u16(at: message.body + offset) == 0x0304 { isVersion13 = true }
        }
        return isVersion13
    }
}
