import Bytes

/// One handshake message in a record (RFC 8446 §4, RFC 5246 §7.4).
struct TLSMessage: BitwiseCopyable {
    let type: UInt8
    let offset: Int
    /// Of its body.
    let length: Int

    var body: Int { offset + 4 }
    var end: Int { body + length }
}

extension TLS {
    static func messageName(_ type: UInt8) -> String? { messageName(UInt64(type)) }

    /// Where a message's fields lie, for those that are no hello.
    static func walk(_ message: TLSMessage, of record: TLSRecord, _ bytes: Bytes, _ sink: TreeSink) {
        let (start, end) = (message.body, message.end)
        func list(_ length: Item, _ content: Item, _ offset: Int, _ width: Int, _ depth: Int) -> Int {
            guard offset + width <= end else { return end }
            sink(length, depth, offset..<offset + width, 0)
            let size = (0..<width).reduce(0) { $0 << 8 | Int(bytes.u8(at: offset + $1)) }
            guard size > 0, offset + width + size <= end else { return offset + width }
            sink(content, depth, offset + width..<offset + width + size, 0)
            return offset + width + size
        }
        switch message.type {
        case 4 where record.version < 0x0304 && message.length >= 6:
            sink(.ticketGroup, 3, start..<end, 0)
            sink(.ticketLifetime, 4, start..<start + 4, 0)
            _ = list(.ticketLength, .ticket, start + 4, 2, 4)
        case 8: extensions(in: start..<end, 8, bytes, sink)
        case 11 where record.version < 0x0304: certificates(in: start..<end, bytes, sink)
        case 12:
            let exchange = KeyExchange(record.session.cipherSuite)
            guard let group = exchange.serverParameters else { return }
            sink(.exchangeGroup, 3, start..<end, group)
            var offset = start
            if exchange == .preShared || exchange == .rsaPreShared {
                _ = list(.hintLength, .hint, offset, 2, 4)
                return
            } else if exchange == .rsa {
                offset = list(.modulusLength, .modulus, offset, 2, 4)
                offset = list(.exponentLength, .exponent, offset, 2, 4)
            } else if exchange == .ellipticCurve {
                guard start + 3 <= end, bytes.u8(at: start) == 3 else { return }
                sink(.curveType, 4, start..<start + 1, 0)
                sink(.namedCurve, 4, start + 1..<start + 3, 0)
                offset = list(.serverPointLength, .serverPoint, start + 3, 1, 4)
            } else {
                offset = list(.primeLength, .prime, offset, 2, 4)
                offset = list(.generatorLength, .generator, offset, 2, 4)
                offset = list(.serverKeyLength, .serverKey, offset, 2, 4)
            }
            guard offset < end else { return }
            // RFC 5246 §7.4.3: who signs how stands before the signature since TLS 1.2.
            if record.version >= 0x0303, offset + 2 <= end {
                scheme(at: offset, 4, sink)
                offset += 2
            }
            _ = list(.signatureLength, .signature, offset, 2, 4)
        case 13 where record.version < 0x0304: certificateRequest(in: start..<end, record, bytes, sink)
        case 15:
            var offset = start
            if record.version >= 0x0303, offset + 2 <= end {
                scheme(at: offset, 3, sink)
                offset += 2
            }
            _ = list(.verifyLength, .verify, offset, 2, 3)
        case 16:
            let exchange = KeyExchange(record.session.cipherSuite)
            guard message.length > 0, let group = exchange.clientParameters else { return }
            sink(.exchangeGroup, 3, start..<end, group)
            switch exchange {
            case .ellipticCurve: _ = list(.clientPointLength, .clientPoint, start, 1, 4)
            case .finiteField, .fixedFiniteField: _ = list(.clientKeyLength, .clientKey, start, 2, 4)
            case .preShared: _ = list(.pskIdentityLength, .pskIdentity, start, 2, 4)
            case .rsaPreShared:
                let offset = list(.pskIdentityLength, .pskIdentity, start, 2, 4)
                _ = list(.premasterLength, .premaster, offset, 2, 4)
            default: _ = list(.premasterLength, .premaster, start, 2, 4)
            }
        case 22: certificateStatus(in: start..<end, bytes, sink)
        case 24 where message.length > 0: sink(.updateRequest, 2, start..<start + 1, 0)
        case 67:
            var reader = TLSVectorReader(offset: start, end: end)
            reader.vector(.chosenLength, .chosen, 1, 3, bytes, sink)
            reader.vector(.chosenPaddingLength, .chosenPadding, 1, 3, bytes, sink)
        case 20: sink(.verifyData, 3, start..<end, 0)
        default: break
        }
    }

    private static func certificates(in range: Range<Int>, _ bytes: Bytes, _ sink: TreeSink) {
        guard range.count >= 3 else { return }
        var offset = range.lowerBound + 3
        let end = min(range.upperBound, offset + Int(bytes.u24(at: range.lowerBound)))
        sink(.certificatesLength, 3, range.lowerBound..<offset, 0)
        guard offset < end else { return }
        sink(.certificates, 3, offset..<end, 0)
        while offset + 3 <= end {
            let size = Int(bytes.u24(at: offset))
            guard offset + 3 + size <= end else { return }
            sink(.certificateLength, 4, offset..<offset + 3, 0)
            sink(.certificate, 4, offset + 3..<offset + 3 + size, 0)
            walk(certificate: offset + 3..<offset + 3 + size, bytes, 5, sink)
            if offset == range.lowerBound + 3 { sink(.certificateSubject, 0, offset + 3..<offset + 3 + size, 0) }
            offset += 3 + size
        }
    }

    /// RFC 6066 §8, and RFC 6961 §2.2 for several responses.
    private static func certificateStatus(in range: Range<Int>, _ bytes: Bytes, _ sink: TreeSink) {
        var reader = TLSVectorReader(offset: range.lowerBound, end: range.upperBound)
        let type = bytes.u8(at: range.lowerBound)
        guard reader.take(.statusType, 1, 3, sink) else { return }
        if type == 1 {
            _ = reader.vector(.responseLength, 3, 3, bytes, sink)
        } else if type == 2, let list = reader.vector(.responsesLength, 3, 3, bytes, sink) {
            reader.offset = list.lowerBound
            while reader.offset < list.upperBound { _ = reader.vector(.responseLength, 3, 3, bytes, sink) }
        }
    }

    /// RFC 5246 §7.4.4.
    private static func certificateRequest(
        in range: Range<Int>, _ record: TLSRecord, _ bytes: Bytes, _ sink: TreeSink
    ) {
        guard !range.isEmpty else { return }
        var offset = range.lowerBound + 1
        let count = Int(bytes.u8(at: range.lowerBound))
        guard offset + count <= range.upperBound else { return }
        sink(.certificateTypeCount, 3, range.lowerBound..<offset, 0)
        sink(.certificateTypes, 3, offset..<offset + count, count)
        for place in offset..<offset + count { sink(.certificateType, 4, place..<place + 1, 0) }
        offset += count
        if record.version >= 0x0303 {
            guard offset + 2 <= range.upperBound else { return }
            offset = schemes(at: offset, before: range.upperBound, 3, bytes, sink)
        }
        var reader = TLSVectorReader(offset: offset, end: range.upperBound)
        names(&reader, 3, bytes, sink)
    }

    static func scheme(at offset: Int, _ depth: Int, _ sink: TreeSink) {
        sink(.scheme, depth, offset..<offset + 2, 0)
        sink(.schemeHash, depth + 1, offset..<offset + 1, 0)
        sink(.schemeSignature, depth + 1, offset + 1..<offset + 2, 0)
    }

    /// A list of signature schemes behind its length; answers where it ends.
    static func schemes(at offset: Int, before limit: Int, _ depth: Int, _ bytes: Bytes, _ sink: TreeSink) -> Int {
        let start = offset + 2
        let end = min(limit, start + Int(bytes.u16(at: offset)) & ~1)
        sink(.schemesLength, depth, offset..<start, 0)
        guard start < end else { return start }
        sink(.schemes, depth, start..<end, (end - start) / 2)
        for place in stride(from: start, to: end - 1, by: 2) { scheme(at: place, depth + 1, sink) }
        return end
    }
}

/// How the keys are agreed on, as the cipher suite's name says.
enum KeyExchange {
    case ellipticCurve, finiteField, fixedFiniteField, rsa, preShared, rsaPreShared, other

    init(_ suite: UInt16) {
        let name = TLS.cipherSuites[suite] ?? ""
        let kinds: KeyValuePairs<String, KeyExchange> = [
            "TLS_ECDHE_PSK": .other, "TLS_DHE_PSK": .other, "TLS_ECDH": .ellipticCurve, "TLS_DHE_": .finiteField,
            "TLS_DH_anon": .finiteField, "TLS_DH_": .fixedFiniteField, "TLS_RSA_PSK": .rsaPreShared, "TLS_RSA_": .rsa,
            "TLS_PSK_": .preShared,
        ]
        self = kinds.first { name.hasPrefix($0.key) }?.value ?? .other
    }

    /// Index into ``names``.
    var serverParameters: Int? {
        switch self {
        case .ellipticCurve: 0
        case .finiteField: 1
        case .preShared, .rsaPreShared: 5
        case .rsa: 6
        default: nil
        }
    }

    var clientParameters: Int? {
        switch self {
        case .ellipticCurve: 2
        case .finiteField, .fixedFiniteField: 3
        case .rsa: 4
        case .preShared: 7
        case .rsaPreShared: 8
        case .other: nil
        }
    }

    static let names = [
        "EC Diffie-Hellman Server Params", "Diffie-Hellman Server Params", "EC Diffie-Hellman Client Params",
        "Diffie-Hellman Client Params", "RSA Encrypted PreMaster Secret", "PSK Server Params",
        "RSA-EXPORT Server Params",
        "PSK Client Params", "RSA PSK Client Params",
    ]
}
