import Bytes
import CPcap
import CaptureFile

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension NetworkInterface {
    /// All that libpcap knows of, in its order: those that are up and running first.
    ///
    /// - Parameter isTried: whether each is opened for a moment, to find out whether it may be captured on.
    package static func all(isTried: Bool = true) throws(LiveError) -> [NetworkInterface] {
        var first: UnsafeMutablePointer<pcap_if_t>?
        let (status, message) = unsafe withErrorText { unsafe pcap_findalldevs(&first, $0) }
        guard status == 0 else { throw LiveError(.other(message), "") }
        defer { unsafe pcap_freealldevs(first) }
        var interfaces: [NetworkInterface] = []
        var next = unsafe first
        while let found = unsafe next {
            interfaces.append(unsafe NetworkInterface(found.pointee))
            unsafe next = found.pointee.next
        }
        if isTried {
            for place in interfaces.indices { interfaces[place].problem = problem(of: interfaces[place].name) }
        }
        return interfaces
    }

    /// Opens an interface and closes it again.
    private static func problem(of name: String) -> LiveError.Code? {
        do throws(LiveError) {
            _ = try LiveInterface(name, LiveOptions())
            return nil
        } catch {
            return error.code
        }
    }

    private init(_ found: pcap_if_t) {
        self.init(name: unsafe String(cString: found.name))
        if let text = unsafe found.description { description = unsafe String(cString: text) }
        let flags = unsafe Int32(bitPattern: found.flags)
        if flags & PCAP_IF_LOOPBACK != 0 { state.insert(.loopback) }
        if flags & PCAP_IF_UP != 0 { state.insert(.up) }
        if flags & PCAP_IF_RUNNING != 0 { state.insert(.running) }
        if flags & PCAP_IF_WIRELESS != 0 { state.insert(.wireless) }
        switch flags & PCAP_IF_CONNECTION_STATUS {
        case PCAP_IF_CONNECTION_STATUS_CONNECTED: state.insert(.connected)
        case PCAP_IF_CONNECTION_STATUS_DISCONNECTED: state.insert(.disconnected)
        default: break
        }
        var next = unsafe found.addresses
        while let entry = unsafe next {
            unsafe add(entry.pointee)
            unsafe next = entry.pointee.next
        }
    }

    private mutating func add(_ entry: pcap_addr) {
        guard let address = unsafe entry.addr else { return }
        if let ip = unsafe IPAddress(address) {
            let mask = unsafe entry.netmask.flatMap { unsafe IPAddress($0) }
            let full: UInt8 = ip.isV4 ? 32 : 128
            let length =
                mask.map { UInt8($0.high.nonzeroBitCount + $0.low.nonzeroBitCount - ($0.isV4 ? 16 : 0)) } ?? full
            addresses.append(InterfaceAddress(ip, prefixLength: min(length, full)))
        } else if let mac = unsafe MACAddress(address) {
            macAddress = mac
        }
    }
}

extension InterfaceCounters {
    /// Of every interface that counts, by its name. What passes loopback is counted once.
    package static func all() -> [String: InterfaceCounters] {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard unsafe getifaddrs(&first) == 0 else { return [:] }
        defer { unsafe freeifaddrs(first) }
        var counters: [String: InterfaceCounters] = [:]
        var next = unsafe first
        while let entry = unsafe next {
            if let data = unsafe entry.pointee.ifa_data {
                let isLoopback = unsafe entry.pointee.ifa_flags & UInt32(IFF_LOOPBACK) != 0
                unsafe counters[String(cString: entry.pointee.ifa_name)] = unsafe InterfaceCounters(data, isLoopback)
            }
            unsafe next = entry.pointee.ifa_next
        }
        return counters
    }

    #if os(Linux)
        /// Of a `struct rtnl_link_stats` (linux/if_link.h): packets in and out, bytes in and out.
        private init(_ data: UnsafeMutableRawPointer, _ isLoopback: Bool) {
            let counts = unsafe data.loadUnaligned(as: InlineArray<4, UInt32>.self)
            self.init(
                packets: counts[0] &+ (isLoopback ? 0 : counts[1]), bytes: counts[2] &+ (isLoopback ? 0 : counts[3]))
        }
    #else
        private init(_ data: UnsafeMutableRawPointer, _ isLoopback: Bool) {
            let counts = unsafe data.loadUnaligned(as: if_data.self)
            self.init(
                packets: counts.ifi_ipackets &+ (isLoopback ? 0 : counts.ifi_opackets),
                bytes: counts.ifi_ibytes &+ (isLoopback ? 0 : counts.ifi_obytes))
        }
    #endif
}

extension IPAddress {
    /// Nil where it is not one of IP.
    fileprivate init?(_ address: UnsafeMutablePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        switch unsafe Int32(address.pointee.sa_family) {
        case AF_INET:
            let value = unsafe raw.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr
            self.init(v4: UInt32(bigEndian: value))
        case AF_INET6:
            let value = unsafe raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            let (high, low) = unsafe unsafeBitCast(value, to: (UInt64, UInt64).self)
            self.init(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low))
        default: return nil
        }
    }
}

extension MACAddress {
    /// Nil where it is not one of six bytes, or of nobody, as that of a loopback interface.
    fileprivate init?(_ address: UnsafeMutablePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        #if os(Linux)
            // struct sockaddr_ll: sll_halen and sll_addr.
            let (length, start) = (unsafe Int(raw.load(fromByteOffset: 11, as: UInt8.self)), 12)
            guard unsafe Int32(address.pointee.sa_family) == AF_PACKET, length == 6 else { return nil }
        #else
            // struct sockaddr_dl: sdl_nlen, sdl_alen and sdl_data, the address behind the name.
            let (length, start) = (
                unsafe Int(raw.load(fromByteOffset: 6, as: UInt8.self)),
                unsafe 8 + Int(raw.load(fromByteOffset: 5, as: UInt8.self))
            )
            guard unsafe Int32(address.pointee.sa_family) == AF_LINK, length == 6 else { return nil }
        #endif
        var value: UInt64 = 0
        for offset in start..<start + 6 {
            value = unsafe value << 8 | UInt64(raw.load(fromByteOffset: offset, as: UInt8.self))
        }
        guard value != 0 else { return nil }
        self.init(value)
    }
}

/// Calls `body` with room for one of libpcap's messages, and returns that too.
func withErrorText<Result>(_ body: (UnsafeMutablePointer<CChar>) -> Result) -> (Result, String) {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PCAP_ERRBUF_SIZE)) { room in
        unsafe room.initialize(repeating: 0)
        guard let base = room.baseAddress else { preconditionFailure("room for a message has an address") }
        let result = unsafe body(base)
        return (result, unsafe String(cString: base))
    }
}
