import Bytes

/// One extension of a hello (RFC 8446 §4.2); all of it lies in its message.
struct TLSExtension: BitwiseCopyable {
    let type: UInt16
    let offset: Int
    /// Of its data.
    let length: Int
    let helloType: UInt8

    var data: Int { offset + 4 }
    var end: Int { data + length }
}

/// Where the fields of extensions lie.
extension TLS {
    static func walk(_ part: TLSExtension, _ bytes: Bytes, _ sink: TreeSink) {
        let (start, end, isClient) = (part.data, part.end, part.helloType == 1)
        sink(.extensionGroup, 3, part.offset..<end, 0)
        sink(.extensionType, 4, part.offset..<part.offset + 2, 0)
        sink(.extensionLength, 4, part.offset + 2..<start, 0)
        func number(_ item: Item, _ count: Int, _ depth: Int = 4) {
            if part.length >= count { sink(item, depth, start..<start + count, 0) }
        }
        /// A list of numbers behind the list's length.
        func list(_ length: Item, _ width: Int, _ group: Item?, _ item: Item, _ size: Int) {
            guard part.length >= width else { return }
            sink(length, 4, start..<start + width, 0)
            let first = start + width
            let limit = min(end, first + Int(width == 1 ? UInt16(bytes.u8(at: start)) : bytes.u16(at: start)))
            let count = (limit - first) / size
            guard count > 0 else { return }
            if let group { sink(group, 4, first..<first + count * size, count) }
            for index in 0..<count {
                let place = first + index * size
                sink(item, group == nil ? 4 : 5, place..<place + size, 0)
            }
        }
        if walk(rare: part, bytes, sink) { return }
        switch part.type {
        case 0: serverName(part, bytes, sink)
        case 1: number(.maximumFragment, 1)
        case 5 where isClient && part.length >= 5:
            number(.statusType, 1)
            sink(.responderLength, 4, start + 1..<start + 3, 0)
            let place = start + 3 + Int(bytes.u16(at: start + 1))
            if place + 2 <= end { sink(.requestExtensionsLength, 4, place..<place + 2, 0) }
        case 5: break
        case 10: list(.groupsLength, 2, .groups, .group, 2)
        case 11: list(.pointFormatsLength, 1, .pointFormats, .pointFormat, 1)
        case 13, 50: if part.length >= 2 { _ = schemes(at: start, before: end, 4, bytes, sink) }
        case 15: number(.heartbeatMode, 1)
        case 16: protocols(part, bytes, sink)
        case 21: sink(.paddingData, 4, start..<end, 0)
        case 22, 23, 49: break
        case 28: number(.recordSizeLimit, 2)
        case 35: sink(.extensionData, 4, start..<end, 1)
        case 41: sharedKeys(part, bytes, sink)
        case 42: break
        case 43:
            if isClient {
                list(.supportedVersionsLength, 1, nil, .supportedVersion, 2)
            } else {
                number(.supportedVersion, 2)
            }
        case 44 where part.length >= 2:
            number(.cookieLength, 2)
            sink(.cookie, 4, start + 2..<end, 0)
        case 45: list(.exchangeModesLength, 1, nil, .exchangeMode, 1)
        case 51: keyShares(part, bytes, sink)
        case 65281 where part.length >= 1:
            sink(.renegotiationGroup, 4, start..<end, 0)
            number(.renegotiationLength, 1, 5)
            if part.length > 1 { sink(.renegotiation, 5, start + 1..<end, 0) }
        default: sink(.extensionData, 4, start..<end, 0)
        }
    }

    /// RFC 6066 §3; a server answers with nothing.
    private static func serverName(_ part: TLSExtension, _ bytes: Bytes, _ sink: TreeSink) {
        guard part.length >= 2 else { return }
        let start = part.data
        sink(.serverNameGroup, 4, start..<part.end, 0)
        sink(.serverNamesLength, 5, start..<start + 2, 0)
        var offset = start + 2
        while offset + 3 <= part.end {
            let size = Int(bytes.u16(at: offset + 1))
            guard offset + 3 + size <= part.end else { return }
            sink(.serverNameType, 5, offset..<offset + 1, 0)
            sink(.serverNameLength, 5, offset + 1..<offset + 3, 0)
            sink(.serverName, 5, offset + 3..<offset + 3 + size, 0)
            offset += 3 + size
        }
    }

    /// RFC 7301 §3.1.
    private static func protocols(_ part: TLSExtension, _ bytes: Bytes, _ sink: TreeSink) {
        guard part.length >= 2 else { return }
        let start = part.data
        sink(.protocolsLength, 4, start..<start + 2, 0)
        sink(.protocols, 4, start + 2..<part.end, 0)
        TLSHello.forEachProtocol(in: bytes.slice(from: start, count: part.length)) { offset, length in
            let place = start + offset
            sink(.protocolLength, 5, place - 1..<place, 0)
            sink(.application, 5, place..<place + length, 0)
        }
    }

    /// RFC 8446 §4.2.8.
    private static func keyShares(_ part: TLSExtension, _ bytes: Bytes, _ sink: TreeSink) {
        var offset = part.data
        sink(.keyShareGroup, 4, offset..<part.end, 0)
        if part.helloType == 2, part.length == 2 {
            return sink(.selectedGroup, 5, offset..<offset + 2, 0)
        }
        if part.helloType == 1 {
            guard part.length >= 2 else { return }
            sink(.keySharesLength, 5, offset..<offset + 2, 0)
            offset += 2
        }
        while offset + 4 <= part.end {
            let size = Int(bytes.u16(at: offset + 2))
            guard offset + 4 + size <= part.end else { return }
            sink(.keyShare, 5, offset..<offset + 4 + size, size)
            sink(.keyShareGroupNumber, 6, offset..<offset + 2, 0)
            sink(.keyLength, 6, offset + 2..<offset + 4, 0)
            sink(.key, 6, offset + 4..<offset + 4 + size, 0)
            offset += 4 + size
        }
    }

    /// RFC 8446 §4.2.11.
    private static func sharedKeys(_ part: TLSExtension, _ bytes: Bytes, _ sink: TreeSink) {
        var offset = part.data
        sink(.sharedKeyGroup, 4, offset..<part.end, 0)
        guard part.length >= 2 else { return }
        guard part.helloType == 1 else { return sink(.selectedIdentity, 5, offset..<offset + 2, 0) }
        sink(.identitiesLength, 5, offset..<offset + 2, 0)
        offset += 2
        let end = min(part.end, offset + Int(bytes.u16(at: offset - 2)))
        while offset + 6 <= end {
            let size = Int(bytes.u16(at: offset))
            guard offset + 6 + size <= end else { return }
            sink(.identityGroup, 5, offset..<offset + 6 + size, size)
            sink(.identityLength, 6, offset..<offset + 2, 0)
            sink(.identity, 6, offset + 2..<offset + 2 + size, 0)
            sink(.ticketAge, 6, offset + 2 + size..<offset + 6 + size, 0)
            offset += 6 + size
        }
        guard end + 2 <= part.end else { return }
        sink(.bindersLength, 5, end..<end + 2, 0)
        sink(.binders, 5, end + 2..<part.end, 0)
    }
}
