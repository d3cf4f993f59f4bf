/// An object that lives as long as the program and is handed about by its address: a copy counts no references.
///
/// For what is made once, for tables. One made for a frame would never go away.
@safe @usableFromInline
package struct Lasting<Object: AnyObject & Sendable>: Sendable {
    @usableFromInline let reference: Unmanaged<Object>

    package init(_ object: Object) { unsafe reference = Unmanaged.passRetained(object) }

    @inlinable @inline(__always)
    package func read<Result>(_ body: (Object) -> Result) -> Result {
        unsafe reference._withUnsafeGuaranteedRef { body($0) }
    }
}

/// Text that lives as long as the program, as UTF-8 ready to be put behind other text.
@safe @usableFromInline
package struct LastingText: @unchecked Sendable, BitwiseCopyable {
    @usableFromInline let bytes: UnsafeBufferPointer<UInt8>

    package init(_ text: String) {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
        _ = unsafe copy.initialize(from: text.utf8)
        unsafe bytes = UnsafeBufferPointer(copy)
    }

    @inlinable package var count: Int { unsafe bytes.count }
}
