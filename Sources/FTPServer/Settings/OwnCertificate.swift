import Crypto
import FTPProtocol
import Glibc
import SwiftASN1
import SystemPackage
import X509

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A certificate that the server makes for itself, so that nobody has to go without TLS for want of one.
///
/// Nobody vouches for it: a client has to be told its fingerprint, which is why it is made once and kept.
package struct OwnCertificate: Sendable {
    package let certificatePath: String
    package let keyPath: String
    /// Whether it was made just now.
    package let isNew: Bool

    /// Takes what is in `folder`, or makes it there: a key that only its owner may read, and a certificate for ten years.
    package init(in folder: String, hostNames: [String]) throws {
        certificatePath = folder + "/certificate.pem"
        keyPath = folder + "/key.pem"
        if unsafe access(certificatePath, R_OK) == 0, unsafe access(keyPath, R_OK) == 0 {
            isNew = false
            return
        }
        let key = P256.Signing.PrivateKey()
        let name = try DistinguishedName { CommonName(hostNames.first ?? "localhost") }
        let now = Date()
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
            notValidBefore: now - 86_400, notValidAfter: now + 3650 * 86_400, issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                SubjectAlternativeNames(hostNames.map { .dnsName($0) })
            },
            issuerPrivateKey: .init(key))
        // The key first: a certificate without it would be taken for whole the next time.
        try Self.write(key.pemRepresentation, to: keyPath, permissions: .ownerReadWrite)
        try Self.write(
            try certificate.serializeAsPEM().pemString, to: certificatePath,
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
        isNew = true
    }

    private static func write(_ text: String, to path: String, permissions: FilePermissions) throws {
        let file = try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: permissions)
        try file.closeAfter { _ = try file.writeAll((text + "\n").utf8) }
    }

    /// SHA-256 of the certificate at `path`, as clients show it: `3F:9A:…`; nil if there is none.
    package static func fingerprint(of path: String) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let document = try? PEMDocument.parseMultiple(pemString: text).first
        else { return nil }
        return SHA256.hash(data: document.derBytes)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: ":")
    }
}
