import Bytes

/// The objects behind the packet that an error quotes (RFC 4884 §7), the same for ICMP and ICMPv6.
enum ICMPExtensions {
    /// - Parameter length: of what is quoted, as the message says; 0 where it says nothing, which RFC 4884 §5.5 takes for
    ///   128 bytes if something sound follows them.
    static func read(_ message: borrowing MessageBytes, behindQuotation length: Int, _ emit: ICMP.Emit) {
        let start = 8 + (length == 0 ? 128 : max(length, 128))
        guard message.bytes.has(4, at: start) else { return }
        if length == 0 {
            guard message.bytes.u8(at: start) >> 4 == 2, ControlChecksum.isSound(message.bytes.slice(from: start))
            else {
                return
            }
        }
        read(message, from: start, emit)
    }

    static func read(_ message: borrowing MessageBytes, from start: Int, _ emit: ICMP.Emit) {
        guard message.bytes.has(4, at: start) else { return }
        let bytes = message.bytes
        emit(.extensions, .presence, message.place(start, message.count - start))
        emit(.version, .number(UInt64(bytes.u8(at: start) >> 4)), message.place(start, 1))
        message.number(.ExtensionWord, start, 2, emit)
        message.number(.extensionChecksum, start + 2, 2, emit)
        let isMissing = bytes.u16(at: start + 2) == 0
        let status: ChecksumStatus =
            isMissing ? .notPresent : ControlChecksum.isSound(bytes.slice(from: start)) ? .good : .bad
        if status == .bad { emit(.extensionBad, .presence, message.place(start + 2, 2)) }
        emit(.extensionStatus, .number(status.rawValue), message.place(start + 2, 2))
        guard bytes.u8(at: start) >> 4 == 2 else { return }
        var offset = start + 4
        while bytes.has(4, at: offset) {
            let length = Int(bytes.u16(at: offset))
            guard length >= 4, bytes.has(length, at: offset) else { return }
            readObject(message, offset, length, emit)
            offset += length
        }
    }

    private static func readObject(_ message: borrowing MessageBytes, _ start: Int, _ length: Int, _ emit: ICMP.Emit) {
        let (kind, type) = (message.bytes.u8(at: start + 2), message.bytes.u8(at: start + 3))
        let title: String =
            switch (kind, type) {
            case (1, 1): "MPLS Stack Entry"
            case (2, _): "Interface Information Object"
            case (3, _): "Interface Identification Object"
            default: "Unknown object (\(kind)/\(type))"
            }
        emit(.Object, .text(title), message.place(start, length))
        message.number(.objectLength, start, 2, emit)
        message.number(.objectClass, start + 2, 1, emit)
        message.number(.objectType, start + 3, 1, emit)
        let end = start + length
        switch (kind, type) {
        case (1, 1):
            for entry in stride(from: start + 4, to: end - 3, by: 4) {
                emit(.StackEntry, .number(message.value(entry, 4)), message.place(entry, 4))
                message.number(.StackWord, entry, 3, emit)
                message.number(.stackLife, entry + 3, 1, emit)
            }
        case (2, _):
            message.number(.InterfaceType, start + 3, 1, emit)
            readInterface(message, start + 4, end, type, emit)
        case (3, _): readIdentity(message, start + 4, end, type, emit)
        default: message.raw(.objectData, start + 4, length - 4, emit)
        }
    }

    /// RFC 5837 §4: the type's bits say what follows, in their order.
    private static func readInterface(
        _ message: borrowing MessageBytes, _ start: Int, _ end: Int, _ type: UInt8, _ emit: ICMP.Emit
    ) {
        var offset = start
        if type & 8 != 0, offset + 4 <= end {
            message.number(.interfaceIndex, offset, 4, emit)
            offset += 4
        }
        if type & 4 != 0, offset + 4 <= end {
            let family = message.bytes.u16(at: offset)
            let size = family == 1 ? 4 : family == 2 ? 16 : max(0, end - offset - 4)
            guard offset + 4 + size <= end else { return }
            emit(.AddressPart, .text("IP Address Sub-Object"), message.place(offset, 4 + size))
            message.number(.family, offset, 2, emit)
            message.raw(.reserved, offset + 2, 2, emit)
            switch family {
            case 1: message.ipv4(.interface4, offset + 4, emit)
            case 2: message.ipv6(.interface6, offset + 4, emit)
            default: message.raw(.interfaceRaw, offset + 4, size, emit)
            }
            offset += 4 + size
        }
        if type & 2 != 0, offset < end {
            let size = Int(message.bytes.u8(at: offset))
            guard size > 0, offset + size <= end else { return }
            emit(.NamePart, .text("Interface Name Sub-Object"), message.place(offset, size))
            message.number(.nameLength, offset, 1, emit)
            message.text(.name, offset + 1, size - 1, emit)
            offset += size
        }
        if type & 1 != 0, offset + 4 <= end { message.number(.interfaceMTU, offset, 4, emit) }
    }

    /// RFC 8335 §2.1: by name, by number or by address.
    private static func readIdentity(
        _ message: borrowing MessageBytes, _ start: Int, _ end: Int, _ type: UInt8, _ emit: ICMP.Emit
    ) {
        switch type {
        case 1: message.text(.identityName, start, end - start, emit)
        case 2: if start + 4 <= end { message.number(.identityIndex, start, 4, emit) }
        case 3:
            guard start + 4 <= end else { return }
            message.number(.identityFamily, start, 2, emit)
            message.number(.identityLength, start + 2, 1, emit)
            message.raw(.identityReserved, start + 3, 1, emit)
            switch message.bytes.u16(at: start) {
            case 1 where end - start >= 8: message.ipv4(.identity4, start + 4, emit)
            case 2 where end - start >= 20: message.ipv6(.identity6, start + 4, emit)
            default: message.raw(.identityRaw, start + 4, end - start - 4, emit)
            }
        default: break
        }
    }
}

extension ICMP {
    static var extensionFields: [FieldRow] { objectFields + interfaceFields }

    private static var objectFields: [FieldRow] {
        [
            item(.extensions, "ICMP Extensions", .none, nil, .group).worded { _, range, input in
                input.frame.u8(at: range.lowerBound) >> 4 == 2
                    ? "ICMP Multi-Part Extensions" : "ICMP Multi-Part Extensions (unsupported version)"
            },
            item(.version, "Version", .uint8),
            bits(of: .ExtensionWord, 0x0FFF, "ext.res", "Reserved", .uint16, .hexadecimal),
            item(.extensionChecksum, "Checksum", .uint16, .hexadecimal).worded { value, range, input in
                guard case .number(let number) = value else { return "Checksum" }
                let end = input.start + input.message.count
                let bytes = input.frame.slice(from: range.lowerBound - 2, count: max(0, end - range.lowerBound + 2))
                let text = "Checksum: 0x" + hexadecimal(number, 4)
                return number == 0
                    ? "[Checksum: [missing]]" : text + (ControlChecksum.isSound(bytes) ? " [correct]" : " incorrect")
            },
            item(.extensionBad, "Bad checksum", .none).generated,
            item(.extensionStatus, "Checksum Status", .uint8).named(ChecksumStatus.name).nameAlone.generated,
            item(.Object, "", .string, nil, .group).textOnly, item(.objectLength, "Length", .uint16),
            item(.objectClass, "Class", .uint8).named(objectClass),
            item(.objectType, "C-Type", .uint8).worded(typeWording), item(.objectData, "Data", .bytes),
            item(.StackEntry, "", .uint32, nil, .group).worded { value, _, _ in
                guard case .number(let word) = value else { return "" }
                return "Label: \(word >> 12), Exp: \(word >> 9 & 7), S: \(word >> 8 & 1), TTL: \(word & 0xFF)"
            },
            bits(of: .StackWord, 0xFFFFF0, "mpls.label", "Label", .uint24),
            bits(of: .StackWord, 0xE, "mpls.exp", "Experimental", .uint24),
            bits(of: .StackWord, 1, "mpls.s", "Stack bit"), item(.stackLife, "Time to live", .uint8),
        ]
    }

    private static var interfaceFields: [FieldRow] {
        [
            bits(of: .InterfaceType, 0xC0, "int_info.role", "Interface Role", .uint8).named(roleName).writingBits(0xC0),
            bits(of: .InterfaceType, 0x30, "int_info.reserved", "Reserved", .uint8),
            bits(of: .InterfaceType, 0x08, "int_info.ifindex", "ifIndex", .boolean, .truth),
            bits(of: .InterfaceType, 0x04, "int_info.ipaddr", "IP Address").saying("Present", "Not Present", 4),
            bits(of: .InterfaceType, 0x02, "int_info.name_present", "Interface Name").saying(
                "Present", "Not Present", 2),
            bits(of: .InterfaceType, 0x01, "int_info.mtu_present", "MTU").saying("Present", "Not Present", 1),
            item(.interfaceIndex, "Interface Index", .uint32), item(.AddressPart, "", .string, nil, .group).textOnly,
            item(.family, "Address Family Identifier", .uint16), item(.reserved, "Reserved", .bytes),
            item(.interface4, "Source", .ipv4), item(.interface6, "Source", .ipv6),
            item(.interfaceRaw, "Source", .bytes), item(.NamePart, "", .string, nil, .group).textOnly,
            item(.nameLength, "Name Length", .uint8), item(.name, "Name", .string),
            item(.interfaceMTU, "Maximum Transmission Unit", .uint32), item(.identityName, "Name", .string),
            item(.identityIndex, "Interface Index", .uint32),
            item(.identityFamily, "Address Family Identifier", .uint16),
            item(.identityLength, "Address Length", .uint8), item(.identityReserved, "Reserved", .bytes),
            item(.identity4, "Address", .ipv4), item(.identity6, "Address", .ipv6),
            item(.identityRaw, "Address", .bytes),
        ]
    }

    private static func objectClass(_ number: UInt64) -> String? {
        switch number {
        case 1: "MPLS Label Stack Class"
        case 2: "Interface Information Object"
        case 3: "Interface Identification Object"
        default: nil
        }
    }

    private static func roleName(_ role: UInt64) -> String? {
        switch role {
        case 0: "IP interface upon which datagram arrived"
        case 1: "sub-IP component of an IP interface upon which datagram arrived"
        case 2: "IP interface through which datagram would be forwarded"
        default: "IP next-hop to which datagram would be forwarded"
        }
    }

    private static let typeWording: FieldRow.Wording = { value, range, input in
        guard case .number(let number) = value else { return "C-Type" }
        switch input.frame.u8(at: range.lowerBound - 1) {
        case 2:
            let parts: KeyValuePairs<UInt64, String> = [8: "ifIndex", 4: "IP Address", 2: "Interface Name", 1: "MTU"]
            let role = "Interface Role: " + (roleName(number >> 6) ?? "")
            return (["C-Type: \(number)", role] + setFlags(number, parts)).joined(separator: ", ")
        case 3:
            let ways = ["Name", "Index", "Address"]
            let way = (1...3).contains(number) ? "Identifies Interface By \(ways[Int(number) - 1])" : "Unknown"
            return "C-Type: \(number) (\(way))"
        default: return "C-Type: \(number)"
        }
    }
}
