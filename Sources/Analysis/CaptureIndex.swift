package import Bytes
package import CaptureFile
package import Dissection

/// A capture after its one pass: every further question is asked of this.
///
/// It never changes. It is a class so that whoever keeps it, on whatever thread, counts one reference and not one for each
/// of its parts.
package final class CaptureIndex: Sendable {
    package let capture: Capture
    package let frames: Chunks<FrameRecord>
    package let streams: Streams
    /// What following the TCP streams found remarkable, in the order of the frames.
    package let events: Chunks<TCPEvent>
    package let datagrams: [UInt32: Datagram]
    package let names: HostNames
    package let protocolCounts: [UInt64]
    package let metadata: CaptureMetadata
    /// Where reading ended before a file's end, and why.
    package let problems: [CaptureProblem]
    private let links: [LinkLayer?]

    /// Reads the whole capture once.
    ///
    /// - Parameters:
    ///   - limit: how many frames are read at most.
    ///   - progress: called now and then with the bytes read so far and the bytes in all.
    package convenience init(
        _ capture: Capture, limit: UInt64 = .max, progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) {
        var indexer = Indexer()
        let intake = FrameBatches.read(capture, limit: limit) { batch in
            indexer.add(batch.items)
            progress(batch.position, capture.size)
        }
        self.init(capture, indexer, intake)
    }

    /// What has been indexed so far.
    init(_ capture: Capture, _ indexer: Indexer, _ intake: FrameIntake) {
        var names = intake.names
        for record in intake.metadata.names { names.note(record.address, record.names.first ?? "") }
        self.capture = capture
        frames = indexer.frames
        streams = indexer.streams
        events = indexer.events
        datagrams = intake.datagrams
        self.names = names
        protocolCounts = intake.protocolCounts
        metadata = intake.metadata
        problems = intake.problems
        links = Self.links(intake.metadata)
    }

    private static func links(_ metadata: CaptureMetadata) -> [LinkLayer?] {
        metadata.interfaces.map { LinkLayer(rawValue: $0.linkType.rawValue) }
    }

    /// What a frame's first header is; nil for link layers that are not read.
    func link(of frame: FrameRecord) -> LinkLayer? {
        Int(frame.interface) < links.count ? links[Int(frame.interface)] : nil
    }

    /// Walks a frame anew and hands its bytes and layers on; for the last fragment of a datagram, those of the datagram.
    package func withFrame<Result>(_ index: UInt32, _ body: (Bytes, borrowing Layers) -> Result) -> Result {
        let (record, capture) = (frames[Int(index)], capture)
        var layers = Layers()
        if record.completesDatagram, let datagram = datagrams[index] {
            let bytes = datagram.bytes(in: capture)
            layers.walk(datagram: bytes.bytes, protocolNumber: datagram.protocolNumber)
            return body(bytes.bytes, layers)
        }
        let frame = capture.bytes(at: record.position, count: record.capturedLength)
        layers.walk(frame, link(of: record), originalLength: Int(record.originalLength))
        return body(frame, layers)
    }

    /// The bytes that places in streams count in: the frame's, or those of the datagram that it completes.
    package func withBytes<Result>(ofFrame index: UInt32, _ body: (Bytes) -> Result) -> Result {
        let (record, capture) = (frames[Int(index)], capture)
        if record.completesDatagram, let datagram = datagrams[index] { return body(datagram.bytes(in: capture).bytes) }
        return body(capture.bytes(at: record.position, count: record.capturedLength))
    }

    /// Calls `body` with the frames of a stream, in order, at most `limit` of them.
    package func forEachFrame(of stream: Int, limit: Int = .max, _ body: (UInt32) -> Void) {
        var chain: [UInt32] = []
        chain.reserveCapacity(streams[stream].frames)
        var frame = streams[stream].lastFrame
        while frame != FrameRecord.none {
            chain.append(frame)
            frame = frames[Int(frame)].previous
        }
        for frame in chain.reversed().prefix(limit) { body(frame) }
    }
}
