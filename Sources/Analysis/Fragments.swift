package import Bytes
import Dissection

/// One fragment of an IP datagram: where its bytes lie in the capture and in the datagram.
package struct Fragment: Sendable, BitwiseCopyable {
    package let offset: UInt32
    package let length: UInt32
    package let position: UInt64
    /// Which frame it came in.
    package let frame: UInt32
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
        var covered = Coverage()
        var total: UInt32?
        var time: Int64
        let serial: Int
    }

    /// A datagram of 65 535 bytes in pieces of eight is the most that can be meant in earnest.
    private static let maximumFragments = 8192
    private static let maximumOpen = 1024
    /// RFC 1122 §3.3.2: between 60 and 120 seconds.
    private static let timeout: Int64 = 120_000_000_000

    private var open: [Key: Pieces] = [:]
    /// The keys in the order in which they were opened; those before `oldest`, and whose serial differs, are gone.
    private var order: [(key: Key, serial: Int)] = []
    private var oldest = 0
    private var serial = 0

    /// Takes the fragment that a walk stopped at; answers the datagram once nothing is missing.
    mutating func add(_ frame: Bytes, _ layers: Layers, number: UInt32, position: UInt64, time: Int64) -> Datagram? {
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
            offset: offset, length: layers.payload.length, position: position + UInt64(layers.payload.offset),
            frame: number)
        return add(fragment, key, isLast, time)
    }

    private mutating func add(_ fragment: Fragment, _ key: Key, _ isLast: Bool, _ time: Int64) -> Datagram? {
        guard fragment.length > 0, fragment.offset + fragment.length <= 65_535 else { return nil }
        // Taken out, so that its arrays have one owner and grow in place.
        var pieces = open.removeValue(forKey: key) ?? begin(key, time)
        if time - pieces.time > Self.timeout { pieces = begin(key, time) }
        guard pieces.fragments.count < Self.maximumFragments else {
            open[key] = pieces
            return nil
        }
        pieces.fragments.append(fragment)
        pieces.covered.insert(Int64(fragment.offset)..<Int64(fragment.offset + fragment.length))
        if isLast { pieces.total = fragment.offset + fragment.length }
        if let total = pieces.total, pieces.covered.contains(0..<Int64(total)),
            let whole = Self.join(pieces.fragments, total)
        {
            return Datagram(
                source: key.source, destination: key.destination, protocolNumber: key.protocolNumber, fragments: whole)
        }
        open[key] = pieces
        return nil
    }

    /// The fragments cut to size and in order; nil while something is missing.
    private static func join(_ fragments: [Fragment], _ total: UInt32) -> [Fragment]? {
        var whole: [Fragment] = []
        var end: UInt32 = 0
        for fragment in fragments.enumerated().sorted(by: { ($0.1.offset, $0.0) < ($1.1.offset, $1.0) }).map(\.1) {
            guard fragment.offset <= end else { return nil }
            let stop = min(total, fragment.offset + fragment.length)
            guard stop > end else { continue }
            let skipped = end - fragment.offset
            whole.append(
                Fragment(
                    offset: end, length: stop - end, position: fragment.position + UInt64(skipped),
                    frame: fragment.frame))
            end = stop
        }
        return end == total ? whole : nil
    }

    /// Makes room for one more datagram, if need be at the expense of the one that was begun first.
    private mutating func begin(_ key: Key, _ time: Int64) -> Pieces {
        while open.count >= Self.maximumOpen, oldest < order.count {
            let first = order[oldest]
            if open[first.key]?.serial == first.serial { open[first.key] = nil }
            oldest += 1
        }
        if order.count >= 4 * Self.maximumOpen {
            order = order[oldest...].filter { open[$0.key]?.serial == $0.serial }
            oldest = 0
        }
        serial += 1
        order.append((key, serial))
        return Pieces(time: time, serial: serial)
    }
}
