import Bytes

/// Copies a capture, or some of its frames, into a new file.
///
/// Into pcapng the copy loses nothing: every block of a pcapng file goes over as it is, in its place and byte order,
/// with its options, comments, names and secrets, known to Wharf or not; pcap files become sections of their own. Only
/// what the reader passes over as damaged stays behind. Into pcap go the frames alone.
package struct CaptureCopy: Sendable {
    private let capture: Capture

    package init(_ capture: Capture) {
        self.capture = capture
    }

    /// Writes the frames for which `keeping`, given each frame's index over the capture, answers true; returns how many.
    @discardableResult
    package func write(
        to path: String, format: CaptureWriter.Format = .pcapng,
        keeping: (UInt64, FrameHeader) -> Bool = { _, _ in true }
    ) throws(CaptureError) -> UInt64 {
        guard !capture.reads(path) else { throw CaptureError(.wouldReplaceInput, path) }
        var writer = try CaptureWriter(path: path, format: format, section: nil)
        let count =
            format == .pcapng ? try copyBlocks(to: &writer, keeping) : try copyFrames(to: &writer, keeping)
        try writer.close()
        return count
    }

    private func copyFrames(
        to writer: inout CaptureWriter, _ keeping: (UInt64, FrameHeader) -> Bool
    ) throws(CaptureError) -> UInt64 {
        var reader = capture.makeReader()
        while let header = reader.next() {
            guard keeping(reader.frameCount - 1, header) else { continue }
            writer.interfaces = reader.metadata.interfaces
            try writer.write(header, capture.bytes(at: header.position, count: Int(header.capturedLength)))
        }
        writer.interfaces = reader.metadata.interfaces
        return writer.frameCount
    }

    private func copyBlocks(
        to writer: inout CaptureWriter, _ keeping: (UInt64, FrameHeader) -> Bool
    ) throws(CaptureError) -> UInt64 {
        var progress = Progress()
        for (info, source) in zip(capture.files, capture.sources) {
            switch source.format {
            case .pcap(let layout): try copy(layout, source.mapping, info.position, to: &writer, &progress, keeping)
            case .pcapng(let order):
                let cursor = PcapngCursor(base: info.position, file: 0, order: order)
                try copy(cursor, source.mapping, to: &writer, &progress, keeping)
            }
        }
        return progress.kept
    }

    private struct Progress {
        var frame: UInt64 = 0
        var kept: UInt64 = 0
        /// Whether the section being written is one of ours, which further pcap files may join.
        var isInOwnSection = false
    }

    private func copy(
        _ layout: PcapLayout, _ mapping: MappedFile, _ base: UInt64, to writer: inout CaptureWriter,
        _ progress: inout Progress, _ keeping: (UInt64, FrameHeader) -> Bool
    ) throws(CaptureError) {
        if !progress.isInOwnSection { try writer.beginSection(CaptureSection()) }
        progress.isInOwnSection = true
        // A copy has one number for all pcap files alike, so that however many they are, numbers do not run out.
        let interface = CaptureInterface(layout, section: 0, file: 0)
        let number = writer.interfaces.firstIndex(of: interface) ?? writer.interfaces.count
        if number == writer.interfaces.count { writer.interfaces.append(interface) }
        let bytes = mapping.bytes
        var cursor = PcapCursor(layout, base: base, interface: UInt16(truncatingIfNeeded: number))
        while case .frame(let header) = cursor.next(in: bytes) {
            if keeping(progress.frame, header) {
                let start = Int(header.position - base)
                try writer.write(header, bytes.slice(from: start, count: Int(header.capturedLength)))
                progress.kept += 1
            }
            progress.frame += 1
        }
    }

    private func copy(
        _ start: PcapngCursor, _ mapping: MappedFile, to writer: inout CaptureWriter, _ progress: inout Progress,
        _ keeping: (UInt64, FrameHeader) -> Bool
    ) throws(CaptureError) {
        progress.isInOwnSection = false
        let bytes = mapping.bytes
        var cursor = start
        // The cursor needs what a section declares; nobody asks for it here.
        var metadata = CaptureMetadata()
        while true {
            var stop = Step.end
            while let block = cursor.nextBlock(in: bytes, &stop) {
                switch cursor.read(block, in: bytes, &metadata, frame: progress.frame) {
                case .none: try writer.copy(block, of: bytes, cursor.order)
                case .frame(let header):
                    if keeping(progress.frame, header) {
                        try writer.copy(block, of: bytes, cursor.order)
                        progress.kept += 1
                    }
                    progress.frame += 1
                case .damage: return
                // Too many to remember is no reason not to copy.
                case .notice(.tooMuchMetadata, _): try writer.copy(block, of: bytes, cursor.order)
                case .notice, .end: break
                }
            }
            guard case .notice = stop else { return }
        }
    }
}
