package import Bytes
import Dissection

/// One fragment of an IP datagram: where its bytes lie in the capture and in the datagram.
package struct Fragment: Sendable, BitwiseCopyable {
    package let offset: UInt32
    package let length: UInt32
    package let position: UInt64
}

/// A datagram whose fragments are all there.
package struct Datagram: Sendable {
    package let source: IPAddress
    package let destination: IPAddress
    package let protocolNumber: UInt8
    /// In order, without holes; overlaps are cut so that the first fragment to arrive counts.
    package let fragments: [Fragment]
}

/// Puts IPv4 (RFC 791 §3.2) and IPv6 (RFC 8200 §4.5) fragments together by remembering where they lie.
struct FragmentTable: Sendable {
    private struct Key: Hashable {
        let source: IPAddress
        let destination: IPAddress
        let identification: UInt32
        let protocolNumber: UInt8
    }

    private struct Pieces {
        var fragments: [Fragment] = []
        var total: UInt32?
        var time: Int64
    }

    /// A datagram of 65 535 bytes in pieces of eight is the most that can be meant in earnest.
    private static let maximumFragments = 8192
    private static let maximumOpen = 1024
    /// RFC 1122 §3.3.2: between 60 and 120 seconds.
    private static let timeout: Int64 = 120_000_000_000

    private var open: [Key: Pieces] = [:]

    /// Takes the fragment that a walk stopped at; answers the datagram once nothing is missing.
    mutating func add(_ frame: Bytes, _ layers: Layers, position: UInt64, time: Int64) -> Datagram? {
        guard layers.network >= 0, layers.payload.captured == layers.payload.length else { return nil }
        let key: Key
        let offset: UInt32
        let isLast: Bool
        if let layer = layers.last(.ipv6Fragment) {
            let fragment = Header<IPv6Fragment>(frame, layer)
            let header = Header<IPv6>(frame, layers[layers.network])
            offset = UInt32(fragment[.offset]) * 8
            isLast = !fragment[.moreFragments]
            key = Key(
                source: header[.source], destination: header[.destination],
                identification: fragment[.identification], protocolNumber: fragment[.nextHeader])
        } else {
            let header = Header<IPv4>(frame, layers[layers.network])
            offset = UInt32(header[.fragmentOffset])
            isLast = !header[.moreFragments]
            key = Key(
                source: header[.source], destination: header[.destination],
                identification: UInt32(header[.identification]), protocolNumber: header[.protocolNumber])
        }
        let fragment = Fragment(
            offset: offset, length: layers.payload.length, position: position + UInt64(layers.payload.offset))
        return add(fragment, key, isLast, time)
    }

    private mutating func add(_ fragment: Fragment, _ key: Key, _ isLast: Bool, _ time: Int64) -> Datagram? {
        guard fragment.length > 0, fragment.offset + fragment.length <= 65_535 else { return nil }
        if open.count >= Self.maximumOpen { forgetOldest(now: time) }
        var pieces = open[key] ?? Pieces(time: time)
        if time - pieces.time > Self.timeout { pieces = Pieces(time: time) }
        guard pieces.fragments.count < Self.maximumFragments else { return nil }
        pieces.fragments.append(fragment)
        if isLast { pieces.total = fragment.offset + fragment.length }
        if let total = pieces.total, let whole = Self.join(pieces.fragments, total) {
            open[key] = nil
            return Datagram(
                source: key.source, destination: key.destination, protocolNumber: key.protocolNumber, fragments: whole)
        }
        open[key] = pieces
        return nil
    }

    /// The fragments cut to size and in order; nil while something is missing.
    private static func join(_ fragments: [Fragment], _ total: UInt32) -> [Fragment]? {
        guard fragments.reduce(0, { $0 + Int($1.length) }) >= Int(total) else { return nil }
        var whole: [Fragment] = []
        var end: UInt32 = 0
        for fragment in fragments.enumerated().sorted(by: { ($0.1.offset, $0.0) < ($1.1.offset, $1.0) }).map(\.1) {
            guard fragment.offset <= end else { return nil }
            let stop = min(total, fragment.offset + fragment.length)
            guard stop > end else { continue }
            let skipped = end - fragment.offset
            whole.append(Fragment(offset: end, length: stop - end, position: fragment.position + UInt64(skipped)))
            end = stop
        }
        return end == total ? whole : nil
    }

    private mutating func forgetOldest(now: Int64) {
        open = open.filter { now - $0.value.time <= Self.timeout }
        if open.count >= Self.maximumOpen, let oldest = open.min(by: { $0.value.time < $1.value.time }) {
            open[oldest.key] = nil
        }
    }
}
