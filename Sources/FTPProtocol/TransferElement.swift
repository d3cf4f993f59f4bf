/// What a data connection carries, once its transfer mode or file structure is undone.
package enum TransferElement: Hashable, Sendable {
    /// Bytes of the file; a run of them may come in several pieces.
    case data([UInt8])
    case endOfRecord
    case endOfFile
    /// Text by which the transfer can be resumed here (RFC 959 §3.5).
    case restartMarker([UInt8])
    /// The sender suspects errors in the data that follow, up to the next element of another kind (RFC 959 §3.4.2).
    case suspect
}

/// The descriptor byte of block and compressed mode (RFC 959 §3.4.2).
package struct BlockDescriptor: OptionSet, Hashable, Sendable {
    /// The byte as it is sent.
    package let rawValue: UInt8

    /// The flags of a byte, known or not.
    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The data end a record.
    package static let endOfRecord = BlockDescriptor(rawValue: 128)
    /// The data end the file.
    package static let endOfFile = BlockDescriptor(rawValue: 64)
    /// The data may be wrong.
    package static let suspect = BlockDescriptor(rawValue: 32)
    /// The data are a restart marker.
    package static let restartMarker = BlockDescriptor(rawValue: 16)

    static let known: BlockDescriptor = [.endOfRecord, .endOfFile, .suspect, .restartMarker]
}
