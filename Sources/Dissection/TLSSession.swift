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

    package init() {}

    /// Whether the sender has said that its records are encrypted from there on (RFC 5246 §7.1).
    func isEncrypted(fromServer: Bool) -> Bool { fromServer ? isServerEncrypted : isClientEncrypted }

    /// The version that a record is shown with: the session's, else its own.
    func version(of record: Bytes) -> UInt16 { version == 0 ? record.u16(at: 1) : version }

    /// Takes in what a whole record says.
    package mutating func take(_ record: Bytes, fromServer: Bool) {
        switch record.u8(at: 0) {
        case 20:
            settle(on: record.u16(at: 1))
            if fromServer { (isServerEncrypted, isResumed) = (true, false) } else { isClientEncrypted = true }
        case 22:
            guard !isEncrypted(fromServer: fromServer) else { return }
            var offset = 5
            let end = min(record.count, 5 + Int(record.u16(at: 3)))
            while offset + 4 <= end {
                let length = Int(record.u24(at: offset + 1))
                guard offset + 4 + length <= end else { return }
                take(record.u8(at: offset), record.slice(from: offset + 4, count: length), record.u16(at: 1))
                offset += 4 + length
            }
        case 23: settle(on: record.u16(at: 1))
        default: break
        }
    }

    private mutating func settle(on version: UInt16) {
        if self.version == 0, (0x0300...0x0304).contains(version) { self.version = version }
    }

    private mutating func take(_ type: UInt8, _ body: Bytes, _ recordVersion: UInt16) {
        let session = body.slice(from: 35, count: Int(body.u8(at: 34)))
        switch type {
        case 1: offeredDigest = Self.digest(session)
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
