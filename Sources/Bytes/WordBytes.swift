extension InlineArray where Element: BitwiseCopyable & FixedWidthInteger {
    /// The numbers as they lie in memory.
    @inlinable
    package var bytes: Bytes {
        @_lifetime(borrow self)
        borrowing get { unsafe Bytes(span.bytes) }
    }
}
