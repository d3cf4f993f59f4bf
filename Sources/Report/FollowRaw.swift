import Analysis
package import Bytes
package import SystemPackage

/// The bytes of what is followed, and nothing else.
package enum FollowRaw {
    /// What the capture lacks of them.
    package struct Missing: Sendable, Hashable {
        package var bytes: Int64 = 0
        package var places = 0
    }

    package static func write(
        _ source: FollowSource, to output: inout BufferedOutput
    ) throws(Errno) -> Missing {
        var missing = Missing()
        var failure: Errno?
        source.read { part in
            if part.piece.isGap {
                missing.bytes += part.piece.count
                missing.places += 1
            }
            guard failure == nil else { return }
            do throws(Errno) { try output.append(part.bytes.bytes) } catch { failure = error }
        }
        if let failure { throw failure }
        return missing
    }
}
