#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The time zone of whoever reads: TZ's, or the system's.
enum LocalTime {
    /// What is added to UTC then, in seconds.
    ///
    /// - Parameter time: in seconds since 1970.
    static func offset(at time: Int64) -> Int64 {
        var time = time_t(time)
        var parts = unsafe tm()
        guard unsafe localtime_r(&time, &parts) != nil else { return 0 }
        return Int64(unsafe parts.tm_gmtoff)
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
