import Bytes
import SystemPackage

/// Takes a stream that cannot be mapped as it is, from a pipe or gzip-compressed, into a temporary file that can.
///
/// What is no capture is refused at its first bytes, so that a wrong pipe or a compressed bomb costs no disk.
struct Spool: ~Copyable {
    static let gzipMagic: UInt16 = 0x1F8B
    private static let chunk = 1 << 20

    /// Enough of the beginning to tell what it is.
    private static let headLength = 4096

    private let file: TemporaryFile
    private var inflater: Inflater?
    /// What came in before it was clear whether it is compressed, which takes two bytes.
    private var undecided: [UInt8]? = []
    /// The first unpacked bytes, until they have been looked at.
    private var head: [UInt8]? = []
    /// Bytes taken in, as they are stored or sent.
    private(set) var taken: UInt64 = 0
    private(set) var damage: CaptureCode?

    init() throws(CaptureCode) {
        do {
            file = try TemporaryFile()
        } catch {
            throw .cannotSpool(error)
        }
    }

    var descriptor: FileDescriptor { file.descriptor }
    var isCompressed: Bool { inflater != nil }

    mutating func take(all stored: MappedFile) throws(CaptureCode) {
        var offset = 0
        while offset < stored.count, damage == nil {
            try take(stored.bytes.slice(from: offset, count: Self.chunk))
            offset += Self.chunk
        }
        taken = UInt64(stored.count)
    }

    mutating func take(all input: FileDescriptor) throws(CaptureCode) {
        var buffer = [UInt8](repeating: 0, count: Self.chunk)
        while damage == nil {
            let count: Int
            do {
                count = try input.read(into: &buffer)
            } catch {
                throw .cannotRead(error)
            }
            if count == 0 { return }
            try take(buffer.bytes.slice(from: 0, count: count))
        }
    }

    /// Says what is known only at the end: that gzip was cut.
    mutating func finish() throws(CaptureCode) {
        if let undecided { try keep(undecided.bytes) }
        if inflater?.isAtEnd == false, damage == nil { damage = .gzipCut }
    }

    private mutating func take(_ bytes: Bytes) throws(CaptureCode) {
        taken += UInt64(bytes.count)
        if var first = undecided {
            first += bytes.array
            undecided = first.count < 2 ? first : nil
            guard undecided == nil else { return }
            if first.bytes.u16(at: 0) == Self.gzipMagic { inflater = Inflater() }
            try unpack(first.bytes)
        } else {
            try unpack(bytes)
        }
    }

    private mutating func unpack(_ bytes: Bytes) throws(CaptureCode) {
        guard var inflater = inflater.take() else { return try keep(bytes) }
        var refusal: CaptureCode?
        do {
            try inflater.push(bytes) { piece in
                do throws(CaptureCode) {
                    try keep(piece)
                } catch {
                    refusal = error
                }
                return refusal == nil
            }
        } catch {
            damage = error == .followedByGarbage ? .gzipFollowedByGarbage : .gzipDamaged
        }
        self.inflater = consume inflater
        if let refusal { throw refusal }
    }

    /// Appends unpacked bytes to the file, after a look at the very first ones.
    private mutating func keep(_ bytes: Bytes) throws(CaptureCode) {
        if var head {
            head += bytes.slice(from: 0, count: Self.headLength - head.count).array
            self.head = head.count < Self.headLength ? head : nil
            if self.head == nil, let refusal = FileFormat.refusal(ofBeginning: head.bytes) { throw refusal }
        }
        do {
            try file.descriptor.write(bytes)
        } catch {
            throw .cannotSpool(error)
        }
    }
}
