package import Bytes

/// One TLS record (RFC 8446 §5.1), where it lies in what it is read from.
struct TLSRecord: BitwiseCopyable {
    let offset: Int
    /// Of its body, as it says and as far as it is there.
    let length: Int
    let available: Int
    let type: UInt8
    /// What it is shown with.
    let version: UInt16
    /// What is known before it.
    var session: TLSSession
    let isFromServer: Bool

    var body: Int { offset + 5 }
    var end: Int { body + available }
    var isEncrypted: Bool { session.isEncrypted(fromServer: isFromServer) }
    /// The handshake message that it may go on with.
    var open: TLSOpenMessage { session.open(fromServer: isFromServer) }
}

/// Where reading records ended.
package struct TLSReadingEnd: Sendable, BitwiseCopyable {
    /// What every record before it has told.
    package var session: TLSSession
    /// Of the first byte behind the last whole record.
    package var offset: Int
    /// How long what begins there has to be at least; nil where nothing does, or no record.
    package var wanted: Int?
}

extension TLS {
    /// Whether the byte can begin a record; Connection ID is the last type that IANA's registry has.
    static func isContentType(_ type: UInt8) -> Bool { (20...25).contains(type) }

    /// Whether bytes that follow no record may be TLS: neither type nor version would speak for it otherwise.
    package static func mayBegin(_ bytes: Bytes) -> Bool {
        isContentType(bytes.u8(at: 0)) || bytes.count >= 5 && bytes.u8(at: 1) == 3
    }

    /// Reads the records of `bytes` and tells where what is whole of them ends.
    ///
    /// - Parameter piece: called with where pieces of handshake messages lie that several records hold.
    package static func read(
        _ bytes: Bytes, _ session: TLSSession, fromServer: Bool,
        _ piece: (_ range: Range<Int>, _ isFirst: Bool, _ isLast: Bool) -> Void
    ) -> TLSReadingEnd {
        forEachRecord(in: bytes, from: 0, to: bytes.count, of: bytes.count, session, fromServer) { record in
            forEachPart(record, bytes) { part in
                if part.kind != .whole { piece(part.offset..<part.end, part.kind == .first, part.kind == .last) }
            }
        }
    }

    /// Calls `body` with each record between `start` and `end`; `limit` lies behind `end` where a snap length has cut
    /// what belongs to them.
    @discardableResult
    static func forEachRecord(
        in bytes: Bytes, from start: Int, to end: Int, of limit: Int, _ session: TLSSession, _ isFromServer: Bool,
        _ body: (TLSRecord) -> Void
    ) -> TLSReadingEnd {
        var state = TLSReadingEnd(session: session, offset: start, wanted: nil)
        while state.offset < end, isContentType(bytes.u8(at: state.offset)) {
            let offset = state.offset
            guard offset + 5 <= end else {
                state.wanted = 5
                return state
            }
            let length = Int(bytes.u16(at: offset + 3))
            guard offset + 5 + length <= limit else {
                state.wanted = 5 + length
                return state
            }
            let available = min(length, end - offset - 5)
            let record = bytes.slice(from: offset, count: 5 + available)
            body(
                TLSRecord(
                    offset: offset, length: length, available: available, type: record.u8(at: 0),
                    version: state.session.version(of: record), session: state.session, isFromServer: isFromServer))
            state.session.take(record, fromServer: isFromServer)
            state.offset = min(limit, offset + 5 + length)
        }
        return state
    }
}

extension FieldInput {
    /// Calls `body` with each record of a TLS layer; the offset answered is where what is no record begins.
    @discardableResult
    func forEachRecord(_ body: (TLSRecord) -> Void) -> TLSReadingEnd {
        let tls = facts.tls
        let isCut = layers.payload.captured < layers.payload.length
        let end = layer.end
        return TLS.forEachRecord(
            in: frame, from: start, to: end, of: isCut ? Int(layers.payload.offset) + Int(layers.payload.length) : end,
            tls.session, tls.isFromServer, body)
    }
}
