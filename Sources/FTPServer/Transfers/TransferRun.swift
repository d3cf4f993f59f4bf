import FTPStorage
import Bytes
import FTPProtocol
import Glibc
import Transport

/// What a transfer moves, opened before its data connection is.
enum TransferSource: Sendable {
    case reading(any ReadableFile)
    case writing(any WritableFile)
    case listing
}

/// Moves one file or listing over one data connection, on a worker thread of its own: its calls block.
struct TransferRun {
    let request: TransferRequest
    let storage: any Storage
    let progress: TransferProgress
    /// How long nothing may move.
    let stallSeconds: Int
    let rate: UInt64?
    /// Told of each restart marker that the client sent, with the place in the file that it stands for.
    let onMarker: @Sendable ([UInt8], UInt64) -> Void

    func run(_ source: TransferSource, over channel: any DataChannel, _ buffer: WorkerBuffer) -> TransferOutcome {
        var moved: UInt64 = 0
        do {
            switch source {
            case .reading(let file): moved = try send(file, channel, buffer)
            case .writing(let file): moved = try receive(file, channel, buffer)
            case .listing: moved = try sendListing(channel)
            }
            if !request.isUpload {
                try channel.finish(within: stallSeconds, progress.cancellation)
            }
        } catch {
            if case .writing(let file) = source { file.abandon() }
            return outcome(of: error)
        }
        return .complete(moved)
    }

    private func outcome(of error: any Error) -> TransferOutcome {
        if progress.cancellation.isCancelled { return .aborted }
        switch error {
        case let error as FileError: return .fileFailed(error)
        case let error as DataSocketError: return Self.outcome(of: error)
        case TransferDecoder.Failure.malformed: return .malformed
        default: return .connectionLost
        }
    }

    static func outcome(of error: DataSocketError) -> TransferOutcome {
        switch error {
        case .connectionLost: .connectionLost
        case .stalled: .stalled
        case .cancelled: .aborted
        case .tlsFailed: .tlsFailed
        case .sessionNotReused: .sessionNotReused
        }
    }
}

// MARK: - Sending

extension TransferRun {
    private func send(_ file: any ReadableFile, _ channel: any DataChannel, _ buffer: WorkerBuffer) throws -> UInt64 {
        guard request.isPlain else { return try sendEncoded(file, channel, buffer) }
        let moved =
            try file.descriptor.flatMap { try sendInKernel($0, channel) } ?? sendBytes(file, channel, buffer)
        // Somebody has cut it meanwhile: what 150 said has not come.
        let isWhole = moved >= min(file.size - min(request.offset, file.size), request.length ?? .max)
        if !isWhole { throw FileError.failed }
        return moved
    }

    /// Nil if the connection cannot; then nothing was sent.
    private func sendInKernel(_ descriptor: Int32, _ channel: any DataChannel) throws -> UInt64? {
        var limit = RateLimit(rate)
        var piece = KernelPiece()
        var offset = Int(clamping: request.offset)
        var rest = request.length ?? .max
        let start = offset
        while rest > 0 {
            let count = min(limit?.piece ?? piece.bytes, Int(clamping: rest))
            let begin = ContinuousClock.now
            guard let sent = try channel.sendFile(descriptor, from: &offset, count: count) else { return nil }
            guard sent > 0 else { break }
            piece.follow(.now - begin)
            progress.add(sent)
            rest -= UInt64(sent)
            try pause(limit?.pause(after: sent))
        }
        return UInt64(offset - start)
    }

    private func sendBytes(
        _ file: any ReadableFile, _ channel: any DataChannel, _ buffer: WorkerBuffer
    ) throws -> UInt64 {
        unsafe try forEachPiece(of: file, buffer) { piece in
            unsafe try channel.send(piece)
            progress.add(piece.count)
        }
    }

    private func sendEncoded(
        _ file: any ReadableFile, _ channel: any DataChannel, _ buffer: WorkerBuffer
    ) throws -> UInt64 {
        var encoder = TransferEncoder(
            type: request.type, structure: request.structure, mode: request.mode, level: request.compressionLevel,
            position: request.offset)
        var output: [UInt8] = []
        let moved = unsafe try forEachPiece(of: file, buffer) { piece in
            unsafe encoder.push(Bytes(piece.bytes), into: &output)
            try send(&output, channel)
        }
        encoder.finish(into: &output)
        try send(&output, channel)
        return moved
    }

    private func send(_ output: inout [UInt8], _ channel: any DataChannel) throws {
        guard !output.isEmpty else { return }
        unsafe try output.withUnsafeBytes { unsafe try channel.send($0) }
        progress.add(output.count)
        output.removeAll(keepingCapacity: true)
    }

    /// Reads what was asked for; gives the number of bytes.
    private func forEachPiece(
        of file: any ReadableFile, _ buffer: WorkerBuffer, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> UInt64 {
        var limit = RateLimit(rate)
        var offset = request.offset
        var rest = request.length ?? .max
        let memory = unsafe buffer.bytes
        while rest > 0 {
            let size = min(memory.count, limit?.piece ?? .max, Int(clamping: rest))
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[..<size])
            let count = unsafe try file.read(into: room, at: offset)
            guard count > 0 else { break }
            unsafe try body(UnsafeRawBufferPointer(rebasing: room[..<count]))
            offset += UInt64(count)
            rest -= UInt64(count)
            try pause(limit?.pause(after: count))
        }
        return offset - request.offset
    }

    /// Waits in steps short enough for ABOR.
    private func pause(_ duration: Duration?) throws(DataSocketError) {
        guard let duration, duration > .zero else { return }
        let end = ContinuousClock.now + duration
        while ContinuousClock.now < end {
            if progress.cancellation.isCancelled { throw .cancelled }
            let rest = min(.milliseconds(100), end - ContinuousClock.now)
            usleep(UInt32(clamping: max(0, rest.components.attoseconds / 1_000_000_000_000)))
        }
    }

    private func sendListing(_ channel: any DataChannel) throws -> UInt64 {
        guard case .list(var form) = request.kind else { return 0 }
        if case .failed = storage.perform(.mayEnter(request.path)) { form = ListingWriter.besides(form) }
        let writer = ListingWriter(form, now: Int64(time(nil)))
        var encoder =
            request.mode == .stream
            ? nil
            : TransferEncoder(
                type: .image, structure: .file, mode: request.mode, level: request.compressionLevel)
        var lines: [UInt8] = []
        var output: [UInt8] = []
        var moved: UInt64 = 0
        var failure: (any Error)?
        func flush() {
            moved += UInt64(lines.count)
            do {
                if encoder != nil {
                    encoder?.push(lines.bytes, into: &output)
                    try send(&output, channel)
                    lines.removeAll(keepingCapacity: true)
                } else {
                    try send(&lines, channel)
                }
            } catch { failure = error }
        }
        let needsFacts = if case .names = form { false } else { true }
        try storage.list(request.path, needsFacts: needsFacts) { entry in
            writer.append(entry, to: &lines)
            if lines.count >= 64 << 10 { flush() }
            return failure == nil
        }
        flush()
        if encoder != nil {
            encoder?.finish(into: &output)
            try send(&output, channel)
        }
        if let failure { throw failure }
        return moved
    }
}

// MARK: - Receiving

extension TransferRun {
    private func receive(
        _ file: any WritableFile, _ channel: any DataChannel, _ buffer: WorkerBuffer
    ) throws -> UInt64 {
        let moved =
            request.isPlain
            ? try receiveBytes(file, channel, buffer) : try receiveEncoded(file, channel, buffer)
        channel.answerEnd()
        // ABOR after the last byte: what came is not what the client wanted to leave here.
        if progress.cancellation.isCancelled { throw DataSocketError.cancelled }
        try file.commit()
        return moved
    }

    private func receiveBytes(
        _ file: any WritableFile, _ channel: any DataChannel, _ buffer: WorkerBuffer
    ) throws -> UInt64 {
        var offset = file.start
        unsafe try forEachPiece(from: channel, buffer) { piece in
            unsafe try write(piece, to: file, at: &offset)
            return true
        }
        return offset - file.start
    }

    private func write(
        _ piece: UnsafeRawBufferPointer, to file: any WritableFile, at offset: inout UInt64
    ) throws(FileError) {
        // RANG: nothing is written behind the range (draft-bryan-ftp-range §4).
        if let length = request.length, offset - file.start + UInt64(piece.count) > length { throw .tooLarge }
        unsafe try file.write(piece, at: offset)
        offset += UInt64(piece.count)
    }

    private func receiveEncoded(
        _ file: any WritableFile, _ channel: any DataChannel, _ buffer: WorkerBuffer
    ) throws -> UInt64 {
        var decoder = TransferDecoder(type: request.type, structure: request.structure, mode: request.mode)
        var output: [UInt8] = []
        var markers: [TransferDecoder.Marker] = []
        var offset = file.start
        var failure: FileError?
        func write(_ output: inout [UInt8]) throws(FileError) {
            guard !output.isEmpty else { return }
            do {
                unsafe try output.withUnsafeBytes { unsafe try self.write($0, to: file, at: &offset) }
            } catch { throw error as? FileError ?? .failed }
            output.removeAll(keepingCapacity: true)
        }
        unsafe try forEachPiece(from: channel, buffer) { piece in
            unsafe try decoder.push(Bytes(piece.bytes), into: &output, markers: &markers) { output in
                // What a few bytes of MODE Z become may be a thousand times as many: written as it comes.
                guard output.count >= 256 << 10 else { return true }
                do throws(FileError) { try write(&output) } catch {
                    failure = error
                    return false
                }
                return true
            }
            if let failure { throw failure }
            // Of many in one piece the last one says it all; a flood of them shall not become one of replies.
            if let marker = markers.last { onMarker(marker.text, offset + UInt64(marker.position)) }
            markers.removeAll()
            try write(&output)
            return !decoder.isAtEnd
        }
        try decoder.finish(into: &output)
        try write(&output)
        return offset - file.start
    }

    /// Until the end of the connection, or until `body` answers that nothing more will come.
    private func forEachPiece(
        from channel: any DataChannel, _ buffer: WorkerBuffer, _ body: (UnsafeRawBufferPointer) throws -> Bool
    ) throws {
        var limit = RateLimit(rate)
        let memory = unsafe buffer.bytes
        while true {
            let size = min(memory.count, limit?.piece ?? .max)
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[..<size])
            let count = unsafe try channel.receive(into: room, fills: request.isPlain)
            if count == 0 { return }
            progress.add(count)
            guard unsafe try body(UnsafeRawBufferPointer(rebasing: room[..<count])) else { return }
            try pause(limit?.pause(after: count))
        }
    }
}
