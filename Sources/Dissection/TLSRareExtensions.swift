import Bytes

/// Where the fields of rarer extensions lie.
extension TLS {
    /// Answers false for extensions that it does not know.
    static func walk(rare part: TLSExtension, _ bytes: Bytes, _ sink: TreeSink) -> Bool {
        let (start, end, isClient) = (part.data, part.end, part.helloType == 1)
        var reader = TLSVectorReader(offset: start, end: end)
        switch part.type {
        case 9, 19, 20:
            guard isClient else {
                if part.length >= 1 { sink(.type, 4, start..<start + 1, 0) }
                break
            }
            guard let list = reader.vector(.typesLength, 1, 4, bytes, sink), !list.isEmpty else { break }
            sink(.types, 4, list, list.count)
            for place in list { sink(.type, 5, place..<place + 1, 0) }
        // RFC 5054 §2.8.1.
        case 12: reader.vector(.userNameLength, .userName, 1, 4, bytes, sink)
        // No line of its own.
        case 14: break
        case 17 where isClient: statusRequests(&reader, bytes, sink)
        case 17: break
        case 18: timestamps(&reader, bytes, sink)
        case 27:
            guard let list = reader.vector(.compressorsLength, 1, 4, bytes, sink) else { break }
            for place in stride(from: list.lowerBound, to: list.upperBound - 1, by: 2) {
                sink(.compressor, 4, place..<place + 2, 0)
            }
        case 34: if isClient, part.length >= 2 { _ = schemes(at: start, before: end, 4, bytes, sink) }
        case 47: names(&reader, 4, bytes, sink)
        case 53, 54: reader.vector(.connectionIDLength, .connectionID, 1, 4, bytes, sink)
        case 13172:
            guard part.length > 0 else { break }
            sink(.nextProtocolGroup, 4, start..<end, 0)
            while reader.offset < end { reader.vector(.nextProtocolLength, .nextProtocol, 1, 5, bytes, sink) }
        case 17513 where isClient:
            guard let list = reader.vector(.settingsLength, 2, 4, bytes, sink) else { break }
            sink(.settings, 4, list, 0)
            reader.offset = list.lowerBound
            while reader.offset < list.upperBound { reader.vector(.settingLength, .setting, 1, 5, bytes, sink) }
        case 17513: break
        case 65486 where isClient: hiddenName(&reader, bytes, sink)
        default: return false
        }
        return true
    }

    /// RFC 6961 §2.2.
    private static func statusRequests(_ reader: inout TLSVectorReader, _ bytes: Bytes, _ sink: TreeSink) {
        guard let list = reader.vector(.statusListLength, 2, 4, bytes, sink) else { return }
        reader.offset = list.lowerBound
        while reader.offset + 3 <= list.upperBound {
            _ = reader.take(.statusType, 1, 4, sink)
            guard let request = reader.vector(.statusLength, 2, 4, bytes, sink) else { return }
            var inner = TLSVectorReader(offset: request.lowerBound, end: request.upperBound)
            _ = inner.vector(.responderLength, 2, 4, bytes, sink)
            _ = inner.vector(.requestExtensionsLength, 2, 4, bytes, sink)
        }
    }

    /// RFC 6962 §3.2, §3.3.
    private static func timestamps(_ reader: inout TLSVectorReader, _ bytes: Bytes, _ sink: TreeSink) {
        guard let list = reader.vector(.timestampsLength, 2, 4, bytes, sink) else { return }
        var offset = list.lowerBound
        while offset + 2 <= list.upperBound {
            let end = offset + 2 + Int(bytes.u16(at: offset))
            guard end <= list.upperBound else { return }
            sink(.timestampGroup, 4, offset..<end, 0)
            var inner = TLSVectorReader(offset: offset, end: end)
            offset = end
            guard inner.take(.timestampLength, 2, 5, sink), inner.take(.timestampVersion, 1, 5, sink) else { continue }
            guard inner.take(.logID, 32, 5, sink), inner.take(.timestamp, 8, 5, sink) else { continue }
            inner.vector(.timestampExtensionsLength, .timestampExtensions, 2, 5, bytes, sink)
            guard inner.offset + 2 <= end else { continue }
            scheme(at: inner.offset, 5, sink)
            inner.offset += 2
            inner.vector(.timestampSignatureLength, .timestampSignature, 2, 5, bytes, sink)
        }
    }

    /// RFC 8446 §4.2.4, RFC 5246 §7.4.4: names of authorities, each behind its length.
    static func names(_ reader: inout TLSVectorReader, _ depth: Int, _ bytes: Bytes, _ sink: TreeSink) {
        guard let list = reader.vector(.namesLength, 2, depth, bytes, sink), !list.isEmpty else { return }
        sink(.names, depth, list, list.count)
        reader.offset = list.lowerBound
        while reader.offset + 2 <= list.upperBound {
            guard let name = reader.vector(.nameLength, 2, depth + 1, bytes, sink) else { return }
            // The line stands for what the outer SEQUENCE holds.
            guard let content = DERElement(at: name.lowerBound, before: name.upperBound, bytes) else { continue }
            sink(.name, depth + 1, content.content, 0)
            walk(relativeNames: content.children(bytes), depth + 2, bytes, sink)
        }
    }

    /// The draft before Encrypted Client Hello.
    private static func hiddenName(_ reader: inout TLSVectorReader, _ bytes: Bytes, _ sink: TreeSink) {
        guard reader.take(.hiddenNameSuite, 2, 4, sink) else { return }
        let offset = reader.offset
        let size = Int(bytes.u16(at: offset + 2))
        guard offset + 4 + size <= reader.end else { return }
        sink(.keyShare, 4, offset..<offset + 4 + size, size)
        _ = reader.take(.keyShareGroupNumber, 2, 5, sink)
        reader.vector(.keyLength, .key, 2, 5, bytes, sink)
        reader.vector(.recordDigestLength, .recordDigest, 2, 4, bytes, sink)
        reader.vector(.hiddenNameLength, .hiddenName, 2, 4, bytes, sink)
    }
}

/// Reads vectors behind their lengths (RFC 8446 §3.4) and says where they lie; what does not fit ends the reading.
struct TLSVectorReader: BitwiseCopyable {
    var offset: Int
    let end: Int

    /// Takes so many bytes as one field.
    mutating func take(_ item: TLS.Item, _ count: Int, _ depth: Int, _ sink: TLS.TreeSink) -> Bool {
        guard offset + count <= end else {
            offset = end
            return false
        }
        sink(item, depth, offset..<offset + count, 0)
        offset += count
        return true
    }

    /// Takes a length of so many bytes, and answers where what it counts lies; the reader stands behind that.
    mutating func vector(
        _ length: TLS.Item, _ width: Int, _ depth: Int, _ bytes: Bytes, _ sink: TLS.TreeSink
    ) -> Range<Int>? {
        let start = offset
        guard take(length, width, depth, sink) else { return nil }
        let count = (0..<width).reduce(0) { $0 << 8 | Int(bytes.u8(at: start + $1)) }
        guard offset + count <= end else {
            offset = end
            return nil
        }
        offset += count
        return offset - count..<offset
    }

    /// The same for a length with what it counts as one field, if there is any.
    mutating func vector(
        _ length: TLS.Item, _ content: TLS.Item, _ width: Int, _ depth: Int, _ bytes: Bytes, _ sink: TLS.TreeSink
    ) {
        if let range = vector(length, width, depth, bytes, sink), !range.isEmpty { sink(content, depth, range, 0) }
    }
}
