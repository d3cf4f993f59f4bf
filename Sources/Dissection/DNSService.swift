import Bytes

/// Service bindings (RFC 9460) and locations (RFC 1876).
extension DNS {
    static let service: [DNSPart] = [
        .number(2, "dns.svcb.svcpriority", "SvcPriority"), .name("dns.svcb.targetname", "TargetName"),
        .special { readParameters($0, $1, $2, &$3, $4) },
    ]

    private static let parameter = DNSField("dns.svcb.svcparam", "SvcParam", .none) { row in
        row.worded { _, range, input in
            let key = UInt64(input.frame.u16(at: range.lowerBound))
            let name = DNSName.parameters[key] ?? "key\(key)"
            let value = parameterText(key, input.frame.slice(from: range.lowerBound + 4, count: range.count - 4))
            return "SvcParam: " + (value.isEmpty ? name : "\(name)=\(value)")
        }
    }
    private static let key16 = DNSPart.number(2, "dns.svcb.svcparam.key", "SvcParamKey", DNSName.parameters)
    private static let valueLength = DNSPart.number(2, "dns.svcb.svcparam.value.length", "SvcParamValue length")
    private static let plainValue = DNSField("dns.svcb.svcparam.value", "SvcParamValue", .bytes)
    private static let port = DNSPart.number(2, "dns.svcb.svcparam.port", "Port")
    private static let configuration = coded("dns.svcb.svcparam.echconfig", "ECHConfig")
    private static let obliviousConfiguration = coded("dns.svcb.svcparam.odohconfig", "ODoHConfig")
    private static let lists: [UInt64: DNSPart] = [
        0: .number(2, "dns.svcb.svcparam.mandatory.key", "Mandatory key", DNSName.parameters),
        1: .text("dns.svcb.svcparam.alpn.length", "ALPN length", "dns.svcb.svcparam.alpn", "ALPN"),
        4: .address4("dns.svcb.svcparam.ipv4hint.ip", "IP"), 6: .address6("dns.svcb.svcparam.ipv6hint.ip", "IP"),
    ]

    private static func coded(_ name: String, _ label: String) -> DNSField {
        DNSField(name, label, .bytes) { row in
            row.worded { _, range, input in "\(label): \(base64(input.frame, range.lowerBound, range.upperBound))" }
        }
    }

    private static func readParameters(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        var offset = offset
        while offset < end {
            let key = UInt64(message.u16(at: offset))
            let count = Int(message.u16(at: offset + 2))
            guard offset + 4 + count <= end, message.has(count, at: offset + 4) else { return nil }
            let (place, next) = (offset + 4, offset + 4 + count)
            tree.add(parameter, .presence, offset, 4 + count, depth)
            _ = key16.read(message, offset, end, &tree, depth + 1)
            _ = valueLength.read(message, offset + 2, end, &tree, depth + 1)
            func bytes(_ field: DNSField) {
                tree.add(field, .bytes(message.slice(from: place, count: count).array), place, count, depth + 1)
            }
            switch key {
            case 0, 1, 4, 6:
                if let part = lists[key], count > 0 {
                    _ = DNSPart(kind: .all([part]), field: .group).read(message, place, next, &tree, depth + 1)
                }
            case 2: break
            case 3: _ = port.read(message, place, next, &tree, depth + 1)
            case 5: bytes(configuration)
            case 32769: bytes(obliviousConfiguration)
            default: if count > 0 { bytes(plainValue) }
            }
            offset = next
        }
        return offset
    }

    /// The value as zone files write it.
    private static func parameterText(_ key: UInt64, _ data: Bytes) -> String {
        var parts: [String] = []
        switch key {
        case 0:
            for place in stride(from: 0, to: data.count - 1, by: 2) {
                let key = UInt64(data.u16(at: place))
                parts.append(DNSName.parameters[key] ?? "key\(key)")
            }
        case 1:
            var place = 0
            while place < data.count {
                let length = Int(data.u8(at: place))
                parts.append(text(data.slice(from: place + 1, count: length)))
                place += 1 + length
            }
        case 3: parts = ["\(data.u16(at: 0))"]
        case 4:
            for place in stride(from: 0, to: data.count - 3, by: 4) {
                parts.append(IPAddress(v4: data.u32(at: place)).description)
            }
        case 5, 32769: parts = [base64(data, 0, data.count)]
        case 6:
            for place in stride(from: 0, to: data.count - 15, by: 16) {
                parts.append(IPAddress(high: data.u64(at: place), low: data.u64(at: place + 8)).description)
            }
        default: parts = [text(data)]
        }
        return parts.joined(separator: ",")
    }

    static let location: [DNSPart] = [
        .number(1, "dns.loc.version", "Version"), size("dns.loc.size", "Size"),
        size("dns.loc.horizontal_precision", "Horizontal Precision"),
        size("dns.loc.vertical_precision", "Vertical Precision"),
        angle("dns.loc.latitude", "Latitude", "NS"), angle("dns.loc.longitude", "Longitude", "EW"), altitude,
    ]

    private static let altitude = DNSPart(
        kind: .number(4),
        field: DNSField("dns.loc.altitude", "Altitude", .uint32) { row in
            row.worded { value, _, _ in
                guard case .number(let number) = value else { return "Altitude" }
                let centimetres = Int64(number) - 10_000_000
                let rest = centimetres.magnitude % 100
                let fraction = rest == 0 ? "" : ".\(rest < 10 ? "0" : "")\(rest)"
                let sign = centimetres < 0 ? "-" : ""
                return "Altitude: \(number) (\(sign)\(centimetres.magnitude / 100)\(fraction) m)"
            }
        })

    /// Two digits: how many, and how many zeros behind that, in centimetres.
    private static func size(_ name: String, _ label: String) -> DNSPart {
        let field = DNSField(name, label, .uint8) { row in
            row.worded { value, _, _ in
                guard case .number(let number) = value else { return label }
                let centimetres = (0..<number & 15).reduce(number >> 4) { size, _ in size &* 10 }
                let rest = centimetres % 100
                let fraction = rest == 0 ? "" : ".\(rest < 10 ? "0" : "")\(rest)"
                return "\(label): \(number) (\(centimetres / 100)\(fraction) m)"
            }
        }
        return DNSPart(kind: .number(1), field: field)
    }

    /// Thousandths of a second of arc, counted from 2^31.
    private static func angle(_ name: String, _ label: String, _ sides: String) -> DNSPart {
        let field = DNSField(name, label, .uint32) { row in
            row.worded { value, _, _ in
                guard case .number(let number) = value else { return label }
                let offset = Int64(number) - 0x8000_0000
                let all = offset.magnitude
                let digits = String(all % 1000)
                let thousandths = String(repeating: "0", count: 3 - digits.count) + digits
                return "\(label): \(number) (\(all / 3_600_000) deg \(all / 60_000 % 60) min "
                    + "\(all / 1000 % 60).\(thousandths) sec \(offset < 0 ? sides.suffix(1) : sides.prefix(1)))"
            }
        }
        return DNSPart(kind: .number(4), field: field)
    }

    static var serviceRows: [FieldRow] {
        let fields = [
            parameter, key16.field, valueLength.field, plainValue, port.field, configuration, obliviousConfiguration,
        ]
        return fields.map(\.row) + lists.sorted { $0.key < $1.key }.flatMap(\.value.rows)
    }
}
