package import Bytes
import FTPProtocol

/// A piece of what a transfer moved, in order.
package enum ContentPiece: ~Escapable {
    case bytes(Bytes)
    /// Bytes that the capture lacks.
    case gap(Int64)
}

/// How reading a transfer's content ended.
package struct ContentEnd: Sendable, Hashable {
    /// Bytes of the file that were handed on.
    package var bytes: Int64 = 0
    /// Bytes that the capture lacks, in how many places.
    package var missing: Int64 = 0
    package var gaps = 0
    /// Whether the transfer mode's or structure's coding was broken; what came before is right.
    package var isDamaged = false

    package var isWhole: Bool { missing == 0 && !isDamaged }
}

extension Story {
    /// Reads what a transfer moved: the data connection's bytes in sequence order, with block mode, compressed mode,
    /// deflate and record structure undone. TYPE is left as it was on the wire: line ends are CRLF in ASCII.
    @discardableResult
    package func readContent(of transfer: Transfer, into sink: (borrowing ContentPiece) -> Void) -> ContentEnd {
        var end = ContentEnd()
        guard let stream = transfer.stream else { return end }
        var decoder = ContentDecoder(transfer, ordinal: ordinal(of: transfer))
        index.forEachPiece(of: stream, sender: transfer.sender) { piece in
            switch piece {
            case .gap(let count):
                end.missing += count
                end.gaps += 1
                decoder.skip()
                sink(.gap(count))
            case .bytes(let bytes):
                decoder.push(bytes) {
                    end.bytes += Int64($0.count)
                    sink(.bytes($0))
                }
            }
        }
        decoder.finish()
        end.isDamaged = decoder.isDamaged
        return end
    }

    /// How many files came before this one over the same data connection (block and compressed mode keep it open).
    private func ordinal(of transfer: Transfer) -> Int {
        sessions[transfer.session].transfers.prefix { $0 != transfer.id }
            .count { transfers[$0].stream == transfer.stream && transfers[$0].preliminaryStep != nil }
    }
}

extension CaptureIndex {
    /// Calls `body` with what one side of a stream sent, in sequence order.
    package func forEachPiece(of stream: Int, sender: Side, _ body: (borrowing ContentPiece) -> Void) {
        let segments = segments(of: stream)
        var assembler = StreamAssembler(segments, side: sender)
        for segment in segments where segment.sender == sender {
            assembler.push(segment) { piece in
                switch piece {
                case .gap(let count, _): body(.gap(count))
                case .bytes(let frame, let offset, let count, _):
                    withBytes(ofFrame: frame) { bytes in
                        body(.bytes(bytes.slice(from: Int(offset), count: Int(count))))
                    }
                }
            }
        }
        let missing = assembler.missingAtEnd(segments, side: sender)
        if missing > 0 { body(.gap(missing)) }
    }
}

/// Undoes what MODE and STRU did to a file on its way.
private struct ContentDecoder: ~Copyable {
    private enum Coding {
        case none
        case block(BlockDecoder)
        case compressed(CompressedDecoder)
        case record(RecordDecoder)
        case deflate
    }

    private(set) var isDamaged = false
    private var coding: Coding
    private var inflater: Inflater?
    private let filler: UInt8
    /// Files to let pass before the one that is meant.
    private var filesBefore: Int
    private let hasRecords: Bool

    init(_ transfer: Transfer, ordinal: Int) {
        let parameters = transfer.parameters
        filler =
            switch parameters.type {
            case .ascii: 0x20
            case .ebcdic: 0x40
            default: 0
            }
        hasRecords = parameters.structure == .record
        filesBefore = 0
        inflater = nil
        if transfer.data?.isEncrypted == true {
            coding = .none
            return
        }
        switch parameters.mode {
        case .block: coding = .block(BlockDecoder())
        case .compressed: coding = .compressed(CompressedDecoder(filler: filler))
        case .deflate:
            coding = .deflate
            inflater = Inflater()
        case .stream: coding = hasRecords ? .record(RecordDecoder()) : .none
        }
        if parameters.mode == .block || parameters.mode == .compressed { filesBefore = ordinal }
    }

    /// A hole breaks every coding but none.
    mutating func skip() {
        if case .none = coding { return }
        isDamaged = true
    }

    /// Tells that the data connection has ended: a coding that says where a file ends must have said so.
    mutating func finish() {
        switch coding {
        // Many senders of records let the connection's end be the file's.
        case .none, .record: break
        case .deflate: if inflater?.isAtEnd == false { isDamaged = true }
        case .block, .compressed: if filesBefore >= 0 { isDamaged = true }
        }
    }

    mutating func push(_ bytes: Bytes, into sink: (Bytes) -> Void) {
        guard !isDamaged else { return }
        switch coding {
        case .none: sink(bytes)
        case .deflate:
            do {
                try inflater?.push(bytes) {
                    sink($0)
                    return true
                }
            } catch {
                isDamaged = true
            }
        case .block, .compressed, .record: pushElements(bytes, into: sink)
        }
    }

    private mutating func pushElements(_ bytes: Bytes, into sink: (Bytes) -> Void) {
        var offset = 0
        while offset < bytes.count, filesBefore >= 0 {
            let isWanted = filesBefore == 0
            let hasRecords = hasRecords
            let emit = { (element: TransferElement) in
                guard isWanted else { return }
                switch element {
                case .data(let data): sink(data.bytes)
                // What a record's end is on this side of the wire: a line's.
                case .endOfRecord where hasRecords: sink([UInt8(ascii: "\n")].bytes)
                default: break
                }
            }
            let taken = decode(bytes.slice(from: offset), emit)
            guard let taken else {
                isDamaged = true
                return
            }
            offset += taken
            if isAtEnd { beginNextFile() }
        }
    }

    /// How many bytes belonged to the current file; nil when they are damaged.
    private mutating func decode(_ bytes: Bytes, _ emit: (TransferElement) -> Void) -> Int? {
        do throws(FTPProtocolError) {
            switch coding {
            case .block(var decoder):
                let before = decoder.offset
                defer { coding = .block(decoder) }
                do throws(FTPProtocolError) { try decoder.push(bytes, into: emit) } catch {
                    guard error.code == .dataAfterEnd else { throw error }
                }
                return Int(decoder.offset - before)
            case .compressed(var decoder):
                let before = decoder.offset
                defer { coding = .compressed(decoder) }
                do throws(FTPProtocolError) { try decoder.push(bytes, into: emit) } catch {
                    guard error.code == .dataAfterEnd else { throw error }
                }
                return Int(decoder.offset - before)
            case .record(var decoder):
                defer { coding = .record(decoder) }
                try decoder.push(bytes, into: emit)
                return bytes.count
            case .none, .deflate: return bytes.count
            }
        } catch {
            return nil
        }
    }

    private var isAtEnd: Bool {
        switch coding {
        case .block(let decoder): decoder.isAtEnd
        case .compressed(let decoder): decoder.isAtEnd
        case .none, .deflate, .record: false
        }
    }

    private mutating func beginNextFile() {
        filesBefore -= 1
        if case .block = coding { coding = .block(BlockDecoder()) }
        if case .compressed = coding { coding = .compressed(CompressedDecoder(filler: filler)) }
    }
}
