extension [UInt8] {
    /// Appends what `bytes` look at, in one copy.
    package mutating func append(_ bytes: Bytes) {
        unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
    }

    /// Appends `value`, least significant byte first.
    @inlinable
    package mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
        unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe append(contentsOf: $0) }
    }
}
