package import Bytes

/// What a field's value is read from: one layer of a frame, with everything around it.
package struct FieldInput: ~Escapable {
    package let frame: Bytes
    package let layers: Layers
    package let layer: Layer
    package let facts: FrameFacts
    let borrowedContext: Borrowed<CaptureContext>
    /// Nil for a frame that stands alone.
    package var context: CaptureContext? { borrowedContext.object }
    /// The datagram that the frame completes; empty for most frames.
    let datagram: Bytes
    let completesDatagram: Bool

    /// A layer of a frame that stands alone.
    ///
    /// - Parameter index: of the layer whose fields are wanted.
    @_lifetime(copy frame)
    package init(_ frame: Bytes, _ layers: Layers, _ index: Int, _ facts: FrameFacts = FrameFacts()) {
        self.init(frame, layers, index, facts, Borrowed())
    }

    /// - Parameter index: of the layer whose fields are wanted.
    @_lifetime(copy frame, copy context)
    init(
        _ frame: Bytes, _ layers: Layers, _ index: Int, _ facts: FrameFacts, _ context: Borrowed<CaptureContext>
    ) {
        borrowedContext = context
        self.frame = frame
        self.layers = layers
        self.layer = layers[index]
        self.facts = facts
        datagram = frame.slice(from: 0, count: 0)
        completesDatagram = false
    }

    @_lifetime(copy frame, copy datagram, copy context)
    init(
        _ frame: Bytes, _ layers: Layers, _ layer: Layer, _ facts: FrameFacts, _ context: Borrowed<CaptureContext>,
        completing datagram: Bytes, _ completesDatagram: Bool
    ) {
        borrowedContext = context
        self.frame = frame
        self.layers = layers
        self.layer = layer
        self.facts = facts
        self.completesDatagram = completesDatagram
        self.datagram = datagram
    }

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
