/// Why a stream of file data cannot be what its mode or structure says it is.
package struct FTPProtocolError: Error, Hashable {
    /// The kind of fault.
    package enum Code: Hashable, Sendable, CaseIterable {
        /// A descriptor or control byte that the RFC does not define.
        case unknownDescriptor
        /// A length that its own rules exclude.
        case impossibleLength
        /// Bytes follow the end of the file.
        case dataAfterEnd
        /// The stream ends within a header, block, string or escape, or without an end of file.
        case truncated
    }

    /// The kind of fault.
    package var code: Code
    /// Where in the stream, in bytes from its start.
    package var offset: UInt64

    /// A fault at `offset` bytes from the start of the stream.
    package init(_ code: Code, at offset: UInt64) {
        self.code = code
        self.offset = offset
    }
}
