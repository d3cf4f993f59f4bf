import Bytes
import CaptureFile
package import Dissection

/// Something that counts frames. It is shown those that meet its condition, in the order of the capture.
package protocol FrameTap: AnyObject {
    var condition: (any FrameTest)? { get }
    var needs: FrameNeeds { get }
    func take(_ frame: borrowing DissectedFrame)
}

extension FrameTap {
    package var needs: FrameNeeds { [] }
}

/// One walk over a capture's frames, for any number of taps.
package struct FrameScan {
    private let index: CaptureIndex
    private let firstTime: Int64
    private let context: CaptureContext

    /// - Parameter resolvesNames: whether addresses are shown by names.
    package init(_ index: CaptureIndex, resolvesNames: Bool = false) {
        self.index = index
        context = CaptureContext(index, resolvesNames: resolvesNames)
        firstTime = index.frames.first?.time ?? 0
    }

    /// - Parameter applications: asked for once, and only if a tap needs it.
    package func run(_ taps: [any FrameTap], _ applications: () -> ApplicationTable) {
        guard !taps.isEmpty else { return }
        let needs = taps.reduce(into: FrameNeeds()) { $0.formUnion($1.needs.union($1.condition?.needs ?? [])) }
        let table = needs.contains(.application) ? applications() : nil
        var previous = firstTime
        var exchanges = needs.contains(.datagrams) ? DatagramExchanges() : nil
        if needs.contains(.sequences) {
            index.forEachFrame { frame, bytes, layers, facts in
                show(frame, bytes, layers, facts, table, &exchanges, &previous, taps)
            }
        } else {
            var event = 0
            for number in index.frames.indices {
                let frame = UInt32(truncatingIfNeeded: number)
                var facts = FrameFacts()
                if needs.contains(.findings) {
                    facts.tcp = TCPAnalysis()
                    if event < index.events.count, index.events[event].frame == frame {
                        facts.tcp?.flags = index.events[event].flags
                        event += 1
                    }
                }
                facts.stream = index.frames[number].stream.map { UInt32(truncatingIfNeeded: $0) }
                index.withFrame(frame) { bytes, layers in
                    show(frame, bytes, layers, facts, table, &exchanges, &previous, taps)
                }
            }
        }
    }

    private func show(
        _ number: UInt32, _ bytes: Bytes, _ layers: borrowing Layers, _ facts: FrameFacts, _ table: ApplicationTable?,
        _ exchanges: inout DatagramExchanges?, _ previous: inout Int64, _ taps: [any FrameTap]
    ) {
        let record = index.frames[Int(number)]
        var facts = facts
        var layers = copy layers
        facts.frame = header(of: number, record, after: previous)
        previous = record.time
        if let table {
            table.complete(&facts, frame: number, record)
            layers.addApplication(facts, in: bytes)
        }
        let link = index.link(of: record)
        let datagram = record.completesDatagram ? index.datagrams[number] : nil
        exchanges?.complete(&facts, bytes, copy layers, datagram, record.time)
        guard let datagram else { return hand(DissectedFrame(bytes, layers, facts, link, context), to: taps) }
        let capture = index.capture
        let carrierBytes = capture.bytes(at: record.position, count: record.capturedLength)
        var carrier = Layers()
        carrier.walk(carrierBytes, link, originalLength: Int(record.originalLength))
        hand(
            DissectedFrame(
                bytes, layers, in: carrierBytes, carrier, datagram.fragments.map(\.frame), facts, link, context),
            to: taps)
    }

    private func header(of number: UInt32, _ record: FrameRecord, after previous: Int64) -> FrameHeaderFacts {
        var header = FrameHeaderFacts()
        header.index = number
        header.interface = record.interface
        header.length = record.originalLength
        header.capturedLength = UInt32(record.capturedLength)
        header.time = record.time
        header.relativeTime = record.time - firstTime
        header.delta = record.time - previous
        header.displayedDelta = header.delta
        return header
    }

    private func hand(_ frame: borrowing DissectedFrame, to taps: [any FrameTap]) {
        for tap in taps where tap.condition?.holds(for: frame) ?? true { tap.take(frame) }
    }
}
