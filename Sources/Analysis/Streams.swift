import Bytes

/// The TCP streams of a capture, numbered as tshark's `tcp.stream`. A stream is put together when it is asked for.
package struct Streams: RandomAccessCollection, Sendable {
    private let states: Chunks<StreamState>
    private let parts: SideParts
    private let refusals: [Int: TCPStream.ControlMessage]

    init(_ states: Chunks<StreamState>, _ parts: SideParts, _ refusals: [Int: TCPStream.ControlMessage]) {
        self.states = states
        self.parts = parts
        self.refusals = refusals
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { states.count }
    package subscript(number: Int) -> TCPStream {
        TCPStream(states[number], parts, refusal: refusals.isEmpty ? nil : refusals[number])
    }

    /// What following kept of a stream: for tables of all streams, which need little of each.
    func state(of number: Int) -> StreamState { states[number] }
}
