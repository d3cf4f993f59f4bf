/// An IPv4 or IPv6 address in sixteen flat bytes.
///
/// IPv4 is kept in its IPv4-mapped form (`::ffff:a.b.c.d`, RFC 4291 §2.5.5.2), so that one type, one hash and one
/// comparison serve both families.
@usableFromInline
package struct IPAddress: Hashable, Sendable, BitwiseCopyable {
    @usableFromInline package let high: UInt64
    @usableFromInline package let low: UInt64

    @inlinable package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The IPv4 address whose four octets are `value`, the first one in the highest bits.
    @inlinable package init(v4 value: UInt32) {
        self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(value))
    }

    @inlinable
    package static func == (left: IPAddress, right: IPAddress) -> Bool {
        left.low == right.low && left.high == right.high
    }

    package var isV4: Bool { high == 0 && low >> 32 == 0xFFFF }
    package var v4: UInt32? { isV4 ? UInt32(truncatingIfNeeded: low) : nil }

    package static let unspecified = IPAddress(high: 0, low: 0)

    /// Loopback, link-local or of a range set aside for private networks (RFC 1918, 6598, 3927, 4193, 4291): an address
    /// that means nothing to a peer on the other side of a router.
    package var isPrivate: Bool {
        if let v4 {
            return v4 >> 24 == 10 || v4 >> 24 == 127 || v4 >> 20 == 0xAC1 || v4 >> 16 == 0xC0A8 || v4 >> 16 == 0xA9FE
                || v4 >> 22 == 0x6440_0000 >> 22
        }
        return high >> 57 == 0x7E || high >> 54 == 0x3FA || (high == 0 && low == 1)
    }
}

extension IPAddress: CustomStringConvertible {
    /// Dotted decimal, or the canonical text form of RFC 5952.
    @usableFromInline package var description: String {
        if let v4 { return String(atMost: 15) { $0.put(v4: v4) } }
        return String(writing: { $0.append(self) })
    }

    /// One of the eight groups of sixteen bits, the first one first.
    fileprivate func group(_ index: Int) -> UInt64 {
        (index < 4 ? high : low) >> UInt64(48 - 16 * (index & 3)) & 0xFFFF
    }

    /// RFC 5952 §4.2: the first longest run of at least two zero groups; empty where there is none.
    fileprivate var longestZeroRun: Range<Int> {
        var best = 8..<8
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, group(end) == 0 { end += 1 }
            if end - start > max(1, best.count) { best = start..<end }
            start = end + 1
        }
        return best
    }
}

extension [UInt8] {
    /// Appends an address as its description has it.
    package mutating func append(_ address: IPAddress) {
        if let v4 = address.v4 {
            return append(atMost: 15) { $0.put(v4: v4) }
        }
        let zeros = address.longestZeroRun
        var index = 0
        while index < 8 {
            if index == zeros.lowerBound {
                append("::")
                index = zeros.upperBound
                continue
            }
            if index > 0, index != zeros.upperBound { append(UInt8(ascii: ":")) }
            append(hexadecimal: address.group(index))
            index += 1
        }
    }
}

extension IPAddress {
    /// Reads dotted decimal or any RFC 4291 §2.2 text form; nil for anything else.
    package init?(_ text: some StringProtocol) {
        if let v4 = Self.dotted(text) {
            self.init(v4: v4)
            return
        }
        guard let groups = Self.groups(text) else { return nil }
        let value = { (range: Range<Int>) in groups[range].reduce(UInt64(0)) { $0 << 16 | UInt64($1) } }
        self.init(high: value(0..<4), low: value(4..<8))
    }

    private static func dotted(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), part.utf8.count <= 3, let octet = UInt8(part)
            else { return nil }
            value = value << 8 | UInt32(octet)
        }
        return value
    }

    private static func groups(_ text: some StringProtocol) -> [UInt16]? {
        guard text.utf8.count <= 45 else { return nil }
        var halves: [[UInt16]] = [[]]
        var pieces = text.split(separator: ":", omittingEmptySubsequences: false)[...]
        guard pieces.count >= 3 else { return nil }
        // A leading or trailing "::" leaves two empty pieces where one stands for the gap.
        if pieces.first!.isEmpty {
            guard pieces.dropFirst().first!.isEmpty else { return nil }
            pieces.removeFirst()
        }
        if pieces.last!.isEmpty {
            guard pieces.dropLast().last!.isEmpty else { return nil }
            if pieces.count > 1 { pieces.removeLast() }
        }
        for (index, piece) in zip(pieces.indices, pieces) {
            if piece.isEmpty {
                guard halves.count == 1 else { return nil }
                halves.append([])
            } else if index == pieces.indices.last, let v4 = dotted(piece) {
                halves[halves.count - 1] += [UInt16(v4 >> 16), UInt16(truncatingIfNeeded: v4)]
            } else {
                guard piece.utf8.count <= 4, piece.first != "+", let group = UInt16(piece, radix: 16) else {
                    return nil
                }
                halves[halves.count - 1].append(group)
            }
        }
        let known = halves.reduce(0) { $0 + $1.count }
        if halves.count == 1 { return known == 8 ? halves[0] : nil }
        guard known <= 7 else { return nil }
        return halves[0] + [UInt16](repeating: 0, count: 8 - known) + halves[1]
    }
}

/// An address and a TCP or UDP port: one end of a connection.
@usableFromInline
package struct Endpoint: Hashable, Sendable, BitwiseCopyable, CustomStringConvertible {
    @usableFromInline package var address: IPAddress
    @usableFromInline package var port: UInt16

    @inlinable package init(_ address: IPAddress, _ port: UInt16) {
        self.address = address
        self.port = port
    }

    @inlinable
    package static func == (left: Endpoint, right: Endpoint) -> Bool {
        left.address == right.address && left.port == right.port
    }

    /// `192.0.2.1:21`, or `[2001:db8::1]:21` (RFC 3986 §3.2.2).
    @usableFromInline package var description: String { address.isV4 ? "\(address):\(port)" : "[\(address)]:\(port)" }
}
