/// What the sessions of a capture know and single frames refer to: kept once, and found by the indexes in
/// ``FrameFacts``.
package final class FTPFacts: Sendable {
    /// One transfer, as its frames tell of it. Frames are indices, counted from 0.
    package struct Transfer: Sendable {
        /// Where the data connection was agreed on, and by which command.
        package var setupFrame: UInt32?
        package var setupMethod: String?
        /// `RETR name`; nil where the capture lacks the command.
        package var command: String?
        package var commandFrame: UInt32?
        /// The client's directory when it gave the command.
        package var directory: String?
        package var data: DataConnection?

        package init() {}
    }

    /// The segments with data that answered a command.
    package struct DataConnection: Sendable, BitwiseCopyable {
        package var firstFrame: UInt32
        package var lastFrame: UInt32
        package var frames: UInt32
        package var bytes: UInt32
        /// In milliseconds.
        package var duration: UInt32

        package init(firstFrame: UInt32, lastFrame: UInt32, frames: UInt32, bytes: UInt32, duration: UInt32) {
            (self.firstFrame, self.lastFrame) = (firstFrame, lastFrame)
            (self.frames, self.bytes, self.duration) = (frames, bytes, duration)
        }

        /// In kilobits per second, which are bits per millisecond.
        var bitrate: UInt32 {
            duration == 0 ? 0 : UInt32(clamping: UInt64(bytes) * 8 / UInt64(duration))
        }
    }

    package let transfers: [Transfer]
    package let directories: [String]

    package init(_ transfers: [Transfer], _ directories: [String]) {
        self.transfers = transfers
        self.directories = directories
    }
}

/// Where a frame's part of ``FTPFacts`` stands.
package struct FTPReference: Sendable, BitwiseCopyable {
    package var directory: Int?
    /// The transfer whose data the frame carries or whose command it gives.
    package var transfer: Int?
    /// The transfer whose data connection is agreed on in the frame.
    package var agreed: Int?

    package init() {}
}

/// A value that FTP's sessions give to a frame.
package enum FTPFactsField: Sendable {
    case directory
    case firstFrame, lastFrame, duration, bitrate, frames, bytes, setupFrame, command, commandFrame
    case dataSetupFrame, dataSetupMethod, dataCommand, dataCommandFrame, dataDirectory

    func value(_ input: borrowing FieldInput) -> FieldRow.Value? {
        guard let table = input.context?.ftp else { return nil }
        let reference = input.facts.reference
        let transfer = reference.transfer.map { table.transfers[$0] }
        let agreed = reference.agreed.map { table.transfers[$0] }
        return switch self {
        // Empty as long as nothing has told it.
        case .directory: .text(reference.directory.map { table.directories[$0] } ?? "")
        case .firstFrame: number(transfer?.data?.firstFrame, 1)
        case .lastFrame: number(transfer?.data?.lastFrame, 1)
        case .duration: number(transfer?.data?.duration)
        case .bitrate: number(transfer?.data?.bitrate)
        case .frames: number(transfer?.data?.frames)
        case .bytes: number(transfer?.data?.bytes)
        case .setupFrame, .dataSetupFrame: number(transfer?.setupFrame, 1)
        case .command: agreed?.command.map { .text($0) }
        case .commandFrame: number(agreed?.commandFrame, 1)
        case .dataSetupMethod: transfer?.setupMethod.map { .text($0) }
        case .dataCommand: transfer?.command.map { .text($0) }
        case .dataCommandFrame: number(transfer?.commandFrame, 1)
        case .dataDirectory: transfer.map { .text($0.directory ?? "") }
        }
    }

    /// - Parameter base: 1 for frames, which people count from there.
    private func number(_ value: UInt32?, _ base: UInt64 = 0) -> FieldRow.Value? {
        value.map { .number(UInt64($0) + base) }
    }
}
