package import Bytes

/// A tree of counters with rates and bursts, in which items find their place by their key.
package struct StatisticsTree: Sendable {
    /// What an item is called.
    package enum Key: Hashable, Sendable, BitwiseCopyable {
        case label(StaticLabel)
        case address(IPAddress)
        case port(UInt16)
        /// Lengths from the lower bound on.
        case lengths(UInt32, UInt32)

        package enum StaticLabel: String, Sendable, BitwiseCopyable {
            case packetLengths = "Packet Lengths"
            case protocolTypes = "IP Protocol Types"
            case allAddresses = "All Addresses"
            case sources4 = "Source IPv4 Addresses"
            case destinations4 = "Destination IPv4 Addresses"
            case sources6 = "Source IPv6 Addresses"
            case destinations6 = "Destination IPv6 Addresses"
            case destinationsAndPorts = "Destinations and Ports"
            case tcp = "TCP"
            case udp = "UDP"
            case sctp = "SCTP"
            case dccp = "DCCP"
            case none = "NONE"
        }

        package var name: String {
            switch self {
            case .label(let label): label.rawValue
            case .address(let address): address.description
            case .port(let port): String(port)
            case .lengths(let low, .max): "\(low) and greater"
            case .lengths(let low, let high): "\(low)-\(high)"
            }
        }

        var hash: UInt64 {
            switch self {
            case .label(let label): UInt64(label.hashValue.magnitude)
            case .address(let address): Station(address).hash
            case .port(let port): UInt64(port) &* 0x9E37_79B9_7F4A_7C15
            case .lengths(let low, _): UInt64(low) &* 0xC2B2_AE3D_27D4_EB4F
            }
        }
    }

    package struct Node: Sendable {
        package let key: Key
        /// -1 for the outermost items.
        package let parent: Int
        package var count: UInt64 = 0
        /// Of the values counted, where the item has any.
        package var sum: UInt64 = 0
        package var minimum = UInt64.max
        package var maximum: UInt64 = 0
        package var bursts = BurstMeter()
    }

    package private(set) var nodes: [Node] = []
    private var index = RowIndex()
    /// Milliseconds since the capture's first frame, of the first frame counted and of the last one.
    private var firstTime: Double?
    private var lastTime = 0.0

    package init() {}

    /// Milliseconds from the first frame counted to the last one.
    package var elapsed: Double { firstTime.map { lastTime - $0 } ?? 0 }

    /// Notes that a frame is to be counted now.
    mutating func advance(to milliseconds: Double) {
        lastTime = milliseconds
        if firstTime == nil { firstTime = milliseconds }
    }

    mutating func node(_ key: Key, below parent: Int = -1) -> Int {
        let hash = key.hash &+ UInt64(truncatingIfNeeded: parent + 1) &* 0x94D0_49BB_1331_11EB
        if let known = index.find(hash, { nodes[$0].parent == parent && nodes[$0].key == key }) { return known }
        nodes.append(Node(key: key, parent: parent))
        index.add(hash)
        return nodes.count - 1
    }

    /// Counts one at the item, and answers where it is.
    @discardableResult
    mutating func count(_ key: Key, below parent: Int = -1, value: UInt64? = nil) -> Int {
        let number = node(key, below: parent)
        nodes[number].count += 1
        nodes[number].bursts.add(at: lastTime)
        if let value {
            nodes[number].sum += value
            nodes[number].minimum = min(nodes[number].minimum, value)
            nodes[number].maximum = max(nodes[number].maximum, value)
        }
        return number
    }
}

/// Finds when an item came most often within a tenth of a second.
package struct BurstMeter: Sendable {
    private struct Bucket: BitwiseCopyable {
        let number: Double
        var count: UInt64
        var start: Double
    }

    /// In milliseconds: how long a burst is, and how finely it is looked for.
    package static let window = 100.0
    private static let resolution = 5.0

    /// At most as many as a window has. The first one stands for the capture's beginning.
    private var buckets = [Bucket(number: 0, count: 0, start: 0)]
    private var current: UInt64 = 0
    package private(set) var largest: UInt64 = 0
    /// When the largest one began, in milliseconds.
    package private(set) var start = 0.0

    mutating func add(at time: Double) {
        let number = (time / Self.resolution).rounded(.down)
        let width = Self.window / Self.resolution
        guard let first = buckets.first, let last = buckets.last else { return }
        if number > last.number {
            buckets.append(Bucket(number: number, count: 1, start: time))
            current += 1
            while let head = buckets.first, number >= head.number + width {
                current -= head.count
                buckets.removeFirst()
            }
        } else if number < first.number {
            // Too old to belong to the window.
            guard number + width > last.number else { return }
            buckets.insert(Bucket(number: number, count: 1, start: time), at: 0)
            current += 1
        } else {
            let place = buckets.lastIndex { $0.number <= number } ?? 0
            if buckets[place].number == number {
                buckets[place].count += 1
                buckets[place].start = min(buckets[place].start, time)
            } else {
                buckets.insert(Bucket(number: number, count: 1, start: time), at: place + 1)
            }
            current += 1
        }
        if current > largest {
            largest = current
            start = buckets[0].start
        }
    }
}
