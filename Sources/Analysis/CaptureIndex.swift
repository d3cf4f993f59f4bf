package import Bytes
package import CaptureFile
package import Dissection

/// A capture after its one pass: every further question is asked of this.
package struct CaptureIndex: Sendable {
    package let capture: Capture
    package let frames: [FrameRecord]
    package let streams: [TCPStream]
    package let datagrams: [UInt32: Datagram]
    package let names: HostNames
    package let protocolCounts: [UInt64]
    package let metadata: CaptureMetadata
    /// Where reading ended before a file's end, and why.
    package let problems: [CaptureProblem]
    private let links: [LinkLayer?]

    /// Reads the whole capture once.
    ///
    /// - Parameter progress: called now and then with the bytes read so far and the bytes in all.
    package init(_ capture: Capture, progress: (UInt64, UInt64) -> Void = { _, _ in }) {
        var reader = capture.makeReader()
        var indexer = Indexer()
        var links: [LinkLayer?] = []
        while let header = reader.next() {
            if Int(header.interface) >= links.count { links = Self.links(reader.metadata) }
            let link = Int(header.interface) < links.count ? links[Int(header.interface)] : nil
            indexer.add(
                header, capture.bytes(at: header.position, count: Int(header.capturedLength)), link, in: capture)
            if indexer.frames.count & 0xFFFF == 0 { progress(reader.position, capture.size) }
        }
        var names = indexer.names
        for record in reader.metadata.names { names.note(record.address, record.names.first ?? "") }
        self.capture = capture
        frames = indexer.frames
        streams = indexer.table.streams
        datagrams = indexer.datagrams
        self.names = names
        protocolCounts = indexer.protocolCounts
        metadata = reader.metadata
        problems = reader.problems
        self.links = Self.links(reader.metadata)
    }

    private static func links(_ metadata: CaptureMetadata) -> [LinkLayer?] {
        metadata.interfaces.map { LinkLayer(rawValue: $0.linkType.rawValue) }
    }

    /// Walks a frame anew and hands its bytes and layers on; for the last fragment of a datagram, those of the datagram.
    package func withFrame<Result>(_ index: UInt32, _ body: (Bytes, borrowing Layers) -> Result) -> Result {
        let record = frames[Int(index)]
        var layers = Layers()
        if record.completesDatagram, let datagram = datagrams[index] {
            let bytes = datagram.bytes(in: capture)
            layers.walk(datagram: bytes.bytes, protocolNumber: datagram.protocolNumber)
            return body(bytes.bytes, layers)
        }
        let frame = capture.bytes(at: record.position, count: record.capturedLength)
        let link = Int(record.interface) < links.count ? links[Int(record.interface)] : nil
        layers.walk(frame, link, originalLength: Int(record.originalLength))
        return body(frame, layers)
    }

    /// Calls `body` with the frames of a stream, in order, at most `limit` of them.
    package func forEachFrame(of stream: Int, limit: Int = .max, _ body: (UInt32) -> Void) {
        var frame = streams[stream].firstFrame
        var rest = limit
        while frame != FrameRecord.none, rest > 0 {
            body(frame)
            frame = frames[Int(frame)].next
            rest -= 1
        }
    }
}
