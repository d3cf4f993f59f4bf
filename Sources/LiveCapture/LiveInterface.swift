package import Bytes
import CPcap
package import CaptureFile
package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An interface that is captured on. Only one thread may have it, which the compiler sees to: it is not `Sendable`.
@safe
package final class LiveInterface {
    package let name: String
    package let linkType: LinkType
    package let snapLength: UInt32
    package let countsNanoseconds: Bool
    private let handle: OpaquePointer

    /// Begins to capture: from here on the kernel collects frames.
    package init(_ name: String, _ options: LiveOptions) throws(LiveError) {
        let opened: (handle: OpaquePointer, countsNanoseconds: Bool, linkType: LinkType)
        do throws(LiveError.Code) { unsafe opened = try Self.open(name, options) } catch {
            throw LiveError(error, name)
        }
        self.name = name
        unsafe handle = opened.handle
        countsNanoseconds = unsafe opened.countsNanoseconds
        linkType = unsafe opened.linkType
        snapLength = unsafe UInt32(clamping: pcap_snapshot(opened.handle))
    }

    private static func open(_ name: String, _ options: LiveOptions) throws(LiveError.Code) -> (
        handle: OpaquePointer, countsNanoseconds: Bool, linkType: LinkType
    ) {
        let (made, message) = unsafe withErrorText { text in unsafe pcap_create(name, text) }
        guard let handle = unsafe made else { throw .other(message) }
        do throws(LiveError.Code) {
            let countsNanoseconds = unsafe try activate(handle, options)
            // Waiting is for whoever has several interfaces.
            _ = unsafe withErrorText { text in unsafe pcap_setnonblock(handle, 1, text) }
            let linkType = unsafe try chooseLinkType(handle, options.linkType)
            return unsafe (handle, countsNanoseconds, linkType)
        } catch {
            unsafe pcap_close(handle)
            throw error
        }
    }

    deinit { unsafe pcap_close(handle) }

    /// - Returns: whether times have nanoseconds.
    private static func activate(_ handle: OpaquePointer, _ options: LiveOptions) throws(LiveError.Code) -> Bool {
        unsafe pcap_set_snaplen(handle, options.snapLength)
        unsafe pcap_set_promisc(handle, options.isPromiscuous ? 1 : 0)
        unsafe pcap_set_timeout(handle, options.timeout)
        if options.isImmediate { unsafe pcap_set_immediate_mode(handle, 1) }
        unsafe pcap_set_buffer_size(handle, options.bufferSize)
        if options.isMonitor {
            guard unsafe pcap_can_set_rfmon(handle) == 1 else { throw .noMonitorMode }
            unsafe pcap_set_rfmon(handle, 1)
        }
        unsafe pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO)
        let status = unsafe pcap_activate(handle)
        guard status >= 0 else {
            switch status {
            case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED: throw .notPermitted
            case PCAP_ERROR_NO_SUCH_DEVICE: throw .unknownInterface
            case PCAP_ERROR_IFACE_NOT_UP: throw .isDown
            case PCAP_ERROR_RFMON_NOTSUP: throw .noMonitorMode
            default: throw .other(unsafe String(cString: pcap_geterr(handle)))
            }
        }
        return unsafe pcap_get_tstamp_precision(handle) == PCAP_TSTAMP_PRECISION_NANO
    }

    private static func chooseLinkType(_ handle: OpaquePointer, _ wanted: LinkType?) throws(LiveError.Code) -> LinkType
    {
        let own = unsafe LinkType(dlt: pcap_datalink(handle))
        guard let wanted, wanted != own else { return own }
        // Numbers in files and numbers in the kernel are the same but for those that systems never agreed on.
        guard unsafe pcap_set_datalink(handle, Int32(wanted.rawValue)) == 0 else { throw .noLinkType(wanted) }
        return wanted
    }

    /// Those that it can give frames of, its own first.
    package var linkTypes: [LinkType] {
        var list: UnsafeMutablePointer<Int32>?
        let count = unsafe pcap_list_datalinks(handle, &list)
        guard count > 0, let list = unsafe list else { return [linkType] }
        defer { unsafe pcap_free_datalinks(list) }
        return (0..<Int(count)).map { unsafe LinkType(dlt: list[$0]) }
    }

    /// Readable once there are frames; for `poll`. Nil where the system has none.
    package var descriptor: FileDescriptor? {
        let number = unsafe pcap_get_selectable_fd(handle)
        return number >= 0 ? FileDescriptor(rawValue: number) : nil
    }

    /// Hands on the frames that are there by now, at most about `limit`.
    ///
    /// - Parameter body: gets each with its place in time and on the wire; ``FrameHeader/position`` says nothing.
    /// - Returns: how many there were.
    package func read(limit: Int32, _ body: (FrameHeader, Bytes) -> Void) throws(LiveError) -> Int {
        let status = withoutActuallyEscaping(body) { body in
            var reading = Reading(countsNanoseconds: countsNanoseconds, body: body)
            return unsafe withUnsafeMutableBytes(of: &reading) { reading in
                unsafe pcap_dispatch(
                    handle, limit, takeFrame, reading.baseAddress?.assumingMemoryBound(to: UInt8.self))
            }
        }
        guard status < 0 else { return Int(status) }
        switch status {
        case PCAP_ERROR_BREAK: return 0
        case PCAP_ERROR_IFACE_NOT_UP: throw LiveError(.vanished, name)
        default:
            let text = unsafe String(cString: pcap_geterr(handle))
            let isGone = text.contains("disappeared") || text.contains("went down") || text.contains("No such device")
            throw LiveError(isGone ? .vanished : .other(text), name)
        }
    }

    /// What the kernel counted since the beginning.
    package var counts: (received: UInt64, dropped: UInt64, droppedByInterface: UInt64) {
        var counts = pcap_stat()
        guard unsafe pcap_stats(handle, &counts) == 0 else { return (0, 0, 0) }
        return (UInt64(counts.ps_recv), UInt64(counts.ps_drop), UInt64(counts.ps_ifdrop))
    }

    /// Lets only frames pass from here on that the filter selects; the kernel drops the others.
    package func select(_ filter: CaptureFilter) throws(LiveError) {
        var program = unsafe bpf_program()
        guard unsafe pcap_compile(handle, &program, filter.text, 1, PCAP_NETMASK_UNKNOWN) == 0 else {
            throw LiveError(.other(unsafe String(cString: pcap_geterr(handle))), name)
        }
        defer { unsafe pcap_freecode(&program) }
        guard unsafe pcap_setfilter(handle, &program) == 0 else {
            throw LiveError(.other(unsafe String(cString: pcap_geterr(handle))), name)
        }
    }
}

/// What one call of `pcap_dispatch` is about.
private struct Reading {
    let countsNanoseconds: Bool
    let body: (FrameHeader, Bytes) -> Void
}

private func takeFrame(
    _ context: UnsafeMutablePointer<UInt8>?, _ header: UnsafePointer<pcap_pkthdr>?, _ bytes: UnsafePointer<UInt8>?
) {
    guard let context = unsafe context, let header = unsafe header?.pointee, let bytes = unsafe bytes else { return }
    unsafe UnsafeMutableRawPointer(context).withMemoryRebound(to: Reading.self, capacity: 1) { reading in
        let unit: Int64 = unsafe reading.pointee.countsNanoseconds ? 1 : 1000
        let frame = FrameHeader(
            position: 0, time: Int64(header.ts.tv_sec) &* 1_000_000_000 &+ Int64(header.ts.tv_usec) &* unit,
            capturedLength: header.caplen, originalLength: header.len, interface: 0)
        let span = unsafe RawSpan(_unsafeStart: bytes, byteCount: Int(header.caplen))
        unsafe reading.pointee.body(frame, Bytes(span))
    }
}

extension LinkType {
    /// By its number in the kernel (DLT), which is that in files but for those that systems never agreed on.
    init(dlt: Int32) { self.init(inFile: UInt16(truncatingIfNeeded: dlt)) }
}
