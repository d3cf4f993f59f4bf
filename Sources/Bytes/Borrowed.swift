/// An object that somebody else keeps: copies of this count no references, and none outlives what it was made from.
///
/// For what every frame is handed: counting from several threads at once costs more than what is looked up.
@safe @usableFromInline
package struct Borrowed<Object: AnyObject & Sendable>: ~Escapable {
    @usableFromInline let reference: Unmanaged<Object>?

    /// None.
    @_lifetime(immortal)
    package init() { unsafe reference = nil }

    @_lifetime(borrow object)
    package init(_ object: borrowing Object?) {
        if let object = copy object {
            unsafe reference = Unmanaged.passUnretained(object)
        } else {
            unsafe reference = nil
        }
    }

    /// Calls `body` with the object, if there is one.
    @inlinable @inline(__always)
    package func read<Result>(_ body: (Object) -> Result) -> Result? {
        unsafe reference?._withUnsafeGuaranteedRef { body($0) }
    }

    @inlinable package var object: Object? { unsafe reference?.takeUnretainedValue() }
}

/// A value that somebody else keeps: what is large and asked by many is handed on as an address, and none outlives
/// what it was made from.
@safe @usableFromInline
package struct BorrowedValue<Value: BitwiseCopyable>: ~Escapable {
    @usableFromInline let pointer: UnsafePointer<Value>

    @inlinable @inline(__always)
    @_lifetime(immortal)
    init(unsafe pointer: UnsafePointer<Value>) { unsafe self.pointer = pointer }

    @inlinable package var value: Value {
        @inline(__always) _read { yield unsafe pointer.pointee }
    }
}

extension Span where Element: BitwiseCopyable {
    /// One of its elements where it lies, which for a span does not move.
    @inlinable @inline(__always)
    @_lifetime(copy self)
    package func borrowed(at index: Int) -> BorrowedValue<Element> {
        precondition(indices.contains(index), "there is no such element")
        let element = unsafe withUnsafeBufferPointer { unsafe $0.baseAddress.unsafelyUnwrapped + index }
        return unsafe _overrideLifetime(BorrowedValue(unsafe: element), copying: self)
    }
}

/// Calls `body` with the address of a value: where it lies, if the compiler can, else of a copy.
@inlinable @inline(__always)
package func withBorrowed<Value: BitwiseCopyable>(
    _ value: borrowing Value, _ body: (borrowing BorrowedValue<Value>) -> Void
) {
    unsafe withUnsafePointer(to: value) { unsafe body(BorrowedValue(unsafe: $0)) }
}
