import Bytes

/// Where everything lies that a TLS layer says, in the order of the tree: one walk serves fields and trees alike.
extension TLS {
    typealias Item = Computed

    /// Takes a field, how deep it stands (0: in no tree), where its bytes lie, and a number that its line or value needs.
    typealias TreeSink = (_ item: Item, _ depth: Int, _ range: Range<Int>, _ detail: Int) -> Void

    /// - Parameters:
    ///   - begin: called with each record before what lies in it.
    ///   - enter: called with the pieces of a message that several records hold before what lies in it, and with nil
    ///     when ranges are the layer's again.
    static func walk(
        _ input: borrowing FieldInput, _ begin: (TLSRecord) -> Void, _ enter: (TLSMessageCollector?) -> Void,
        _ sink: TreeSink
    ) {
        var collector = TLSMessageCollector()
        let end = input.forEachRecord { record in
            begin(record)
            walk(record, input, &collector, enter, sink)
        }
        if end.wanted == nil, end.offset < input.layer.end {
            sink(.unknownRecord, 1, end.offset..<input.layer.end, 0)
            sink(.ignoredRecord, 2, end.offset..<end.offset, 0)
        }
    }

    private static func walk(
        _ record: TLSRecord, _ input: borrowing FieldInput, _ collector: inout TLSMessageCollector,
        _ enter: (TLSMessageCollector?) -> Void, _ sink: TreeSink
    ) {
        let (offset, start, end) = (record.offset, record.body, record.end)
        sink(.record, 1, offset..<end, 0)
        // RFC 8446 §5.2: the type outside says nothing of what is inside.
        sink(record.type == 23 && record.version == 0x0304 ? .opaqueType : .contentType, 2, offset..<offset + 1, 0)
        sink(.recordVersion, 2, offset + 1..<offset + 3, 0)
        sink(.recordLength, 2, offset + 3..<offset + 5, 0)
        switch record.type {
        case 20:
            sink(.changeCipherSpec, 2, start..<end, 0)
            if record.session.isResumed { sink(.resumed, 3, start..<start, 0) }
        case 21:
            let isReadable = alert(record, input.frame) != "Encrypted Alert"
            sink(.alert, 2, start..<end, isReadable ? 1 : 0)
            guard isReadable else { return }
            sink(.alertLevel, 3, start..<start + 1, 0)
            sink(.alertDescription, 3, start + 1..<start + 2, 0)
        case 22:
            guard !isOpaque(record, input.frame) else { return sink(.message, 2, start..<end, 0) }
            var record = record
            forEachPart(record, input.frame) { part in
                sink(.message, 2, part.offset..<part.end, part.detail)
                guard part.kind != .whole else {
                    walk(part, of: record, input.frame, sink)
                    // What comes behind a hello in the same record depends on it.
                    if part.type == 2 {
                        let body = input.frame.slice(from: part.offset + 4, count: part.count - 4)
                        record.session.take(2, body, record.version)
                    }
                    return
                }
                guard collector.take(part, input.frame, input) else { return }
                enter(collector)
                walk(collector, of: record, sink)
                enter(nil)
                collector.clear()
            }
        case 23:
            sink(.applicationData, 2, start..<end, 0)
            if record.session.carriesFTP { sink(.applicationProtocol, 2, offset..<offset, 0) }
        case 24: heartbeat(in: start..<end, input.frame, sink)
        default: break
        }
    }

    /// What a whole message says.
    private static func walk(_ part: TLSHandshakePart, of record: TLSRecord, _ bytes: Bytes, _ sink: TreeSink) {
        let message = TLSMessage(type: part.type, offset: part.offset, length: part.count - 4)
        sink(.messageType, 3, message.offset..<message.offset + 1, 0)
        sink(.messageLength, 3, message.offset + 1..<message.body, 0)
        if message.type == 1 || message.type == 2 {
            walk(hello: message, of: record, bytes, sink)
        } else {
            walk(message, of: record, bytes, sink)
        }
    }

    /// A message that was put together, and of what.
    private static func walk(_ collector: TLSMessageCollector, of record: TLSRecord, _ sink: TreeSink) {
        let count = collector.bytes.count
        let place = record.offset..<record.offset + count
        sink(.messagePieces, 2, place, collector.pieces.count)
        var offset = 0
        for piece in collector.pieces {
            sink(.messagePiece, 3, offset..<offset + Int(piece.count), Int(piece.frame) + 1)
            offset += Int(piece.count)
        }
        sink(.messagePieceCount, 3, 0..<0, collector.pieces.count)
        let part = TLSHandshakePart(kind: .whole, type: collector.bytes[0], offset: 0, count: count)
        sink(.message, 2, place, part.detail)
        walk(part, of: record, collector.bytes.bytes, sink)
    }

    /// RFC 6520 §4.
    private static func heartbeat(in range: Range<Int>, _ bytes: Bytes, _ sink: TreeSink) {
        let start = range.lowerBound
        sink(.heartbeat, 2, range, 0)
        guard range.count >= 3, (1...2).contains(bytes.u8(at: start)) else { return }
        sink(.heartbeatType, 3, start..<start + 1, 0)
        sink(.heartbeatLength, 3, start + 1..<start + 3, 0)
        let size = Int(bytes.u16(at: start + 1))
        guard start + 3 + size + 16 <= range.upperBound else {
            // RFC 6520 §4 wants such a message dropped: it once made servers answer with what was none of it.
            sink(.heartbeatInvalid, 4, start + 1..<start + 1, size)
            return sink(.heartbeatPayload, 3, start + 3..<range.upperBound, 0)
        }
        sink(.heartbeatPayload, 3, start + 3..<start + 3 + size, 0)
        sink(.heartbeatPadding, 3, start + 3 + size..<range.upperBound, 0)
    }
}
