/// Where and why reading a file ended early, or stumbled and went on.
package struct CaptureProblem: Hashable, Sendable, CustomStringConvertible {
    package var code: CaptureCode
    /// An index into ``Capture/files``.
    package var file: Int
    package var path: String
    /// The number, counted from 1 over the whole capture, of the frame that would have come next.
    package var frame: UInt64
    /// The same, counted over this file alone.
    package var frameInFile: UInt64
    /// Where in the (unpacked) file the damage lies.
    package var byte: UInt64
    /// Whether nothing after this was read from the file.
    package var endsFile: Bool
    /// How often the same thing happened in the file; only the first is described.
    package var occurrences: UInt64 = 1

    /// One line: the file, the place, what is wrong and what was read all the same.
    package var description: String {
        let place = path == "-" ? "standard input" : path
        return "\(place): \(code.message(frame: frameInFile, byte: byte))\(outcome)"
    }

    private var outcome: String {
        if !endsFile {
            return occurrences == 1 ? "" : " (and \(occurrences - 1) more like it)"
        }
        return switch frameInFile {
        case 0, 1: "; no packet comes before it"
        case 2: "; the packet before it was read"
        default: "; the \(frameInFile - 1) packets before it were read"
        }
    }
}
