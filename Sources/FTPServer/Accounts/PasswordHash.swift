import Crypto
import CryptoExtras
import FTPProtocol

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A password as it is kept: what scrypt (RFC 7914) makes of it and a salt, with the costs it took.
///
/// Written `scrypt$15$8$1$SALT$KEY`: the binary logarithm of N, r, p, then salt and key in base64.
package struct PasswordHash: Sendable, Hashable {
    /// 2^15 × 8 × 128 bytes are 32 MiB for each try, which is what makes trying many expensive.
    private static let cost = (logarithm: 15, blockSize: 8, parallelism: 1)
    private static let keyBytes = 32

    package let text: String

    package init(text: String) { self.text = text }

    /// Hashes `password` with a salt that nobody else has.
    package init(of password: [UInt8]) {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let key = Self.key(password, salt, Self.cost.logarithm, Self.cost.blockSize, Self.cost.parallelism) ?? []
        text =
            "scrypt$\(Self.cost.logarithm)$\(Self.cost.blockSize)$\(Self.cost.parallelism)"
            + "$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())"
    }

    /// Compares in a time that does not tell how much is right.
    package func matches(_ password: [UInt8]) -> Bool {
        let parts = text.split(separator: "$")
        guard parts.count == 6, parts[0] == "scrypt", let logarithm = Int(parts[1]), (1...20).contains(logarithm),
            let blockSize = Int(parts[2]), let parallelism = Int(parts[3]),
            let salt = Data(base64Encoded: String(parts[4])), let expected = Data(base64Encoded: String(parts[5])),
            let key = Self.key(password, Array(salt), logarithm, blockSize, parallelism)
        else { return false }
        return key.count == expected.count && zip(key, expected).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func key(
        _ password: [UInt8], _ salt: [UInt8], _ logarithm: Int, _ blockSize: Int, _ parallelism: Int
    ) -> [UInt8]? {
        let key = try? KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: keyBytes, rounds: 1 << logarithm, blockSize: blockSize,
            parallelism: parallelism, maxMemory: 1 << 30)
        return key.map { unsafe $0.withUnsafeBytes { unsafe Array($0) } }
    }
}
