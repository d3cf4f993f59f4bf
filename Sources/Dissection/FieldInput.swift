package import Bytes

/// What a field's value is read from: one layer of a frame, with everything around it.
package struct FieldInput: ~Escapable {
    package let frame: Bytes
    package let layer: Layer
    let found: BorrowedValue<FoundFrame>
    let borrowedContext: Borrowed<CaptureContext>
    /// The datagram that the frame completes; empty for most frames.
    let datagram: Bytes
    let completesDatagram: Bool

    /// A layer of a frame that stands alone.
    ///
    /// - Parameter index: of the layer whose fields are wanted.
    @_lifetime(copy frame, copy found)
    package init(_ frame: Bytes, _ found: BorrowedValue<FoundFrame>, _ index: Int) {
        self.init(frame, found, index, Borrowed())
    }

    /// - Parameter index: of the layer whose fields are wanted.
    @_lifetime(copy frame, copy found, copy context)
    init(_ frame: Bytes, _ found: BorrowedValue<FoundFrame>, _ index: Int, _ context: Borrowed<CaptureContext>) {
        self.init(
            frame, found, found.value.layers[index], context, completing: frame.slice(from: 0, count: 0),
            completesDatagram: false)
    }

    @_lifetime(copy frame, copy found, copy datagram, copy context)
    init(
        _ frame: Bytes, _ found: BorrowedValue<FoundFrame>, _ layer: Layer, _ context: Borrowed<CaptureContext>,
        completing datagram: Bytes, completesDatagram: Bool
    ) {
        self.frame = frame
        self.found = found
        self.layer = layer
        borrowedContext = context
        self.datagram = datagram
        self.completesDatagram = completesDatagram
    }

    package var layers: Layers { _read { yield found.value.layers } }
    package var facts: FrameFacts { _read { yield found.value.facts } }
    /// Nil for a frame that stands alone.
    package var context: CaptureContext? { borrowedContext.object }

    /// Of the layer's first byte, from the start of the frame.
    package var start: Int { Int(layer.offset) }

    package var header: Bytes {
        @_lifetime(copy self)
        get { frame.slice(from: start, count: Int(layer.length)) }
    }

    /// The header and what was captured of its payload, where the layer is the innermost one with a header.
    var message: Bytes {
        @_lifetime(copy self)
        get { frame.slice(from: start, count: max(Int(layer.length), layers.payload.range.upperBound - start)) }
    }
}
