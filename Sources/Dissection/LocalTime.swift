#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The time zone of whoever reads: TZ's, or the system's.
package enum LocalTime {
    /// What is added to UTC then, in seconds, and what the zone is called: `CEST`.
    ///
    /// - Parameter time: in seconds since 1970.
    package static func zone(at time: Int64) -> (offset: Int64, name: String) {
        var time = time_t(time)
        var parts = unsafe tm()
        guard unsafe localtime_r(&time, &parts) != nil else { return (0, "UTC") }
        return unsafe (Int64(parts.tm_gmtoff), parts.tm_zone.map { unsafe String(cString: $0) } ?? "UTC")
    }
}

package enum CalendarTime {
    /// Now, as C's asctime writes it.
    package static var now: String {
        var now = time(nil)
        var text = [CChar](repeating: 0, count: 32)
        guard unsafe ctime_r(&now, &text) != nil else { return "" }
        let line = text.prefix { $0 != 0 && $0 != 0x0A }.map { UInt8(bitPattern: $0) }
        return String(decoding: line, as: UTF8.self)
    }
}
