/// Text gathered into large pieces before it is handed on: what prints for every frame makes no string of its own.
package final class TextOutput {
    private var text: [UInt8] = []
    private let limit: Int
    private let sink: ([UInt8]) -> Void

    /// - Parameter sink: takes one piece after another; what it is given ends at the end of a `write`.
    package init(limit: Int = 1 << 16, _ sink: @escaping ([UInt8]) -> Void) {
        self.limit = limit
        self.sink = sink
        text.reserveCapacity(2 * limit)
    }

    /// Calls `body` with the text so far, for it to append to.
    @inline(__always)
    package func write(_ body: (inout [UInt8]) -> Void) {
        body(&text)
        if text.count >= limit { flush() }
    }

    package func flush() {
        guard !text.isEmpty else { return }
        sink(text)
        text.removeAll(keepingCapacity: true)
    }
}
