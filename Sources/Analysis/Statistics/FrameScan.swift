import Bytes
import CaptureFile
import Dissection

/// Something that counts frames. It is shown those that meet its condition, in the order of the capture.
package protocol FrameTap: AnyObject {
    var condition: FrameCondition? { get }
    var needs: FrameScan.Needs { get }
    func take(_ frame: borrowing ScannedFrame)
}

extension FrameTap {
    package var needs: FrameScan.Needs { [] }
}

/// One walk over a capture's frames, for any number of taps.
package struct FrameScan {
    /// What has to be found out for a tap beyond the layers that headers announce.
    package struct Needs: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// FTP, FTP-DATA, TLS and plain data above TCP.
        package static let application = Needs(rawValue: 1)
        /// What following the TCP streams says.
        package static let sequences = Needs(rawValue: 2)
    }

    private let index: CaptureIndex
    private let firstTime: Int64

    package init(_ index: CaptureIndex) {
        self.index = index
        firstTime = index.frames.first?.time ?? 0
    }

    /// - Parameter applications: asked for once, and only if a tap needs it.
    package func run(_ taps: [any FrameTap], _ applications: () -> ApplicationTable) {
        guard !taps.isEmpty else { return }
        let needs = taps.reduce(into: Needs()) { $0.formUnion($1.needs.union($1.condition?.needs ?? [])) }
        let table = needs.contains(.application) ? applications() : nil
        var previous = firstTime
        if needs.contains(.sequences) {
            index.forEachFrame { frame, bytes, layers, facts in
                show(frame, bytes, layers, facts, table, &previous, taps)
            }
        } else {
            for number in index.frames.indices {
                let frame = UInt32(truncatingIfNeeded: number)
                var facts = FrameFacts()
                facts.stream = index.frames[number].stream.map { UInt32(truncatingIfNeeded: $0) }
                index.withFrame(frame) { bytes, layers in
                    show(frame, bytes, layers, facts, table, &previous, taps)
                }
            }
        }
    }

    private func show(
        _ number: UInt32, _ bytes: Bytes, _ layers: borrowing Layers, _ facts: FrameFacts, _ table: ApplicationTable?,
        _ previous: inout Int64, _ taps: [any FrameTap]
    ) {
        let record = index.frames[Int(number)]
        var facts = facts
        var layers = copy layers
        if let table {
            table.complete(&facts, frame: number, record)
            layers.addApplication(facts, in: bytes)
        }
        let link = index.link(of: record)
        if record.completesDatagram {
            let capture = index.capture
            let carrierBytes = capture.bytes(at: record.position, count: record.capturedLength)
            var carrier = Layers()
            carrier.walk(carrierBytes, link, originalLength: Int(record.originalLength))
            hand(
                ScannedFrame(
                    number, record, since: firstTime, after: previous, bytes, layers, facts, carrierBytes, carrier, link
                ),
                to: taps)
        } else {
            hand(
                ScannedFrame(
                    number, record, since: firstTime, after: previous, bytes, layers, facts, bytes, layers, link),
                to: taps)
        }
        previous = record.time
    }

    private func hand(_ frame: borrowing ScannedFrame, to taps: [any FrameTap]) {
        for tap in taps where tap.condition?.holds(for: frame) ?? true { tap.take(frame) }
    }
}
