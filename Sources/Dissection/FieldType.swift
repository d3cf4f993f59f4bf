/// What a field's values are, with Wireshark's types: it says what they can be compared with, and how they are written.
package enum FieldType: UInt8, Sendable, CaseIterable {
    /// There or not, without a value.
    case none
    case `protocol`
    case boolean
    case character
    case uint8, uint16, uint24, uint32, uint40, uint48, uint56, uint64
    case int8, int16, int24, int32, int64
    case double
    /// The number of a frame.
    case frameNumber
    case absoluteTime
    /// A span of time.
    case relativeTime
    case string
    case bytes
    case ipv4, ipv6, ether
    /// An IEEE extended unique identifier of eight bytes.
    case eui64
    case objectIdentifier

    /// As `tshark -G fields` calls it.
    package var name: String {
        switch self {
        case .none: "FT_NONE"
        case .protocol: "FT_PROTOCOL"
        case .boolean: "FT_BOOLEAN"
        case .character: "FT_CHAR"
        case .uint8, .uint16, .uint24, .uint32, .uint40, .uint48, .uint56, .uint64: "FT_UINT\(bits)"
        case .int8, .int16, .int24, .int32, .int64: "FT_INT\(bits)"
        case .double: "FT_DOUBLE"
        case .frameNumber: "FT_FRAMENUM"
        case .absoluteTime: "FT_ABSOLUTE_TIME"
        case .relativeTime: "FT_RELATIVE_TIME"
        case .string: "FT_STRING"
        case .bytes: "FT_BYTES"
        case .ipv4: "FT_IPv4"
        case .ipv6: "FT_IPv6"
        case .ether: "FT_ETHER"
        case .eui64: "FT_EUI64"
        case .objectIdentifier: "FT_OID"
        }
    }

    /// The type's number in Wireshark 4.0, which raw JSON has.
    package var wiresharkNumber: Int {
        switch self {
        case .none: 0
        case .protocol: 1
        case .boolean: 2
        case .character: 3
        case .uint8, .uint16, .uint24, .uint32, .uint40, .uint48, .uint56, .uint64: 3 + bits / 8
        case .int8, .int16, .int24, .int32: 11 + bits / 8
        case .int64: 19
        case .double: 23
        case .absoluteTime: 24
        case .relativeTime: 25
        case .string: 26
        case .ether: 29
        case .bytes: 30
        case .ipv4: 32
        case .ipv6: 33
        case .frameNumber: 35
        case .objectIdentifier: 37
        case .eui64: 38
        }
    }

    /// Of a number; 0 for other types.
    package var bits: Int {
        switch self {
        case .uint8, .int8, .character: 8
        case .uint16, .int16: 16
        case .uint24, .int24: 24
        case .uint32, .int32, .frameNumber: 32
        case .uint40: 40
        case .uint48: 48
        case .uint56: 56
        case .uint64, .int64, .eui64: 64
        default: 0
        }
    }

    package var isUnsigned: Bool {
        switch self {
        case .uint8, .uint16, .uint24, .uint32, .uint40, .uint48, .uint56, .uint64, .character, .frameNumber: true
        default: false
        }
    }

    package var isSigned: Bool {
        switch self {
        case .int8, .int16, .int24, .int32, .int64: true
        default: false
        }
    }

    package var isInteger: Bool { isUnsigned || isSigned }

    /// How values are written when a row does not say otherwise.
    var display: FieldDisplay {
        switch self {
        case .none, .boolean: .truth
        case .ipv4, .ipv6, .ether, .eui64: .address
        case .string, .protocol, .objectIdentifier: .text
        case .bytes: .bytes
        default: .decimal
        }
    }
}
