package import Analysis
import Bytes
import FTPProtocol
package import SystemPackage

/// Writes every file that was transferred into a folder.
///
/// Names come from the wire and are not trusted: what is written is a plain name below the folder, made from the path's
/// last component; it never replaces what is there.
package struct FileExporter {
    /// One file that was written, or that could not be.
    package struct Result: Sendable {
        package let transfers: [Int]
        /// On the server.
        package let path: [UInt8]
        /// Below the folder; nil when nothing was written.
        package let name: String?
        package var bytes: Int64 = 0
        package var missing: [Range<Int64>] = []
        package var isDamaged = false
        /// Of a transfer that did not bring the whole file.
        package var state = Transfer.State.complete
        package var digests: Digests?
        package var isEncrypted = false
        /// Why the file could not be written, or not to its end.
        package var failure: Errno?
    }

    private let story: Story
    private let folder: FilePath
    /// The number that the next file of a name gets.
    private var numbers: [String: Int] = [:]

    private let selection: StorySelection?

    package init(_ story: Story, to folder: FilePath, _ selection: StorySelection? = nil) {
        self.selection = selection
        self.story = story
        self.folder = folder
    }

    /// Exports all files; `report` hears of each as soon as it is written.
    package mutating func export(_ report: (Result) throws -> Void) throws {
        var exported = Set<Int>()
        let joined = Dictionary(
            story.files.filter { $0.pieces.count > 1 }.map { ($0.pieces[0], $0) },
            uniquingKeysWith: { first, _ in first })
        for transfer in story.transfers where transfer.kind != .listing && !exported.contains(transfer.id) {
            let isWanted = selection?.transfers.contains(transfer.id) ?? true
            guard isWanted || joined[transfer.id].map({ selection?.has($0) ?? true }) ?? false,
                let data = transfer.data
            else { continue }
            if data.isEncrypted {
                var result = Result(transfers: [transfer.id], path: transfer.path, name: nil)
                result.isEncrypted = true
                try report(result)
                continue
            }
            // A refused command's empty connection is no file; an empty file that arrived is one.
            guard data.bytes > 0 || transfer.state == .complete else { continue }
            let file = joined[transfer.id]
            let pieces = file?.pieces ?? [transfer.id]
            exported.formUnion(pieces)
            let state = file?.isWhole == true ? .complete : pieces.map { story.transfers[$0].state }.last ?? .cut
            try report(write(pieces.map { story.transfers[$0] }, state))
        }
    }

    private mutating func write(_ pieces: [Transfer], _ state: Transfer.State) -> Result {
        let hasGaps = pieces.contains { $0.data.map { !$0.gaps.isEmpty } ?? false }
        let isPart = hasGaps || state != .complete
        let wanted = SafeName.of(pieces[0].path) + (isPart ? ".incomplete" : "")
        do {
            let (descriptor, name) = try create(wanted)
            var result = try descriptor.closeAfter { write(pieces, to: descriptor, name) }
            result.state = state
            return result
        } catch {
            var result = Result(transfers: pieces.map(\.id), path: pieces[0].path, name: nil)
            result.failure = error as? Errno ?? .ioError
            return result
        }
    }

    private func write(_ pieces: [Transfer], to descriptor: FileDescriptor, _ name: String) -> Result {
        var result = Result(transfers: pieces.map(\.id), path: pieces[0].path, name: name)
        var covered = Coverage()
        var end: Int64 = 0
        // Alone, a piece begins where its file does here: what came before it is not in this capture's hands.
        let base = pieces.map { $0.offset ?? 0 }.min() ?? 0
        var maker = DigestMaker()
        var inOrder: Int64 = 0
        for piece in pieces.sorted(by: { ($0.offset ?? 0, $0.id) < ($1.offset ?? 0, $1.id) }) {
            var position = (piece.offset ?? 0) - base
            let content = story.readContent(of: piece) { part in
                guard result.failure == nil else { return }
                switch part {
                case .gap(let count): position += count
                case .bytes(let bytes):
                    // Where pieces overlap the earlier one counts, as it does for the checksums.
                    let range = position..<position + Int64(bytes.count)
                    for hole in covered.holes(from: range.lowerBound, to: range.upperBound) {
                        let new = bytes.slice(from: Int(hole.lowerBound - position), count: hole.count)
                        do {
                            try descriptor.writeAll(toAbsoluteOffset: hole.lowerBound, new.array)
                        } catch {
                            result.failure = error as? Errno ?? .ioError
                        }
                    }
                    covered.insert(range)
                    if position <= inOrder, position + Int64(bytes.count) > inOrder {
                        maker.update(bytes.slice(from: Int(inOrder - position)))
                        inOrder = position + Int64(bytes.count)
                    }
                    position += Int64(bytes.count)
                }
                end = max(end, position)
            }
            result.isDamaged = result.isDamaged || content.isDamaged
        }
        result.bytes = covered.count
        result.missing = covered.holes(from: 0, to: end)
        // A hole at the end is kept as length, so that what follows a resumed transfer fits.
        if result.failure == nil, covered.last?.upperBound ?? 0 < end {
            do { try descriptor.resize(to: end) } catch { result.failure = error as? Errno ?? .ioError }
        }
        if result.failure == nil, !result.isDamaged, result.missing.isEmpty, inOrder == end {
            result.digests = maker.finish()
        }
        return result
    }

    /// Creates a new file; a name that is taken gets a number.
    private mutating func create(_ name: String) throws -> (FileDescriptor, String) {
        while true {
            let number = numbers[name, default: 1]
            numbers[name] = number + 1
            let candidate = number == 1 ? name : SafeName.numbered(name, number)
            do {
                // O_EXCL and O_NOFOLLOW: neither what is there nor what a link points to is ever written to.
                let descriptor = try FileDescriptor.open(
                    folder.appending(candidate), .readWrite, options: [.create, .exclusiveCreate, .noFollow],
                    permissions: [.ownerReadWrite, .groupRead, .otherRead])
                return (descriptor, candidate)
            } catch Errno.fileExists {
                continue
            }
        }
    }
}

/// File names that are safe to create, made from names that came over the wire.
enum SafeName {
    /// Most file systems allow 255 bytes; some room is left for numbers.
    private static let limit = 200

    static func of(_ path: [UInt8]) -> String {
        var name = displayText(Pathname.lastComponent(path))
        // By scalars: a character may be a separator with an accent.
        let unsafe = "/\\:*?\"<>|".unicodeScalars
        name = String(String.UnicodeScalarView(name.unicodeScalars.map { unsafe.contains($0) ? "_" : $0 }))
        while name.utf8.count > limit { name.removeLast() }
        // Neither a hidden file, nor this folder or its parent, nor a name that reads like an option.
        if let first = name.unicodeScalars.first, first == "." || first == "-" {
            name = "_" + String(name.unicodeScalars.dropFirst())
        }
        while name.last == " " || name.last == "." { name.removeLast() }
        while name.first == " " { name.removeFirst() }
        return name.isEmpty || name.allSatisfy({ $0 == "_" }) ? "unnamed" : name
    }

    /// `report.2.pdf`
    static func numbered(_ name: String, _ number: Int) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "\(name).\(number)" }
        return "\(name[..<dot]).\(number)\(name[dot...])"
    }
}
