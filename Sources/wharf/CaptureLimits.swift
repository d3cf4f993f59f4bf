import ArgumentParser
import LiveCapture

/// What `-a`, `-b` and `-c` say.
struct CaptureLimits {
    private(set) var stop = StopCondition()
    private(set) var rotation: Rotation?

    init(autostop: [String], ring: [String], count: UInt64?) throws {
        if let count {
            guard count > 0 else { throw ValidationError("-c 0: it takes 1 or more") }
            stop.frames = count
        }
        for text in autostop {
            let (name, value) = try Self.parts("-a", text)
            switch name {
            case "duration": stop.duration = try Self.nanoseconds("-a", text, value)
            case "filesize": stop.bytes = try Self.bytes("-a", text, value)
            case "files": stop.files = Int(clamping: try Self.number("-a", text, value))
            case "packets": stop.frames = try Self.number("-a", text, value)
            default:
                throw ValidationError("-a \(text): it takes duration:SECONDS, filesize:KB, files:N or packets:N")
            }
        }
        var rotation = Rotation()
        for text in ring {
            let (name, value) = try Self.parts("-b", text)
            switch name {
            case "duration": rotation.duration = try Self.nanoseconds("-b", text, value)
            case "interval": rotation.interval = try Self.nanoseconds("-b", text, value)
            case "filesize": rotation.bytes = try Self.bytes("-b", text, value)
            case "packets": rotation.frames = try Self.number("-b", text, value)
            case "files": rotation.files = Int(clamping: try Self.number("-b", text, value))
            default:
                throw ValidationError(
                    "-b \(text): it takes duration:SECONDS, interval:SECONDS, filesize:KB, packets:N or files:N")
            }
        }
        if !ring.isEmpty {
            // As in dumpcap, a size that ends a capture ends a file where there are several.
            if rotation.bytes == nil, let bytes = stop.bytes { (rotation.bytes, stop.bytes) = (bytes, nil) }
            guard rotation.hasLimit else {
                throw ValidationError(
                    "-b says how many files to keep, and not when the next one begins: add -b filesize:KB, "
                        + "duration:SECONDS, interval:SECONDS or packets:N")
            }
            self.rotation = rotation
        } else if stop.files != nil {
            throw ValidationError("-a files:N counts the files of -b: give -b too")
        }
    }

    private static func parts(_ option: String, _ text: String) throws -> (Substring, Substring) {
        guard let colon = text.firstIndex(of: ":") else {
            throw ValidationError("\(option) \(text): a name and a value are parted by a colon, as in duration:10")
        }
        return (text[..<colon], text[text.index(after: colon)...])
    }

    private static func number(_ option: String, _ text: String, _ value: Substring) throws -> UInt64 {
        guard let number = UInt64(value), number > 0 else {
            throw ValidationError("\(option) \(text): it takes a number from 1 on")
        }
        return number
    }

    private static func nanoseconds(_ option: String, _ text: String, _ value: Substring) throws -> Int64 {
        guard let seconds = Double(value), seconds > 0, seconds <= 1e9 else {
            throw ValidationError("\(option) \(text): it takes a number of seconds above 0")
        }
        return Int64(seconds * 1e9)
    }

    /// In units of 1000 bytes, as dumpcap counts.
    private static func bytes(_ option: String, _ text: String, _ value: Substring) throws -> UInt64 {
        let (bytes, isOver) = try number(option, text, value).multipliedReportingOverflow(by: 1000)
        return isOver ? .max : bytes
    }
}
