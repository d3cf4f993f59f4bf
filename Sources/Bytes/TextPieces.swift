/// Room at the end of a text for pieces that are put one behind the other: what consists of many small ones asks for
/// room once.
@safe @usableFromInline
package struct TextPieces {
    @usableFromInline let room: UnsafeMutableBufferPointer<UInt8>
    @usableFromInline let capacity: Int
    @usableFromInline var count: Int

    @inlinable @inline(__always)
    init(_ room: UnsafeMutableBufferPointer<UInt8>, _ count: Int) {
        unsafe self.room = room
        capacity = room.count
        self.count = count
    }

    @inlinable @inline(__always)
    package mutating func put(_ byte: UInt8) {
        precondition(count < capacity, "more was put than there is room for")
        unsafe room[count] = byte
        count &+= 1
    }

    @inlinable @inline(__always)
    package mutating func put(_ text: StaticString) {
        text.withUTF8Buffer { unsafe put($0) }
    }

    @inlinable @inline(__always)
    package mutating func put(_ text: LastingText) { unsafe put(text.bytes) }

    @inlinable @inline(__always)
    mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        let added = bytes.count
        precondition(added <= capacity &- count, "more was put than there is room for")
        if let from = bytes.baseAddress, let to = unsafe room.baseAddress {
            unsafe (to + count).update(from: from, count: added)
            count &+= added
        }
    }

    @inlinable @inline(__always)
    package mutating func put(_ byte: UInt8, times: Int) {
        precondition(times <= capacity &- count, "more was put than there is room for")
        for place in count..<count &+ times { unsafe room[place] = byte }
        count &+= times
    }

    /// - Parameter digits: leading zeros fill up to so many.
    @inlinable
    package mutating func put(decimal value: UInt64, digits: Int = 1) {
        if value < 10, digits <= 1 { return put(UInt8(truncatingIfNeeded: value) | UInt8(ascii: "0")) }
        let length = max(Self.length(of: value), digits)
        precondition(length <= capacity &- count, "more was put than there is room for")
        var rest = value
        var place = count &+ length
        while place > count {
            let quotient = rest / 10
            place &-= 1
            unsafe room[place] = UInt8(truncatingIfNeeded: rest &- quotient &* 10) | UInt8(ascii: "0")
            rest = quotient
        }
        count &+= length
    }

    /// - Parameter width: spaces before it fill up to so many bytes.
    @inlinable
    package mutating func put(decimal value: UInt64, width: Int) {
        put(UInt8(ascii: " "), times: max(0, width &- Self.length(of: value)))
        put(decimal: value)
    }

    /// In decimal digits.
    @inlinable
    static func length(of value: UInt64) -> Int {
        var length = 1
        var limit: UInt64 = 10
        while length < 20, value >= limit {
            length &+= 1
            limit = length < 20 ? limit &* 10 : .max
        }
        return length
    }

    /// - Parameter digits: leading zeros fill up to so many.
    @inlinable
    package mutating func put(hexadecimal value: UInt64, digits: Int = 1) {
        let needed = max(digits, (67 - value.leadingZeroBitCount) / 4, 1)
        var place = needed
        while place > 0 {
            place &-= 1
            put(Self.digit(place < 16 ? UInt8(truncatingIfNeeded: value >> UInt64(4 &* place)) & 0xF : 0))
        }
    }

    @inlinable
    package mutating func put(_ address: MACAddress) {
        for index in 0..<6 {
            if index > 0 { put(UInt8(ascii: ":")) }
            put(hexadecimal: address.value >> UInt64(40 - 8 * index) & 0xFF, digits: 2)
        }
    }

    /// An IPv4 address.
    @inlinable
    package mutating func put(v4 address: UInt32) {
        for shift: UInt32 in [24, 16, 8, 0] {
            put(decimal: UInt64(address >> shift & 0xFF))
            if shift > 0 { put(UInt8(ascii: ".")) }
        }
    }

    @inlinable @inline(__always)
    package static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") &+ value : UInt8(ascii: "a") &+ value &- 10
    }
}

extension String {
    /// The pieces that `write` puts: ASCII, and short ones allocate nothing.
    ///
    /// - Parameter limit: how many bytes they have at most.
    package init(atMost limit: Int, _ write: (inout TextPieces) -> Void) {
        unsafe self.init(unsafeUninitializedCapacity: limit) { room in
            var pieces = unsafe TextPieces(room, 0)
            write(&pieces)
            return pieces.count
        }
    }
}

extension [UInt8] {
    /// Appends the pieces that `write` puts.
    ///
    /// - Parameter limit: how many bytes they have at most.
    @inlinable @inline(__always)
    package mutating func append(atMost limit: Int, _ write: (inout TextPieces) -> Void) {
        append(addingCapacity: limit) { output in
            unsafe output.withUnsafeMutableBufferPointer { room, count in
                var pieces = unsafe TextPieces(room, count)
                write(&pieces)
                count = pieces.count
            }
        }
    }
}
