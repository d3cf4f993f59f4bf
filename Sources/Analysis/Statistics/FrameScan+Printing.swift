import Bytes
import Dispatch
package import Dissection

extension FrameScan {
    /// Writes the frames that meet the condition, in the order of the capture.
    ///
    /// - Parameters:
    ///   - applications: asked for once, and only if it is needed.
    ///   - sink: takes the text, piece by piece; nothing is written any more once it throws.
    package func print<Failure: Error>(
        _ printer: any FramePrinter, _ condition: (any FrameTest)?,
        _ applications: @escaping @Sendable (FrameNeeds) -> ApplicationTable,
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
        forEachSelected(condition, printer.needs, true, applications) { found, around in
            guard failure == nil else { return }
            index.withDissectedFrame(found, around.context) {
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

    /// One thread selects frames, and others write them; it too, where they fall behind.
    ///
    /// Where `sink` throws, they wait for it for ever: whoever cannot write ends the program.
    private func printAside<Failure: Error>(
        _ printer: any FramePrinter, _ condition: (any FrameTest)?,
        _ applications: @escaping @Sendable (FrameNeeds) -> ApplicationTable,
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        let index = index
        let work = OrderedWork<Batch, FramePage> { batch, page in
            var page = page ?? FramePage()
            page.text.removeAll(keepingCapacity: true)
            guard let context = batch.context else { return page }
            let frames = batch.frames.span
            for place in frames.indices {
                index.withDissectedFrame(frames.borrowed(at: place), context) {
                    printer.append($0, isFirst: batch.isFirst && place == 0, to: &page)
                }
            }
            return page
        }
        DispatchQueue(label: "selecting", qos: .userInitiated).async {
            var batch = work.takeFree() ?? Batch()
            batch.isFirst = true
            forEachSelected(condition, printer.needs, true, applications, isThreaded: false) { found, around in
                // One for all: copied for each, it would be counted for each.
                if batch.context == nil { batch.context = around.context }
                batch.frames.append(copy found)
                guard batch.frames.count == Self.batchSize else { return }
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
        var frames: [FoundFrame] = []
        var context: CaptureContext?
        var isFirst = false
    }
}
