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
        var parts = tm()
        guard unsafe localtime_r(&time, &parts) != nil else { return 0 }
        return Int64(parts.tm_gmtoff)
    }
}
