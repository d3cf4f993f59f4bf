/// Where one protocol's header lies in a frame.
@usableFromInline
package struct Layer: Sendable, BitwiseCopyable {
    @usableFromInline package var id: ProtocolID
    /// Of the header's first byte, from the start of the frame.
    @usableFromInline package var offset: UInt32
    /// Of the header, options included. All of it was captured.
    @usableFromInline package var length: UInt32

    package init(id: ProtocolID, offset: UInt32, length: UInt32) {
        self.id = id
        self.offset = offset
        self.length = length
    }

    @inlinable package var end: Int { Int(offset) + Int(length) }
}

/// Why a walk went no further. Damage is data: what was found before the stop stays valid.
@usableFromInline
package struct Stop: Sendable, BitwiseCopyable {
    @usableFromInline
    package enum Reason: UInt8, Sendable, BitwiseCopyable {
        /// Everything that Wharf knows was found.
        case complete
        /// The capture's snap length cut the next header off.
        case cut
        /// The next header contradicts itself or claims more than there is.
        case malformed
        /// The network layer carries only a piece of a datagram; `Analysis` puts the pieces together.
        case fragment
        /// More layers than a frame can hold in earnest.
        case tooDeep
    }

    @usableFromInline package var reason: Reason = .complete
    /// Where the next header would have begun, in bytes from the start of the frame.
    @usableFromInline package var offset: UInt32 = 0
}

/// The part of a frame that a layer carries.
@usableFromInline
package struct PayloadRange: Sendable, BitwiseCopyable {
    /// Of the first byte, from the start of the frame.
    @usableFromInline package var offset: UInt32 = 0
    /// As the headers say.
    @usableFromInline package var length: UInt32 = 0
    /// How much of it is in the capture; less than `length` when the frame was cut.
    @usableFromInline package var captured: UInt32 = 0

    @inlinable package var range: Range<Int> { Int(offset)..<Int(offset) + Int(captured) }
}

/// A frame's layers, outermost first. One value is refilled for frame after frame, so that a walk never allocates.
@usableFromInline
package struct Layers: Sendable, BitwiseCopyable {
    /// More than any sane frame has; a deeper stack is an attack or damage.
    @inlinable package static var capacity: Int { 12 }

    @usableFromInline var slots = InlineArray<12, Layer>(repeating: Layer(id: .frame, offset: 0, length: 0))
    @usableFromInline package private(set) var count = 0
    /// A bit for every protocol found (``ProtocolID/bit``).
    @usableFromInline package private(set) var present: UInt64 = 0
    @usableFromInline package internal(set) var stop = Stop()
    /// What the innermost layer found carries.
    @usableFromInline package internal(set) var payload = PayloadRange()
    /// Slots of the innermost network and transport layer; -1 where there is none.
    @usableFromInline package internal(set) var network = -1
    @usableFromInline package internal(set) var transport = -1

    package init() {}

    @inlinable package subscript(index: Int) -> Layer { slots[index] }

    @inlinable package func has(_ id: ProtocolID) -> Bool { present & id.bit != 0 }

    /// The innermost layer of that protocol.
    @inlinable
    package func last(_ id: ProtocolID) -> Layer? {
        guard has(id) else { return nil }
        var index = count - 1
        while slots[index].id != id { index -= 1 }
        return slots[index]
    }

    mutating func reset() {
        count = 0
        present = 0
        stop = Stop()
        payload = PayloadRange()
        network = -1
        transport = -1
    }

    /// Notes what there is of a header that is not all there: it is shown, but nothing follows it, and ``has(_:)`` does
    /// not count it.
    mutating func pushDamaged(_ id: ProtocolID, at offset: Int, length: Int) -> Bool {
        let before = present
        defer { present = before }
        return push(id, at: offset, length: length)
    }

    /// A bit for every protocol found, damaged headers included.
    package var shown: UInt64 {
        var shown = present
        for slot in 0..<count { shown |= slots[slot].id.bit }
        return shown
    }

    /// Counts damaged headers too: of a quotation, nothing but what is shown matters.
    mutating func countDamaged() { present = shown }

    /// Notes a layer; false when there is no room, which ends the walk.
    @inline(__always)
    mutating func push(_ id: ProtocolID, at offset: Int, length: Int) -> Bool {
        guard count < Self.capacity else {
            stop = Stop(reason: .tooDeep, offset: UInt32(truncatingIfNeeded: offset))
            return false
        }
        slots[count] = Layer(
            id: id, offset: UInt32(truncatingIfNeeded: offset), length: UInt32(truncatingIfNeeded: length))
        count += 1
        present |= id.bit
        return true
    }
}
