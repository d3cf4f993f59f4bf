import Bytes
import CaptureFile
package import Dissection

/// Something that counts or prints frames. It is handed those that meet its condition, in the order of the capture.
package protocol FrameTap: AnyObject {
    var condition: (any FrameTest)? { get }
    var needs: FrameNeeds { get }
    /// Whether the frames that it takes are those that `frame.time_delta_displayed` counts from.
    var displaysFrames: Bool { get }
    func take(_ frame: borrowing DissectedFrame)
}

extension FrameTap {
    package var needs: FrameNeeds { [] }
    package var displaysFrames: Bool { false }
}

/// One walk over a capture's frames, for any number of taps.
package struct FrameScan {
    private let index: CaptureIndex
    private let resolvesNames: Bool

    /// - Parameter resolvesNames: whether addresses are shown by names.
    package init(_ index: CaptureIndex, resolvesNames: Bool = false) {
        self.index = index
        self.resolvesNames = resolvesNames
    }

    /// - Parameter applications: asked for once, and only if a tap needs it.
    package func run(_ taps: [any FrameTap], _ applications: () -> ApplicationTable) {
        guard !taps.isEmpty else { return }
        let needs = taps.reduce(into: FrameNeeds()) { $0.formUnion($1.needs.union($1.condition?.needs ?? [])) }
        let table = needs.contains(.application) ? applications() : nil
        let context = CaptureContext(index, table, resolvesNames: resolvesNames)
        var completion = FrameCompletion(index, needs, table, context)
        let displaysFrames = taps.contains(where: \.displaysFrames)
        index.forEachFrame(follows: needs.contains(.sequences)) { frame, bytes, layers, facts in
            completion.complete(&facts, frame, bytes, &layers)
            var isDisplayed = false
            completion.withFrame(bytes, layers, facts) { dissected in
                for tap in taps where tap.condition?.holds(for: dissected) ?? true {
                    tap.take(dissected)
                    isDisplayed = true
                }
            }
            if isDisplayed || !displaysFrames { completion.previousDisplayed = facts.frame.time }
        }
    }
}

/// Adds to frame after frame what taps ask for.
private struct FrameCompletion: ~Copyable {
    private let index: CaptureIndex
    private let table: ApplicationTable?
    private let context: CaptureContext
    private let needsFindings: Bool
    private let firstTime: Int64
    private var previous: Int64
    var previousDisplayed: Int64?
    private var exchanges: DatagramExchanges?
    private var event = 0

    init(_ index: CaptureIndex, _ needs: FrameNeeds, _ table: ApplicationTable?, _ context: CaptureContext) {
        self.index = index
        self.table = table
        self.context = context
        needsFindings = needs.contains(.findings) && !needs.contains(.sequences)
        exchanges = needs.isDisjoint(with: [.datagrams, .echoes]) ? nil : DatagramExchanges(needs)
        firstTime = index.frames.first?.time ?? 0
        previous = firstTime
    }

    mutating func complete(_ facts: inout FrameFacts, _ number: UInt32, _ bytes: Bytes, _ layers: inout Layers) {
        let record = index.frames[Int(number)]
        facts.frame.index = number
        facts.frame.interface = record.interface
        facts.frame.length = record.originalLength
        facts.frame.capturedLength = UInt32(record.capturedLength)
        facts.frame.time = record.time
        facts.frame.relativeTime = record.time - firstTime
        facts.frame.delta = record.time - previous
        facts.frame.displayedDelta = record.time - (previousDisplayed ?? record.time)
        previous = record.time
        if needsFindings, record.stream != nil {
            facts.tcp = TCPAnalysis()
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

    func withFrame(
        _ bytes: Bytes, _ layers: borrowing Layers, _ facts: FrameFacts, _ body: (borrowing DissectedFrame) -> Void
    ) {
        let record = index.frames[Int(facts.frame.index)]
        let link = index.link(of: record)
        guard record.completesDatagram, index.datagrams[facts.frame.index] != nil else {
            let dissected = DissectedFrame(bytes, copy layers, facts, link, context)
            return body(dissected)
        }
        let capture = index.capture
        let carrierBytes = capture.bytes(at: record.position, count: record.capturedLength)
        var carrier = Layers()
        carrier.walk(carrierBytes, link, originalLength: Int(record.originalLength))
        let dissected = DissectedFrame(bytes, copy layers, in: carrierBytes, carrier, facts, link, context)
        body(dissected)
    }
}
