import Bytes
import Dissection

/// A value that filters compare: what fields, literals and functions come to.
enum FilterValue: Sendable, Hashable {
    case unsigned(UInt64)
    case signed(Int64)
    case double(Double)
    /// A span of time or, counted from 1970, a point in time, in nanoseconds.
    case nanoseconds(Int64)
    case bytes([UInt8])
    case text([UInt8])
    /// An address, of which so many bits count in comparisons.
    case address(IPAddress, bits: UInt8)
    case none

    init(_ value: FieldRow.Value) {
        switch value {
        case .number(let number): self = .unsigned(number)
        case .flag(let flag): self = .unsigned(flag ? 1 : 0)
        case .integer(let number): self = .signed(number)
        case .span(let span), .time(let span): self = .nanoseconds(span)
        case .mac(let address):
            self = .bytes((0..<6).map { UInt8(truncatingIfNeeded: address.value >> UInt64(40 - 8 * $0)) })
        case .address(let address): self = .address(address, bits: 128)
        case .text(let text): self = .text(Array(text.utf8))
        case .bytes(let bytes): self = .bytes(bytes)
        case .presence: self = .none
        case .real(let number): self = .double(number)
        }
    }

    /// The value of a field of that type: an object identifier is compared by its bytes.
    init(_ value: FieldRow.Value, _ type: FieldType) {
        if type == .objectIdentifier, case .text(let text) = value {
            self = .bytes(ObjectIdentifierText.bytes(text) ?? [])
        } else {
            self.init(value)
        }
    }

    /// -1, 0 or 1; nil for values that have no order.
    func order(_ other: FilterValue) -> Int? {
        switch (self, other) {
        case (.unsigned(let a), .unsigned(let b)): Self.sign(a, b)
        case (.signed(let a), .signed(let b)): Self.sign(a, b)
        case (.unsigned(let a), .signed(let b)): b < 0 ? 1 : Self.sign(a, UInt64(b))
        case (.signed(let a), .unsigned(let b)): a < 0 ? -1 : Self.sign(UInt64(a), b)
        case (.double(let a), .double(let b)): a.isNaN || b.isNaN ? nil : Self.sign(a, b)
        case (.nanoseconds(let a), .nanoseconds(let b)): Self.sign(a, b)
        // More bytes are greater, whatever they are.
        case (.bytes(let a), .bytes(let b)): a.count == b.count ? Self.order(a, b) : Self.sign(a.count, b.count)
        case (.text(let a), .text(let b)), (.bytes(let a), .text(let b)), (.text(let a), .bytes(let b)):
            Self.order(a, b)
        case (.address(let a, let bitsA), .address(let b, let bitsB)):
            Self.order(a.masked(min(bitsA, bitsB)), b.masked(min(bitsA, bitsB)))
        default: nil
        }
    }

    private static func sign<Number: Comparable>(_ a: Number, _ b: Number) -> Int { a < b ? -1 : a == b ? 0 : 1 }

    private static func order(_ a: [UInt8], _ b: [UInt8]) -> Int {
        a == b ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
    }

    private static func order(_ a: IPAddress, _ b: IPAddress) -> Int {
        a.high == b.high ? sign(a.low, b.low) : sign(a.high, b.high)
    }

    /// Its bytes, for slices; nil for values that have none.
    func bytes(_ type: FieldType) -> [UInt8]? {
        switch self {
        case .bytes(let bytes), .text(let bytes): return bytes
        case .address(let address, _):
            let all = [address.high, address.low].flatMap { half in
                (0..<8).map { UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * $0)) }
            }
            return type == .ipv4 ? Array(all.suffix(4)) : all
        default: return nil
        }
    }

    var isZero: Bool {
        switch self {
        case .unsigned(let number): number == 0
        case .signed(let number): number == 0
        case .double(let number): number == 0
        case .nanoseconds(let span): span == 0
        case .bytes(let bytes), .text(let bytes): bytes.allSatisfy { $0 == 0 }
        case .address(let address, _): address.high == 0 && (address.low == 0 || address.low == 0xFFFF_0000_0000)
        case .none: false
        }
    }
}

extension IPAddress {
    /// With all but the first `bits` cleared; those of an IPv4 address are its last 32.
    fileprivate func masked(_ bits: UInt8) -> IPAddress {
        let high = bits >= 64 ? high : bits == 0 ? 0 : self.high & ~(UInt64.max >> UInt64(bits))
        let low = bits >= 128 ? low : bits <= 64 ? 0 : self.low & ~(UInt64.max >> UInt64(bits - 64))
        return IPAddress(high: high, low: low)
    }
}
