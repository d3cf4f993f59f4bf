import Bytes
import CaptureFile
import Dispatch
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
    private let options: Options

    package struct Options: Sendable {
        /// Whether addresses are shown by names.
        package var resolvesNames = false
        /// Whether TCP's sequence numbers are counted from the beginning of each stream.
        package var countsFromBeginning = true

        package init() {}
    }

    package init(_ index: CaptureIndex, _ options: Options = Options()) {
        self.index = index
        self.options = options
    }

    /// What speaks in the capture's streams, read when it is needed.
    package typealias Applications = (_ needs: FrameNeeds) -> ApplicationTable

    /// - Parameter applications: asked for as little as the taps need, and only if they do.
    package func run(_ taps: [any FrameTap], _ applications: Applications) {
        guard !taps.isEmpty else { return }
        if taps.count == 1 {
            let tap = taps[0]
            return forEachSelected(tap.condition, tap.needs, tap.displaysFrames, applications) {
                layers, facts, around in
                index.withDissectedFrame(layers, facts, around.context) { tap.take($0) }
            }
        }
        let needs = taps.reduce(into: FrameNeeds()) { $0.formUnion($1.needs.union($1.condition?.needs ?? [])) }
        let around = Surroundings(index, needs, applications, options)
        let displaysFrames = taps.contains(where: \.displaysFrames)
        var previousDisplayed: Int64?
        forEachFrame(needs, around.table) { layers, facts in
            let time = facts.frame.time
            facts.frame.displayedDelta = time - (previousDisplayed ?? time)
            var isDisplayed = false
            index.withDissectedFrame(layers, facts, around.context) { frame in
                for tap in taps where tap.condition?.holds(for: frame) ?? true {
                    tap.take(frame)
                    isDisplayed = true
                }
            }
            if isDisplayed || !displaysFrames { previousDisplayed = time }
        }
    }

    /// What is known beside the frames.
    private struct Surroundings {
        let table: ApplicationTable?
        let context: CaptureContext

        init(_ index: CaptureIndex, _ needs: FrameNeeds, _ applications: Applications, _ options: Options) {
            let needs = needs.contains(.carried) ? needs.union(.sessions) : needs
            table = needs.contains(.application) ? applications(needs) : nil
            context = CaptureContext(index, table, resolvesNames: options.resolvesNames)
        }
    }

    private typealias SelectedBody = (borrowing Layers, borrowing FrameFacts, Surroundings) -> Void

    /// Calls `body` with each frame that meets the condition, with what is needed of it found out.
    ///
    /// Stage by stage: what the index can decide reads no frame, what the condition can decide follows no stream that
    /// it does not ask about, and only what is selected is made ready to be shown.
    private func forEachSelected(
        _ condition: (any FrameTest)?, _ needs: FrameNeeds, _ displaysFrames: Bool, _ applications: Applications,
        isThreaded: Bool = true, _ body: SelectedBody
    ) {
        let all = needs.union(condition?.needs ?? [])
        var previousDisplayed: Int64?
        func hand(
            _ layers: borrowing Layers, _ facts: inout FrameFacts, _ around: Surroundings, isSelected: Bool = false,
            to body: SelectedBody
        ) {
            let time = facts.frame.time
            facts.frame.displayedDelta = displaysFrames ? time - (previousDisplayed ?? time) : facts.frame.delta
            if !isSelected, let condition {
                var holds = false
                index.withDissectedFrame(layers, facts, around.context) { holds = condition.holds(for: $0) }
                guard holds else { return }
            }
            body(layers, facts, around)
            previousDisplayed = time
        }
        guard let condition, !condition.needs.contains(.displayedTime) else {
            let around = Surroundings(index, all, applications, options)
            return forEachFrame(all, around.table, isThreaded: isThreaded) { hand($0, &$1, around, to: body) }
        }
        // What is not FTP's control connection may need all that the sessions know: they are read once.
        let isControl = condition.requirement.protocols.contains(ProtocolID.ftp.bit)
        let readsSessions = condition.needs.contains(.application) && needs.contains(.carried) && !isControl
        let first = readsSessions ? condition.needs.union(.sessions) : condition.needs
        let around = Surroundings(index, first, applications, options)
        let candidates = candidates(condition.requirement, around.table, condition.needs)
        // What needs no frame before it is asked on all cores, and read again where it is selected.
        let standsAlone = first.isDisjoint(with: [.sequences, .datagrams, .echoes])
        guard !needs.isSubset(of: first) || standsAlone && isLarge(candidates?.frames.count ?? index.frames.count)
        else {
            return forEachFrame(first, around.table, candidates, isThreaded: isThreaded) {
                hand($0, &$1, around, to: body)
            }
        }
        let (selection, carried) = select(condition, first, around, candidates, isThreaded: isThreaded)
        guard selection.frames.count > 0 else { return }
        let rest = needs.contains(.carried) ? all.subtracting(.carried).union(carried).union(.findings) : all
        let later =
            rest.intersection(.sessions).isSubset(of: first) || !rest.contains(.application)
            ? around : Surroundings(index, rest, applications, options)
        forEachFrame(rest, later.table, wanted(selection, rest), isThreaded: isThreaded) { layers, facts in
            if selection.frames.contains(facts.frame.index) {
                hand(layers, &facts, later, isSelected: true, to: body)
            }
        }
    }

    /// The frames that meet a condition, and what ``FrameNeeds/carried`` comes to for them.
    private func select(
        _ condition: any FrameTest, _ needs: FrameNeeds, _ around: Surroundings, _ candidates: FrameSelection?,
        isThreaded: Bool
    ) -> (FrameSelection, FrameNeeds) {
        struct Part {
            var frames: [(index: UInt32, stream: UInt32?)] = []
            var carried = FrameNeeds()
        }
        let (index, table, context, options) = (index, around.table, around.context, options)
        @Sendable func take(_ layers: borrowing Layers, _ facts: borrowing FrameFacts, into part: inout Part) {
            var holds = false
            index.withDissectedFrame(layers, facts, context) { holds = condition.holds(for: $0) }
            guard holds else { return }
            part.frames.append((facts.frame.index, facts.stream))
            part.carried.formUnion(Self.carried(layers, facts, needs))
        }
        var parts: [Part]
        if needs.isDisjoint(with: [.sequences, .datagrams, .echoes]) {
            parts = Concurrent.map(index.frames.indices, pieces: 16 * Self.batchSize) { range in
                var part = Part()
                var completion = FrameCompletion(index, needs, table, options, from: range.lowerBound)
                index.forEachFrame(follows: false, wanted: candidates, in: range) { frame, bytes, layers, facts in
                    completion.complete(&facts, frame, bytes, &layers)
                    take(layers, facts, into: &part)
                }
                return part
            }
        } else {
            parts = [Part()]
            forEachFrame(needs, table, candidates, isThreaded: isThreaded) { take($0, $1, into: &parts[0]) }
        }
        var selection = FrameSelection()
        for part in parts {
            for frame in part.frames { selection.insert(frame.index, stream: frame.stream) }
        }
        return (selection, parts.reduce(into: []) { $0.formUnion($1.carried) })
    }

    /// What ``FrameNeeds/carried`` comes to for a frame of which `known` has been found out.
    private static func carried(
        _ layers: borrowing Layers, _ facts: borrowing FrameFacts, _ known: FrameNeeds
    ) -> FrameNeeds {
        // Nobody reads what comes again.
        guard layers.has(.tcp), layers.payload.captured > 0,
            facts.tcp?.flags.isDisjoint(with: .repeated) ?? true
        else { return [] }
        guard known.contains(.application) else { return .sessions }
        return facts.application == .ftpData ? .sessions : .application
    }

    /// The frames that can meet a requirement, as far as the index can tell; nil where it cannot.
    private func candidates(
        _ requirement: FrameRequirement, _ table: ApplicationTable?, _ needs: FrameNeeds
    ) -> FrameSelection? {
        guard needs.isDisjoint(with: [.datagrams, .echoes]) else { return nil }
        var selection = FrameSelection()
        if let findings = requirement.findings {
            for place in 0..<index.events.count where !index.events[place].flags.isDisjoint(with: findings) {
                insert(index.events[place].frame, into: &selection)
            }
            return selection
        }
        // What is above TCP is only there in streams that carry it, or, quoted and put together, in no stream at all.
        let upper: UInt64 = [ProtocolID.ftp, .ftpData, .tls].reduce(0) { $0 | $1.bit }
        let wanted = requirement.protocols.filter { $0 & ~upper == 0 }
        guard let table, !wanted.isEmpty else { return nil }
        let matches = index.streams.indices.map { stream in
            wanted.allSatisfy { table.protocols(of: stream) & $0 != 0 }
        }
        for number in index.frames.indices where index.frames[number].stream.map({ matches[$0] }) ?? false {
            insert(UInt32(truncatingIfNeeded: number), into: &selection)
        }
        return selection
    }

    private func insert(_ frame: UInt32, into selection: inout FrameSelection) {
        selection.insert(frame, stream: index.frames[Int(frame)].stream.map { UInt32(truncatingIfNeeded: $0) })
    }

    /// The selected frames, with those that tell about them where exchanges of datagrams are asked for.
    private func wanted(_ selection: FrameSelection, _ needs: FrameNeeds) -> FrameSelection {
        guard !needs.isDisjoint(with: [.datagrams, .echoes]) else { return selection }
        var wanted = selection
        let isAsked = index.streams.indices.map { index.streams[$0].carriesDNS }
        for number in index.frames.indices where index.frames[number].stream.map({ isAsked[$0] }) ?? true {
            insert(UInt32(truncatingIfNeeded: number), into: &wanted)
        }
        return wanted
    }

    /// What is found out about a frame before it is shown.
    private struct Found: Sendable, BitwiseCopyable {
        var layers: Layers
        var facts: FrameFacts
    }

    private static let batchSize = 256
    /// Whether so many frames are worth a thread.
    private func isLarge(_ frames: Int) -> Bool { frames > 4 * Self.batchSize }

    /// Following streams on one thread and what is made of the frames on another go side by side where there are many.
    private func forEachFrame(
        _ needs: FrameNeeds, _ table: ApplicationTable?, _ wanted: FrameSelection? = nil, isThreaded: Bool = true,
        _ body: (borrowing Layers, inout FrameFacts) -> Void
    ) {
        guard isThreaded, isLarge(wanted?.frames.count ?? index.frames.count) else {
            var completion = FrameCompletion(index, needs, table, options)
            return index.forEachFrame(follows: needs.contains(.sequences), wanted: wanted) {
                frame, bytes, layers, facts in
                completion.complete(&facts, frame, bytes, &layers)
                body(layers, &facts)
            }
        }
        let queue = BatchQueue<[Found]>()
        DispatchQueue(label: "following", qos: .userInitiated).async { [index, options] in
            var completion = FrameCompletion(index, needs, table, options)
            var batch: [Found] = []
            batch.reserveCapacity(Self.batchSize)
            index.forEachFrame(follows: needs.contains(.sequences), wanted: wanted) { frame, bytes, layers, facts in
                completion.complete(&facts, frame, bytes, &layers)
                batch.append(Found(layers: layers, facts: facts))
                guard batch.count == Self.batchSize else { return }
                queue.put(batch)
                batch = queue.takeFree() ?? []
                batch.removeAll(keepingCapacity: true)
            }
            queue.put(batch)
            queue.end()
        }
        while var batch = queue.take() {
            for place in batch.indices { body(batch[place].layers, &batch[place].facts) }
            queue.giveBack(batch)
        }
    }
}

extension FrameScan {
    /// Writes the frames that meet the condition, in the order of the capture.
    ///
    /// - Parameters:
    ///   - applications: asked for once, and only if it is needed.
    ///   - sink: takes the text, piece by piece; nothing is written any more once it throws.
    package func print<Failure: Error>(
        _ printer: any FramePrinter, _ condition: (any FrameTest)?,
        _ applications: @escaping @Sendable (_ needs: FrameNeeds) -> ApplicationTable,
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var text: [UInt8] = []
        printer.appendBegin(to: &text)
        try sink(text)
        let pages =
            isLarge(index.frames.count)
            ? try printAside(printer, condition, applications, to: sink)
            : try printAlone(printer, condition, applications, to: sink)
        text.removeAll()
        printer.appendEnd(isEmpty: pages == 0, to: &text)
        try sink(text)
    }

    /// - Returns: how many pages were written.
    private func printAlone<Failure: Error>(
        _ printer: any FramePrinter, _ condition: (any FrameTest)?, _ applications: Applications,
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        var page = FramePage()
        var pages = 0
        var failure: Failure?
        forEachSelected(condition, printer.needs, true, applications) { layers, facts, around in
            guard failure == nil else { return }
            index.withDissectedFrame(layers, facts, around.context) {
                printer.append($0, isFirst: pages == 0 && page.text.isEmpty, to: &page)
            }
            guard page.text.count >= 1 << 16 else { return }
            do throws(Failure) { try sink(page.text) } catch { failure = error }
            page.text.removeAll(keepingCapacity: true)
            pages += 1
        }
        if let failure { throw failure }
        try sink(page.text)
        return pages + (page.text.isEmpty ? 0 : 1)
    }

    /// One thread selects frames, and others write them.
    ///
    /// Where `sink` throws, they wait for it for ever: whoever cannot write ends the program.
    private func printAside<Failure: Error>(
        _ printer: any FramePrinter, _ condition: (any FrameTest)?,
        _ applications: @escaping @Sendable (_ needs: FrameNeeds) -> ApplicationTable,
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        let index = index
        let work = OrderedWork<Batch, FramePage> { batch, page in
            var page = page ?? FramePage()
            page.text.removeAll(keepingCapacity: true)
            guard let context = batch.context else { return page }
            for place in batch.frames.indices {
                index.withDissectedFrame(batch.frames[place].layers, batch.frames[place].facts, context) {
                    printer.append($0, isFirst: batch.isFirst && place == 0, to: &page)
                }
            }
            return page
        }
        DispatchQueue(label: "selecting", qos: .userInitiated).async {
            var batch = work.takeFree() ?? Batch()
            batch.isFirst = true
            forEachSelected(condition, printer.needs, true, applications, isThreaded: false) { layers, facts, around in
                batch.context = around.context
                batch.frames.append(Found(layers: copy layers, facts: copy facts))
                guard batch.frames.count == Self.batchSize / 2 else { return }
                work.put(batch)
                batch = work.takeFree() ?? Batch()
                batch.frames.removeAll(keepingCapacity: true)
                batch.isFirst = false
            }
            if !batch.frames.isEmpty { work.put(batch) }
            work.end()
        }
        var pages = 0
        while let page = work.take() {
            try sink(page.text)
            work.giveBack(page)
            pages += 1
        }
        return pages
    }

    private struct Batch: Sendable {
        var frames: [Found] = []
        var context: CaptureContext?
        var isFirst = false
    }
}

/// Adds to frame after frame what taps ask for.
private struct FrameCompletion: ~Copyable {
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
    fileprivate func withDissectedFrame(
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

extension TCPStream {
    /// Whether DNS may be spoken on it (RFC 7766 §5).
    fileprivate var carriesDNS: Bool { initiator.port == 53 || responder.port == 53 }
}
