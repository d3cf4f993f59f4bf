#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// When a capture goes on in another file (dumpcap's `-b`). Nil is never, for that reason.
package struct Rotation: Hashable, Sendable {
    /// Nanoseconds that a file lasts.
    package var duration: Int64?
    /// Nanoseconds: a file ends where the time of day is a multiple of so many.
    package var interval: Int64?
    package var bytes: UInt64?
    package var frames: UInt64?
    /// How many files are kept; the oldest one goes when another begins.
    package var files: Int?

    package init() {}

    /// Whether anything ever ends a file.
    package var hasLimit: Bool { duration != nil || interval != nil || bytes != nil || frames != nil }

    /// Whether a file that began at `start` and holds so much ends now. Times are in nanoseconds since 1970.
    package func isDue(bytes: UInt64, frames: UInt64, start: Int64, now: Int64) -> Bool {
        if let limit = self.bytes, bytes >= limit { return true }
        if let limit = self.frames, frames >= limit { return true }
        if let duration, now - start >= duration { return true }
        if let interval, now / interval != start / interval { return true }
        return false
    }

    /// `name_00001_20261121183000.pcapng`, as dumpcap calls the files of `name.pcapng`: by number and local time.
    package static func name(_ path: String, number: Int, time: Int64) -> String {
        let (stem, suffix) = parts(path)
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        return "\(stem)_\(padded)_\(stamp(time / 1_000_000_000))\(suffix)"
    }

    /// The suffix is what follows the last dot of the last name, a dot that begins it aside.
    private static func parts(_ path: String) -> (stem: Substring, suffix: Substring) {
        let name = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        guard let dot = path[name...].lastIndex(of: "."), dot > name else { return (path[...], "") }
        return (path[..<dot], path[dot...])
    }

    private static func stamp(_ seconds: Int64) -> String {
        var time = time_t(seconds)
        var parts = unsafe tm()
        guard unsafe localtime_r(&time, &parts) != nil else { return "\(seconds)" }
        var text = [CChar](repeating: 0, count: 32)
        let count = unsafe strftime(&text, text.count, "%Y%m%d%H%M%S", &parts)
        return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// When a capture ends by itself (dumpcap's `-a` and `-c`). Nil is never, for that reason.
package struct StopCondition: Hashable, Sendable {
    /// Nanoseconds.
    package var duration: Int64?
    /// Of the file; where there are several, of all of them.
    package var bytes: UInt64?
    package var frames: UInt64?
    package var files: Int?

    package init() {}
}
