import Bytes
import FTPProtocol

/// One file as it was moved, in one piece or in several: segments over parallel connections, or a transfer that was
/// broken off and resumed.
package struct FileAssembly: Sendable {
    /// Indexes into the story's transfers, in the order of their commands.
    package internal(set) var pieces: [Int]
    package let path: [UInt8]
    package let isUpload: Bool
    /// Positions in the file that the capture has.
    package internal(set) var covered = Coverage()
    /// The file's size, as the server or the client said it; nil where nobody did.
    package internal(set) var announcedSize: Int64?
    /// Whether the last byte is known to be the last: some piece that holds it was complete.
    package internal(set) var isEndKnown = false

    /// Whether every byte from the first to the last is in the capture.
    package var isWhole: Bool { size.map { covered.contains(0..<$0) } ?? false }

    /// In bytes, where it is known.
    package var size: Int64? { isEndKnown ? covered.last?.upperBound ?? 0 : announcedSize }

    /// Joins the transfers of a story into files.
    static func join(_ story: Story) -> [FileAssembly] {
        var files: [FileAssembly] = []
        var newest: [Key: Int] = [:]
        for transfer in story.transfers where transfer.kind != .listing && transfer.data != nil {
            guard transfer.data?.isEncrypted != true, let range = range(of: transfer) else { continue }
            let session = story.sessions[transfer.session]
            let key = Key(
                server: session.server, user: session.user ?? [], path: transfer.path,
                isUpload: transfer.isUpload)
            if let open = newest[key], files[open].takes(range, transfer) {
                files[open].add(transfer, range)
            } else {
                newest[key] = files.count
                var file = FileAssembly(pieces: [], path: transfer.path, isUpload: transfer.isUpload)
                file.add(transfer, range)
                files.append(file)
            }
        }
        return files
    }

    private struct Key: Hashable {
        let server: Endpoint
        let user: [UInt8]
        let path: [UInt8]
        let isUpload: Bool
    }

    /// Positions in the file that a transfer moved.
    private static func range(of transfer: Transfer) -> Range<Int64>? {
        // REST can claim any number; beyond an exabyte none is meant in earnest, and sums stay below 2^63.
        guard let offset = transfer.offset, transfer.data != nil, offset <= 1 << 60 else { return nil }
        // What MODE or STRU put on the wire is longer or shorter than what it stands for.
        return offset..<offset + transfer.movedBytes
    }

    /// Whether a transfer continues this file rather than beginning it anew.
    private func takes(_ range: Range<Int64>, _ transfer: Transfer) -> Bool {
        guard !isWhole || !isEndKnown else { return false }
        if range.lowerBound == 0 { return !covered.contains(0..<1) && !covered.isEmpty }
        return !covered.contains(range)
    }

    private mutating func add(_ transfer: Transfer, _ range: Range<Int64>) {
        pieces.append(transfer.id)
        announcedSize = transfer.announcedSize.map { max($0, announcedSize ?? 0) } ?? announcedSize
        let gaps = transfer.content == nil ? transfer.data?.gaps ?? [] : []
        var position = range.lowerBound
        for gap in gaps {
            covered.insert(position..<max(position, range.lowerBound + gap.lowerBound))
            position = range.lowerBound + gap.upperBound
        }
        covered.insert(position..<max(position, range.upperBound))
        // In RANG mode the end of a piece is not the end of the file.
        if transfer.state == .complete, transfer.rangeEnd == nil, transfer.content?.isWhole ?? true,
            range.upperBound >= (covered.last?.upperBound ?? 0)
        {
            isEndKnown = true
        }
    }
}
