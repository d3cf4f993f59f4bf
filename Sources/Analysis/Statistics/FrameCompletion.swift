import Bytes
import CaptureFile
import Dissection

/// Adds to frame after frame what taps ask for.
struct FrameCompletion: ~Copyable {
    private let index: CaptureIndex
    private let table: ApplicationTable?
    private let needsFindings: Bool
    private let takesHeadersNumbers: Bool
    private let firstTime: Int64
    private let mayLackTime: Bool
    private var exchanges: DatagramExchanges?
    private var event = 0

    /// - Parameters:
    ///   - start: no frame before this one will be asked for.
    ///   - earlier: what those before it have said, if anybody has asked.
    init(
        _ index: CaptureIndex, _ needs: FrameNeeds, _ table: ApplicationTable?, _ options: FrameScan.Options,
        from start: Int = 0, _ earlier: DatagramExchanges? = nil
    ) {
        self.index = index
        takesHeadersNumbers = needs.contains(.sequences) && !options.countsFromBeginning
        event = start == 0 ? 0 : index.events.firstIndex(from: UInt32(truncatingIfNeeded: start))
        self.table = table
        needsFindings = needs.contains(.findings) && !needs.contains(.sequences)
        exchanges = needs.isDisjoint(with: [.datagrams, .echoes]) ? nil : earlier ?? DatagramExchanges(needs)
        firstTime = index.frames.first?.time ?? 0
        mayLackTime = index.metadata.hasSimplePackets
    }

    /// Ends the completion, and hands over what frames behind the last one will ask for.
    consuming func takeExchanges() -> DatagramExchanges? { exchanges }

    mutating func complete(_ found: inout FoundFrame, _ number: UInt32, _ bytes: Bytes) {
        let record = index.frames[Int(number)]
        found.facts.frame.index = number
        found.facts.frame.interface = record.interface
        found.facts.frame.length = record.originalLength
        found.facts.frame.capturedLength = UInt32(record.capturedLength)
        found.facts.frame.time = record.time
        found.facts.frame.relativeTime = record.time - firstTime
        found.facts.frame.delta = number > 0 ? record.time - index.frames[Int(number) - 1].time : 0
        if takesHeadersNumbers, found.facts.tcp != nil, found.layers.has(.tcp) {
            found.facts.tcp?.becomeAbsolute(Header<TCP>(bytes, found.layers[found.layers.transport]).bytes)
        }
        if mayLackTime { found.facts.frame.hasTime = !index.capture.lacksTime(FrameHeader(record), index.metadata) }
        if needsFindings, record.stream != nil {
            found.facts.tcp = TCPAnalysis()
            while event < index.events.count, index.events[event].frame < number { event += 1 }
            if event < index.events.count, index.events[event].frame == number {
                found.facts.tcp?.flags = index.events[event].flags
                event += 1
            }
        }
        if let table {
            table.complete(&found.facts, frame: number, record)
            found.layers.addApplication(found.facts, in: bytes)
        }
        if exchanges != nil {
            let datagram = record.completesDatagram ? index.datagrams[number] : nil
            exchanges?.complete(&found, bytes, datagram, record.time)
        }
    }
}

extension CaptureIndex {
    /// Puts a frame's bytes to what was found out about it.
    func withDissectedFrame(
        _ found: borrowing FoundFrame, _ context: CaptureContext, _ body: (borrowing DissectedFrame) -> Void
    ) {
        withBorrowed(found) { withDissectedFrame($0, context, body) }
    }

    func withDissectedFrame(
        _ found: borrowing BorrowedValue<FoundFrame>, _ context: CaptureContext,
        _ body: (borrowing DissectedFrame) -> Void
    ) {
        let record = frames[Int(found.value.facts.frame.index)]
        let link = link(of: record)
        let capture = capture
        let frame = capture.bytes(at: record.position, count: record.capturedLength)
        guard record.completesDatagram, let datagram = datagrams[found.value.facts.frame.index] else {
            return body(DissectedFrame(frame, copy found, link, context))
        }
        let bytes = datagram.bytes(in: capture)
        var carrier = FoundFrame(Layers(), found.value.facts)
        carrier.layers.walk(frame, link, originalLength: Int(record.originalLength))
        withBorrowed(carrier) { carrier in
            body(DissectedFrame(bytes.bytes, copy found, in: frame, copy carrier, link, context))
        }
    }
}
