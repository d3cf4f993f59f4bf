import Bytes
import CaptureFile
import Dispatch
package import Dissection

/// One walk over a capture's frames, for any number of taps.
package struct FrameScan {
    let index: CaptureIndex
    let options: Options

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
            return forEachSelected(tap.condition, tap.needs, tap.displaysFrames, applications) { found, around in
                index.withDissectedFrame(found, around.context) { tap.take($0) }
            }
        }
        let needs = taps.reduce(into: FrameNeeds()) { $0.formUnion($1.needs.union($1.condition?.needs ?? [])) }
        let around = Surroundings(index, needs, applications, options)
        let displaysFrames = taps.contains(where: \.displaysFrames)
        var previousDisplayed: Int64?
        forEachFrame(needs, around.table) { found in
            let time = found.facts.frame.time
            found.facts.frame.displayedDelta = time - (previousDisplayed ?? time)
            var isDisplayed = false
            index.withDissectedFrame(found, around.context) { frame in
                for tap in taps where tap.condition?.holds(for: frame) ?? true {
                    tap.take(frame)
                    isDisplayed = true
                }
            }
            if isDisplayed || !displaysFrames { previousDisplayed = time }
        }
    }

    /// What is known beside the frames.
    struct Surroundings {
        let table: ApplicationTable?
        let context: CaptureContext

        init(_ index: CaptureIndex, _ needs: FrameNeeds, _ applications: Applications, _ options: Options) {
            let needs = needs.contains(.carried) ? needs.union(.sessions) : needs
            table = needs.contains(.application) ? applications(needs) : nil
            context = CaptureContext(index, table, resolvesNames: options.resolvesNames)
        }
    }

    typealias SelectedBody = (borrowing FoundFrame, Surroundings) -> Void

    /// Calls `body` with each frame that meets the condition, with what is needed of it found out.
    ///
    /// Stage by stage: what the index can decide reads no frame, what the condition can decide follows no stream that
    /// it does not ask about, and only what is selected is made ready to be shown.
    func forEachSelected(
        _ condition: (any FrameTest)?, _ needs: FrameNeeds, _ displaysFrames: Bool, _ applications: Applications,
        isThreaded: Bool = true, _ body: SelectedBody
    ) {
        let all = needs.union(condition?.needs ?? [])
        var previousDisplayed: Int64?
        func hand(_ found: inout FoundFrame, _ around: Surroundings, isSelected: Bool = false) {
            let time = found.facts.frame.time
            found.facts.frame.displayedDelta =
                displaysFrames ? time - (previousDisplayed ?? time) : found.facts.frame.delta
            if !isSelected, let condition {
                var holds = false
                index.withDissectedFrame(found, around.context) { holds = condition.holds(for: $0) }
                guard holds else { return }
            }
            body(found, around)
            previousDisplayed = time
        }
        guard let condition, !condition.needs.contains(.displayedTime) else {
            let around = Surroundings(index, all, applications, options)
            return forEachFrame(all, around.table, isThreaded: isThreaded) { hand(&$0, around) }
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
                hand(&$0, around)
            }
        }
        let (selection, carried) = select(condition, first, around, candidates, isThreaded: isThreaded)
        guard selection.frames.count > 0 else { return }
        let rest = needs.contains(.carried) ? all.subtracting(.carried).union(carried).union(.findings) : all
        let later =
            rest.intersection(.sessions).isSubset(of: first) || !rest.contains(.application)
            ? around : Surroundings(index, rest, applications, options)
        forEachFrame(rest, later.table, wanted(selection, rest), isThreaded: isThreaded) { found in
            if selection.frames.contains(found.facts.frame.index) { hand(&found, later, isSelected: true) }
        }
    }

    static let batchSize = 256
    /// Whether so many frames are worth a thread.
    func isLarge(_ frames: Int) -> Bool { frames > 4 * Self.batchSize }

    /// Following streams on one thread and what is made of the frames on another go side by side where there are many.
    func forEachFrame(
        _ needs: FrameNeeds, _ table: ApplicationTable?, _ wanted: FrameSelection? = nil, isThreaded: Bool = true,
        _ body: (inout FoundFrame) -> Void
    ) {
        guard isThreaded, isLarge(wanted?.frames.count ?? index.frames.count) else {
            var completion = FrameCompletion(index, needs, table, options)
            return index.forEachFrame(follows: needs.contains(.sequences), wanted: wanted) { frame, bytes, found in
                completion.complete(&found, frame, bytes)
                body(&found)
            }
        }
        let queue = BatchQueue<[FoundFrame]>()
        DispatchQueue(label: "following", qos: .userInitiated).async { [index, options] in
            var completion = FrameCompletion(index, needs, table, options)
            var batch: [FoundFrame] = []
            batch.reserveCapacity(Self.batchSize)
            index.forEachFrame(follows: needs.contains(.sequences), wanted: wanted) { frame, bytes, found in
                completion.complete(&found, frame, bytes)
                batch.append(found)
                guard batch.count == Self.batchSize else { return }
                queue.put(batch)
                batch = queue.takeFree() ?? []
                batch.removeAll(keepingCapacity: true)
            }
            queue.put(batch)
            queue.end()
        }
        while var batch = queue.take() {
            for place in batch.indices { body(&batch[place]) }
            queue.giveBack(batch)
        }
    }
}
