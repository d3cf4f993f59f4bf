import Bytes
import FTPProtocol

/// What data connections carry. The first byte says type, structure and mode, the second one in what pieces it comes,
/// the third whether it is a file to be sent and received (even) or a stream to be received (odd); the rest are its bytes.
package struct DataSubject: Subject {
    private let number: UInt64
    private static let types: [RepresentationType] = [.ascii(.nonPrint), .ebcdic(.nonPrint), .image, .local(bits: 8)]

    package init(number: UInt64) { self.number = number }

    private struct Way {
        let type: RepresentationType
        let structure: FileStructure
        let mode: TransferMode

        init(_ byte: UInt8) {
            type = DataSubject.types[Int(byte & 3)]
            structure = byte & 4 == 0 ? .file : .record
            mode = TransferMode.allCases[Int(byte >> 3) % TransferMode.allCases.count]
        }

        func encode(_ content: [UInt8], _ size: Int) -> [UInt8] {
            var encoder = TransferEncoder(type: type, structure: structure, mode: mode)
            var output: [UInt8] = []
            for start in stride(from: 0, to: content.count, by: size) {
                encoder.push(Array(content[start..<min(start + size, content.count)]).bytes, into: &output)
            }
            encoder.finish(into: &output)
            return output
        }

        /// What comes out, if need be before what is wrong.
        func decode(_ stream: [UInt8], _ size: Int) -> (content: [UInt8], failure: TransferDecoder.Failure?) {
            var decoder = TransferDecoder(type: type, structure: structure, mode: mode)
            var (content, markers): ([UInt8], [TransferDecoder.Marker]) = ([], [])
            do throws(TransferDecoder.Failure) {
                for start in stride(from: 0, to: stream.count, by: size) where !decoder.isAtEnd {
                    let piece = Array(stream[start..<min(start + size, stream.count)])
                    try decoder.push(piece.bytes, into: &content, markers: &markers)
                }
                try decoder.finish(into: &content)
            } catch { return (content, error) }
            return (content, nil)
        }
    }

    package func mutant(_ index: Int) -> (bytes: [UInt8], origin: String) {
        var dice = Dice(seed: number, index: index)
        let head = [UInt8(dice.roll(256)), UInt8(dice.roll(256))]
        let content = Self.content(&dice)
        if dice.isLucky(in: 3) { return (head + [0] + content, "file") }
        if dice.isLucky(in: 6) { return (head + [1] + content, "noise") }
        var stream = Way(head[0]).encode(content, 1 + dice.roll(5000))
        for _ in 0..<dice.roll(5) { dice.pick(RawMutation.allCases).apply(to: &stream, &dice) }
        return (head + [1] + stream, "mutated stream")
    }

    /// Texts, runs and noise, with what matters to lines and records.
    private static func content(_ dice: inout Dice) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<dice.roll(dice.pick([3, 20, 200])) {
            switch dice.roll(6) {
            case 0: bytes += [dice.pick([0, 10, 13, 32, 0x40, 0x7F, 0x80, 0xFF])]
            case 1: bytes += [UInt8](repeating: dice.pick([0, 32, 0x40, 0x41]), count: dice.roll(200))
            case 2: bytes += dice.bytes(dice.roll(40))
            case 3: bytes += dice.pick([[13, 10], [10], [13], [13, 13, 10], [0xFF, 1], [0xFF, 0xFF]])
            case 4 where dice.isLucky(in: 20): bytes += dice.bytes(dice.pick([0xFFFF, 0x1_0000, 0x1_0001]))
            default: bytes += Array("some text of a line".utf8)
            }
        }
        return bytes
    }

    package func run(_ bytes: [UInt8]) -> [String] {
        guard bytes.count >= 3 else { return [] }
        let (way, rest) = (Way(bytes[0]), Array(bytes[3...]))
        // No more than some hundred pieces, for each costs its time.
        let size = (Int(bytes[1]) + 1) * max(1, rest.count >> 8)
        let name = "\(way.type.argument) \(way.structure) \(way.mode)"
        var faults: [String] = []
        if bytes[2] & 1 == 0 {
            let stream = way.encode(rest, size)
            let received = way.decode(stream, size + 1)
            // What is sent as a text has its lines ended by LF when it arrives.
            let isText = way.type.letter == "A" && way.structure == .file
            let expected = isText ? Self.withoutCarriageReturns(rest) : rest
            if received.failure != nil || received.content != expected {
                faults.append(
                    "\(name): \(rest.count) bytes became \(received.content.count), \(received.failure as Any)")
            }
        } else {
            let (pieces, whole) = (way.decode(rest, size), way.decode(rest, max(1, rest.count)))
            // Behind the end of the file a connection may carry something else.
            if pieces.failure == nil, whole.failure == nil, pieces.content != whole.content {
                faults.append("\(name): pieces of \(size) make another file than all at once")
            }
            if (pieces.failure == nil) != (whole.failure == nil), way.mode == .deflate || way.mode == .stream {
                faults.append("\(name): pieces of \(size): \(pieces.failure as Any), at once: \(whole.failure as Any)")
            }
            // A byte of MODE C stands for 63 at most, one of MODE Z for about a thousand.
            if pieces.content.count > 1100 * (rest.count + 1) {
                faults.append("\(name): \(rest.count) bytes became \(pieces.content.count)")
            }
        }
        return faults
    }

    /// CR LF as LF; a CR alone stays.
    private static func withoutCarriageReturns(_ bytes: [UInt8]) -> [UInt8] {
        bytes.indices.filter { bytes[$0] != 13 || $0 + 1 == bytes.count || bytes[$0 + 1] != 10 }.map { bytes[$0] }
    }
}
