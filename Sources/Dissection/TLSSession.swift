package import Bytes

/// What earlier records of a connection tell about later ones.
package struct TLSSession: Sendable, Hashable, BitwiseCopyable {
    /// What both sides have settled on; 0 while that is open.
    package private(set) var version: UInt16 = 0
    /// IANA's number of the cipher suite; 0 while that is open.
    package private(set) var cipherSuite: UInt16 = 0
    /// Whether the server took up an earlier session, until its own Change Cipher Spec.
    package private(set) var isResumed = false
    /// Whether what is encrypted is known to be FTP.
    package var carriesFTP = false

    private var isClientEncrypted = false
    private var isServerEncrypted = false
    /// Of the session identifier that the client offered.
    private var offeredDigest: UInt64 = 0
    /// Whether the client means to send data before the server has answered (RFC 8446 §4.2.10).
    private var offersEarlyData = false
    private var clientMessage = TLSOpenMessage()
    private var serverMessage = TLSOpenMessage()

    package init() {}

    /// Whether the sender has said that its records are encrypted from there on (RFC 5246 §7.1).
    /// In TLS 1.3 that says nothing any more (RFC 8446 §5), and what is encrypted looks like application data.
    func isEncrypted(fromServer: Bool) -> Bool {
        version != 0x0304 && (fromServer ? isServerEncrypted : isClientEncrypted)
    }

    /// The handshake message that the sender has not finished.
    func open(fromServer: Bool) -> TLSOpenMessage { fromServer ? serverMessage : clientMessage }

    /// The version that a record is shown with: the session's, else its own.
    func version(of record: Bytes) -> UInt16 {
        guard version == 0 else { return version }
        return isEarlyData(record) ? 0x0304 : record.u16(at: 1)
    }

    private func isEarlyData(_ record: Bytes) -> Bool { version == 0 && offersEarlyData && record.u8(at: 0) == 23 }

    /// Takes in what a whole record says.
    package mutating func take(_ record: Bytes, fromServer: Bool) {
        switch record.u8(at: 0) {
        case 20:
            if fromServer || !offersEarlyData { settle(on: record.u16(at: 1)) }
            if fromServer { (isServerEncrypted, isResumed) = (true, false) } else { isClientEncrypted = true }
        case 22:
            var open = open(fromServer: fromServer)
            let (count, length) = (record.count - 5, Int(record.u16(at: 3)))
            let range = 5..<5 + max(0, min(count, length))
            guard
                !TLS.isOpaque(
                    record, range, isCut: count < length, isEncrypted: isEncrypted(fromServer: fromServer), open)
            else { return }
            var changed = self
            TLS.forEachPart(in: record, range, isCut: count < length, &open) { part in
                guard part.kind == .whole else { return }
                changed.take(
                    part.type, record.slice(from: part.offset + 4, count: part.count - 4), record.u16(at: 1))
            }
            self = changed
            if fromServer { serverMessage = open } else { clientMessage = open }
        case 23: settle(on: isEarlyData(record) ? 0x0304 : record.u16(at: 1))
        default: break
        }
    }

    private mutating func settle(on version: UInt16) {
        if self.version == 0, (0x0300...0x0304).contains(version) { self.version = version }
    }

    /// Takes in what a whole message says.
    mutating func take(_ type: UInt8, _ body: Bytes, _ recordVersion: UInt16) {
        let session = body.slice(from: 35, count: Int(body.u8(at: 34)))
        switch type {
        case 1:
            offeredDigest = Self.digest(session)
            TLSHello.forEachExtension(in: body, isClient: true) { type, _, _ in
                if type == 42 { offersEarlyData = true }
            }
        case 2:
            settle(on: recordVersion)
            if let suite = TLSHello.cipherSuites(in: body, isClient: false).first { cipherSuite = body.u16(at: suite) }
            TLSHello.forEachExtension(in: body, isClient: false) { type, offset, length in
                // RFC 8446 §4.2.1: what the legacy version no longer says.
                if type == 43, length == 2 { version = body.u16(at: offset) }
            }
            isResumed = version < 0x0304 && !session.isEmpty && Self.digest(session) == offeredDigest
        default: break
        }
    }

    /// FNV-1a, for telling one identifier from another; 0 for an empty one.
    private static func digest(_ bytes: Bytes) -> UInt64 {
        guard !bytes.isEmpty else { return 0 }
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for offset in 0..<bytes.count { digest = (digest ^ UInt64(bytes.u8(at: offset))) &* 0x0000_0100_0000_01B3 }
        return digest
    }
}
