/// The two ends of a TCP stream, seen from the connection: who opened it and who was called.
package enum Side: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    /// Sender of the SYN; of the first frame seen when the capture began in the middle.
    case initiator
    case responder

    package var other: Side { self == .initiator ? .responder : .initiator }
}

/// A pair of values, one for each side of a stream.
package struct BySide<Value> {
    package var initiator: Value
    package var responder: Value

    package init(_ initiator: Value, _ responder: Value) {
        self.initiator = initiator
        self.responder = responder
    }

    package init(both value: Value) { self.init(value, value) }

    package subscript(side: Side) -> Value {
        get { side == .initiator ? initiator : responder }
        _modify { if side == .initiator { yield &initiator } else { yield &responder } }
    }
}

extension BySide: Sendable where Value: Sendable {}
extension BySide: BitwiseCopyable where Value: BitwiseCopyable {}
