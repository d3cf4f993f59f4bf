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

    /// - Parameter start: no frame before this one will be asked for.
    init(
        _ index: CaptureIndex, _ needs: FrameNeeds, _ table: ApplicationTable?, _ options: FrameScan.Options,
        from start: Int = 0
    ) {
        self.index = index
        takesHeadersNumbers = needs.contains(.sequences) && !options.countsFromBeginning
        event = start == 0 ? 0 : index.events.firstIndex(from: UInt32(truncatingIfNeeded: start))
        self.table = table
        needsFindings = needs.contains(.findings) && !needs.contains(.sequences)
        exchanges = needs.isDisjoint(with: [.datagrams, .echoes]) ? nil : DatagramExchanges(needs)
        firstTime = index.frames.first?.time ?? 0
        mayLackTime = index.metadata.hasSimplePackets
    }

    mutating func complete(_ facts: inout FrameFacts, _ number: UInt32, _ bytes: Bytes, _ layers: inout Layers) {
        let record = index.frames[Int(number)]
        facts.frame.index = number
        facts.frame.interface = record.interface
        facts.frame.length = record.originalLength
        facts.frame.capturedLength = UInt32(record.capturedLength)
        facts.frame.time = record.time
        facts.frame.relativeTime = record.time - firstTime
        facts.frame.delta = number > 0 ? record.time - index.frames[Int(number) - 1].time : 0
        if takesHeadersNumbers, facts.tcp != nil, layers.has(.tcp) {
            facts.tcp?.becomeAbsolute(Header<TCP>(bytes, layers[layers.transport]).bytes)
        }
        if mayLackTime { facts.frame.hasTime = !index.capture.lacksTime(FrameHeader(record), index.metadata) }
        if needsFindings, record.stream != nil {
            facts.tcp = TCPAnalysis()
            while event < index.events.count, index.events[event].frame < number { event += 1 }
            if event < index.events.count, index.events[event].frame == number {
                facts.tcp?.flags = index.events[event].flags
                event += 1
            }
        }
        if let table {
            table.complete(&facts, frame: number, record)
            layers.addApplication(facts, in: bytes)
        }
        if exchanges != nil {
            let datagram = record.completesDatagram ? index.datagrams[number] : nil
            exchanges?.complete(&facts, bytes, copy layers, datagram, record.time)
        }
    }
}

extension CaptureIndex {
    /// Puts a frame's bytes to what was found out about it.
    func withDissectedFrame(
        _ layers: borrowing Layers, _ facts: FrameFacts, _ context: CaptureContext,
        _ body: (borrowing DissectedFrame) -> Void
    ) {
        let record = frames[Int(facts.frame.index)]
        let link = link(of: record)
        let capture = capture
        let frame = capture.bytes(at: record.position, count: record.capturedLength)
        guard record.completesDatagram, let datagram = datagrams[facts.frame.index] else {
            let dissected = DissectedFrame(frame, copy layers, facts, link, context)
            return body(dissected)
        }
        let bytes = datagram.bytes(in: capture)
        var carrier = Layers()
        carrier.walk(frame, link, originalLength: Int(record.originalLength))
        let dissected = DissectedFrame(bytes.bytes, copy layers, in: frame, carrier, facts, link, context)
        body(dissected)
    }
}
