package import Bytes
import FTPProtocol
import SwiftASN1
import X509

/// What the readable part of a TLS connection says about itself.
package struct TLSFacts: Sendable, Hashable {
    /// The server name that the client asked for (RFC 6066 §3).
    package var serverName: String?
    /// The protocols that the client offered (RFC 7301).
    package var offeredProtocols: [String] = []
    /// The one that the server took; TLS 1.3 hides it.
    package var chosenProtocol: String?
    /// What the server settled on (RFC 8446 §4.2.1), else its legacy version.
    package var version: UInt16?
    /// IANA's number of the cipher suite.
    package var cipherSuite: UInt16?
    /// The server's own certificate, which TLS 1.3 hides.
    package var certificate: TLSCertificate?
    /// Fatal alert descriptions (RFC 8446 §6.2) that went over in clear.
    package var alerts: [UInt8] = []
    /// Whether both sides have gone over to encryption.
    package var isEstablished = false

    package init() {}
}

/// A server certificate's subject, as X.509 writes names: `CN=ftp.example.com,O=Example`.
package struct TLSCertificate: Sendable, Hashable {
    package let subject: String
    package let issuer: String
    /// The subject with X.520's names, the innermost attribute first: `id-at-commonName=ftp.example.com`.
    let attributes: String

    /// Nil when `der` is no certificate.
    init?(der: [UInt8]) {
        guard let certificate = try? Certificate(derEncoded: der) else { return nil }
        subject = displayText(certificate.subject.description.utf8)
        issuer = displayText(certificate.issuer.description.utf8)
        attributes = Self.attributes(of: certificate.subject)
    }

    private static func attributes(of name: DistinguishedName) -> String {
        name.reversed().flatMap { $0 }.map { attribute in
            "\(Self.name(of: attribute.type))=\(displayText(attribute.value.description.utf8))"
        }.joined(separator: ",")
    }

    /// X.520's names; PKCS #9 has the mail address.
    private static func name(of type: ASN1ObjectIdentifier) -> String {
        switch type.description {
        case "2.5.4.3": "id-at-commonName"
        case "2.5.4.4": "id-at-surname"
        case "2.5.4.5": "id-at-serialNumber"
        case "2.5.4.6": "id-at-countryName"
        case "2.5.4.7": "id-at-localityName"
        case "2.5.4.8": "id-at-stateOrProvinceName"
        case "2.5.4.9": "id-at-streetAddress"
        case "2.5.4.10": "id-at-organizationName"
        case "2.5.4.11": "id-at-organizationalUnitName"
        case "2.5.4.12": "id-at-title"
        case "2.5.4.42": "id-at-givenName"
        case "1.2.840.113549.1.9.1": "pkcs-9-at-emailAddress"
        case "0.9.2342.19200300.100.1.25": "dc"
        default: type.description
        }
    }
}

/// Reads the handshake in one direction of a TLS connection, from whatever pieces the stream comes in.
package struct TLSReader: Sendable {
    package enum Outcome: Sendable {
        /// All of the chunk was TLS.
        case consumed
        /// What begins at this offset of the chunk is no TLS record: the connection went back to clear text (CCC) or
        /// never was TLS.
        case notTLS(at: Int)
    }

    /// Handshake messages may span records; a certificate chain needs a few KiB, an attack gets no more than this.
    private static let maximumMessage = 1 << 17

    private var record: [UInt8] = []
    private var handshake: [UInt8] = []
    /// Bytes of an unread record that still have to pass, kept out of memory once nothing more can be read from them.
    private var skip = 0
    private var isEncrypted = false

    package init() {}

    package mutating func push(_ bytes: Bytes, into facts: inout TLSFacts) -> Outcome {
        var offset = 0
        while offset < bytes.count {
            if skip > 0 {
                let passed = min(skip, bytes.count - offset)
                skip -= passed
                offset += passed
                continue
            }
            let start = offset
            while record.count < 5, offset < bytes.count {
                record.append(bytes.u8(at: offset))
                offset += 1
            }
            guard record.count >= 5 else {
                return record.count > 0 && !(20...24).contains(record[0]) ? .notTLS(at: start) : .consumed
            }
            guard TLS.isRecordHeader(record.bytes) else { return .notTLS(at: start) }
            let length = Int(record[3]) << 8 | Int(record[4])
            let isReadable = !isEncrypted && (record[0] == 22 || record[0] == 21)
            guard isReadable else {
                if record[0] == 20 || record[0] == 23 {
                    isEncrypted = true
                    facts.isEstablished = facts.isEstablished || record[0] == 23
                }
                skip = length
                record.removeAll(keepingCapacity: true)
                continue
            }
            let wanted = min(5 + length - record.count, bytes.count - offset)
            record += bytes.slice(from: offset, count: wanted).array
            offset += wanted
            guard record.count == 5 + length else { return .consumed }
            read(&facts)
            record.removeAll(keepingCapacity: true)
        }
        return .consumed
    }

    private mutating func read(_ facts: inout TLSFacts) {
        if record[0] == 21 {
            if record.count == 7 { facts.alerts.append(record[6]) }
            return
        }
        handshake += record[5...]
        var offset = 0
        while handshake.count - offset >= 4 {
            let length = Int(handshake.bytes.u24(at: offset + 1))
            guard length <= Self.maximumMessage else {
                // No handshake is that large: nothing more will be understood.
                isEncrypted = true
                handshake = []
                return
            }
            guard handshake.count - offset - 4 >= length else { break }
            Self.read(handshake[offset], handshake.bytes.slice(from: offset + 4, count: length), &facts)
            offset += 4 + length
        }
        handshake.removeFirst(offset)
    }

    private static func read(_ type: UInt8, _ body: Bytes, _ facts: inout TLSFacts) {
        switch type {
        case 1: readClientHello(body, &facts)
        case 2: readServerHello(body, &facts)
        case 11:
            // RFC 5246 §7.4.2: the length of the list, then each certificate behind its length, the server's first.
            let length = Int(body.u24(at: 3))
            if facts.certificate == nil, body.has(length, at: 6) {
                facts.certificate = TLSCertificate(der: body.slice(from: 6, count: length).array)
            }
        default: break
        }
    }

    private static func readClientHello(_ body: Bytes, _ facts: inout TLSFacts) {
        TLSHello.forEachExtension(in: body, isClient: true) { type, offset, length in
            let data = body.slice(from: offset, count: length)
            switch type {
            case 0 where data.u8(at: 2) == 0:
                facts.serverName = displayText(data.slice(from: 5, count: Int(data.u16(at: 3))).array)
            case 16: facts.offeredProtocols = protocolNames(data)
            default: break
            }
        }
    }

    private static func readServerHello(_ body: Bytes, _ facts: inout TLSFacts) {
        guard let suite = TLSHello.cipherSuites(in: body, isClient: false).first else { return }
        facts.version = body.u16(at: 0)
        facts.cipherSuite = body.u16(at: suite)
        TLSHello.forEachExtension(in: body, isClient: false) { type, offset, length in
            switch type {
            case 43: facts.version = body.u16(at: offset)
            case 16: facts.chosenProtocol = protocolNames(body.slice(from: offset, count: length)).first
            default: break
            }
        }
    }

    private static func protocolNames(_ data: Bytes) -> [String] {
        var names: [String] = []
        TLSHello.forEachProtocol(in: data) { names.append(displayText(data.slice(from: $0, count: $1).array)) }
        return names
    }
}
