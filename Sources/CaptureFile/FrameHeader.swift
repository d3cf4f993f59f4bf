/// One captured frame: where it lies and when it was seen. Flat, 32 bytes in an array.
package struct FrameHeader: Hashable, Sendable, BitwiseCopyable {
    /// Of its first captured byte, in the capture's address space: all files one after another, below 2^48.
    package var position: UInt64
    /// Nanoseconds since 1970-01-01 00:00 UTC; clamped to what 64 bits hold, never wrapped.
    package var time: Int64
    /// Bytes in the file.
    package var capturedLength: UInt32
    /// Bytes on the wire; a damaged or creative writer may claim fewer than were captured.
    package var originalLength: UInt32
    /// An index into ``CaptureMetadata/interfaces``, counted over all sections and files.
    package var interface: UInt16

    package init(position: UInt64, time: Int64, capturedLength: UInt32, originalLength: UInt32, interface: UInt16) {
        self.position = position
        self.time = time
        self.capturedLength = capturedLength
        self.originalLength = originalLength
        self.interface = interface
    }
}
