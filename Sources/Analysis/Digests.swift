package import Bytes
import Crypto

/// A file's checksums, as lower-case hexadecimal text.
package struct Digests: Sendable, Hashable {
    package let md5: String
    package let sha256: String
}

/// Computes both checksums over pieces.
package struct DigestMaker {
    private var md5 = Insecure.MD5()
    private var sha256 = SHA256()

    package init() {}

    package mutating func update(_ bytes: Bytes) {
        let data = bytes.array
        md5.update(data: data)
        sha256.update(data: data)
    }

    package func finish() -> Digests {
        Digests(md5: Self.hex(md5.finalize()), sha256: Self.hex(sha256.finalize()))
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension Story {
    /// The checksums of what a transfer moved; nil unless all of it is in the capture and can be read.
    package func digests(of transfer: Transfer) -> Digests? {
        guard hasChecksums, transfer.state == .complete, let data = transfer.data, data.gaps.isEmpty, !data.isEncrypted
        else { return nil }
        var maker = DigestMaker()
        let end = readContent(of: transfer) { piece in
            if case .bytes(let bytes) = piece { maker.update(bytes) }
        }
        return end.isWhole ? maker.finish() : nil
    }
}

extension Story {
    /// The checksums of a file that came in several pieces; nil unless together they are the whole file.
    package func digests(of file: FileAssembly) -> Digests? {
        let parts = file.pieces.map { transfers[$0] }.sorted { ($0.offset ?? 0, $0.id) < ($1.offset ?? 0, $1.id) }
        guard hasChecksums, file.isWhole, parts.allSatisfy({ $0.data?.gaps.isEmpty ?? false }) else { return nil }
        var maker = DigestMaker()
        var position: Int64 = 0
        for part in parts {
            var offset = part.offset ?? 0
            let end = readContent(of: part) { piece in
                guard case .bytes(let bytes) = piece else { return }
                // Pieces may overlap: what an earlier one gave is not taken again.
                let new = bytes.slice(from: Int(max(0, position - offset)))
                offset += Int64(bytes.count)
                if !new.isEmpty, offset > position {
                    maker.update(new)
                    position = offset
                }
            }
            guard end.isWhole else { return nil }
        }
        return maker.finish()
    }
}
