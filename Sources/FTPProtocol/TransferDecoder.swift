package import Bytes

/// Turns what a data connection carries into the bytes of a file: the inverse of ``TransferEncoder``.
package struct TransferDecoder: ~Copyable {
    package enum Failure: Error, Hashable, Sendable {
        /// It cannot be what mode and structure say.
        case malformed
        /// It ended before the end of the file.
        case cut
    }

    /// What came out of a piece, beside bytes.
    package struct Marker: Sendable, Hashable {
        /// As the sender wrote it.
        package let text: [UInt8]
        /// How many bytes of the file came before it in this piece.
        package let position: Int
    }

    private let type: RepresentationType
    private let structure: FileStructure
    private let mode: TransferMode
    private var block = BlockDecoder()
    private var compressed: CompressedDecoder
    private var inflater: Inflater?
    private var records = RecordDecoder()
    private var isCarriageReturnPending = false
    private var hasInput = false

    /// As agreed on by TYPE, STRU and MODE.
    package init(type: RepresentationType, structure: FileStructure, mode: TransferMode) {
        self.type = type
        self.structure = structure
        self.mode = mode
        compressed = CompressedDecoder(filler: type.filler)
        inflater = mode == .deflate ? Inflater() : nil
    }

    /// Whether the end of the file was seen in the data: then the connection may stay (RFC 959 §3.4.2).
    package var isAtEnd: Bool {
        switch mode {
        case .block: block.isAtEnd
        case .compressed: compressed.isAtEnd
        case .stream: structure == .record && records.isAtEnd
        case .deflate: false
        }
    }

    /// Appends what the next bytes of the connection become.
    ///
    /// - Parameter flush: gets what has come out so far, now and then, and may empty it; false to stop.
    package mutating func push(
        _ bytes: Bytes, into output: inout [UInt8], markers: inout [Marker],
        flush: (inout [UInt8]) -> Bool = { _ in true }
    ) throws(Failure) {
        hasInput = hasInput || !bytes.isEmpty
        switch mode {
        case .stream: try pushStream(bytes, &output)
        case .block, .compressed:
            var elements: [TransferElement] = []
            do throws(FTPProtocolError) {
                if mode == .block {
                    try block.push(bytes) { elements.append($0) }
                } else {
                    try compressed.push(bytes) { elements.append($0) }
                }
            } catch { throw .malformed }
            for element in elements {
                take(element, &output, &markers)
                if !flush(&output) { return }
            }
        case .deflate: try inflate(bytes, &output, flush)
        }
    }

    /// Tells that the connection has ended; appends what was held back.
    package mutating func finish(into output: inout [UInt8]) throws(Failure) {
        do throws(FTPProtocolError) {
            switch mode {
            case .block: try block.finish()
            case .compressed:
                var elements: [TransferElement] = []
                var markers: [Marker] = []
                try compressed.finish { elements.append($0) }
                for element in elements { take(element, &output, &markers) }
            case .stream: if structure == .record { try records.finish() }
            case .deflate:
                // Nothing at all is an empty file as well; some senders do not begin a stream for it.
                if hasInput, !(inflater?.isAtEnd ?? true) { throw FTPProtocolError(.truncated, at: 0) }
                if structure == .record, hasInput { try records.finish() }
            }
        } catch { throw error.code == .truncated ? .cut : .malformed }
        if isCarriageReturnPending { output.append(UInt8(ascii: "\r")) }
        isCarriageReturnPending = false
    }

    private mutating func pushStream(_ bytes: Bytes, _ output: inout [UInt8]) throws(Failure) {
        guard structure == .record else { return append(bytes, &output) }
        var elements: [TransferElement] = []
        do throws(FTPProtocolError) { try records.push(bytes) { elements.append($0) } } catch { throw .malformed }
        var markers: [Marker] = []
        for element in elements { take(element, &output, &markers) }
    }

    private mutating func inflate(
        _ bytes: Bytes, _ output: inout [UInt8], _ flush: (inout [UInt8]) -> Bool
    ) throws(Failure) {
        // The decoder works on its own parts while zlib hands out pieces.
        guard var inflater = inflater.take() else { return }
        var failure: Failure?
        do throws(Inflater.Failure) {
            try inflater.push(bytes) { piece in
                do throws(Failure) { try pushStream(piece, &output) } catch {
                    failure = error
                    return false
                }
                return flush(&output)
            }
        } catch { failure = .malformed }
        self.inflater = consume inflater
        if let failure { throw failure }
    }

    private mutating func take(_ element: TransferElement, _ output: inout [UInt8], _ markers: inout [Marker]) {
        switch element {
        case .data(let data): append(data.bytes, &output)
        case .endOfRecord:
            // A CR at the end of a record is a byte of it: LF comes from no wire here.
            if isCarriageReturnPending { output.append(UInt8(ascii: "\r")) }
            isCarriageReturnPending = false
            output.append(UInt8(ascii: "\n"))
        case .restartMarker(let text): markers.append(Marker(text: text, position: output.count))
        case .endOfFile, .suspect: break
        }
    }

    private mutating func append(_ bytes: Bytes, _ output: inout [UInt8]) {
        switch type {
        case .image, .local: output.append(bytes)
        case .ebcdic:
            for offset in 0..<bytes.count { output.append(EBCDIC.toLatin1[Int(bytes.u8(at: offset))]) }
        case .ascii: appendLines(bytes, &output)
        }
    }

    /// CR LF becomes LF; a CR alone stays.
    private mutating func appendLines(_ bytes: Bytes, _ output: inout [UInt8]) {
        output.reserveCapacity(output.count + bytes.count)
        for offset in 0..<bytes.count {
            let byte = bytes.u8(at: offset)
            if isCarriageReturnPending, byte != UInt8(ascii: "\n") { output.append(UInt8(ascii: "\r")) }
            isCarriageReturnPending = byte == UInt8(ascii: "\r")
            if !isCarriageReturnPending { output.append(byte) }
        }
    }
}
