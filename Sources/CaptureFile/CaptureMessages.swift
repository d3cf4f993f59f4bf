import SystemPackage

extension CaptureCode {
    /// What a person reads, without the path: what is wrong, and the way out where there is one.
    package var message: String {
        switch self {
        case .noPath: "no capture file was given"
        case .cannotOpen(let error): "cannot be opened: \(error.text)"
        case .cannotRead(let error): "cannot be read: \(error.text)"
        case .directory: "is a directory; give the capture files in it by name"
        case .empty: "not a capture file: it is empty (0 bytes)"
        case .notCapture(let start): "not a capture file: it begins with \(start); \(Self.whatIsRead)"
        case .otherFormat(let format): "not a capture file Wharf reads: \(format.message)"
        case .fileHeaderCut(let needed, let present):
            "cut short inside the file header, which needs \(bytes(needed)): only \(bytes(present)) are there"
        case .unsupportedVersion(let major, let minor):
            "written in version \(major).\(minor) of its format, which Wharf does not know"
        case .byteOrderMagic(let magic):
            "not a capture file: a pcapng section begins, but its byte-order magic is 0x\(hex(magic))"
        case .tooLarge: "too large: Wharf addresses 256 TiB of captures at once"
        case .cannotSpool(let error):
            "cannot be unpacked into a temporary file: \(error.text); set TMPDIR to a directory with room"
        case .cannotCreate(let error): "cannot be created: \(error.text)"
        case .cannotWrite(let error): "cannot be written: \(error.text)"
        case .wouldReplaceInput: "is being read; write to another file"
        case .linkTypesDiffer(let first, let second):
            "pcap holds frames of one link type, and these are \(first) and \(second); write pcapng"
        case .blockTooLong(let length): "\(bytes(length)) in one piece are more than the format can hold"
        default: message(frame: nil, byte: nil)
        }
    }

    static let whatIsRead = "Wharf reads pcap and pcapng, plain or gzip-compressed"

    var isAboutWriting: Bool {
        switch self {
        case .cannotCreate, .cannotWrite, .wouldReplaceInput, .linkTypesDiffer, .blockTooLong: true
        default: false
        }
    }

    /// The message with its place: the number of the frame that would have come next, and the byte of the damage.
    func message(frame: UInt64?, byte: UInt64?) -> String {
        let packet = frame.map { "packet \($0)" } ?? "a packet"
        let place = byte.map { "at byte \($0)" } ?? "here"
        let end = { (present: Int) in
            byte.map { "but the file ends at byte \($0 + UInt64(present)) (\(bytes(present)) are there)" }
                ?? "but only \(bytes(present)) are there"
        }
        return switch self {
        case .recordHeaderCut(let needed, let present):
            "cut short: the record header of \(packet) begins \(place) and needs \(bytes(needed)), \(end(present))"
        case .recordCut(let claimed, let present):
            "cut short: \(packet) begins \(place) and claims \(bytes(Int(claimed))), \(end(present))"
        case .recordTooLong(let claimed):
            "damaged: \(packet) begins \(place) and claims \(bytes(Int(claimed))), more than any packet has"
        case .recordOfZeros:
            "damaged: where \(packet) should begin, \(place), there are only zeros, as in a file that was not written to its end"
        case .blockCut(let type, let claimed, let present):
            "cut short: \(type.isPacket ? packet + ", " : "")a block of type \(type) that begins \(place), "
                + "claims \(bytes(Int(claimed))), \(end(present))"
        case .blockHeaderCut(let present):
            "cut short: a block begins \(place) and needs \(bytes(PcapngBlock.overhead)), \(end(present))"
        case .garbage(let skipped):
            "damaged: no block begins \(place), before \(packet); reading goes on \(bytes(skipped)) further on"
        case .garbageToEnd: "damaged: no block begins \(place), before \(packet), or anywhere after it"
        case .blockTrailer(let type, let length, let trailer):
            "damaged: the block of type \(type) \(place) begins with a length of \(length) and ends with \(trailer)"
        case .malformedBlock(let type): "damaged: the block of type \(type) \(place) is too short for what it holds"
        case .packetExceedsBlock(let claimed, let present):
            "damaged: the packet \(place), before \(packet), claims \(bytes(Int(claimed))) and its block has room for "
                + "\(present); it is left out"
        case .undeclaredInterface(let id):
            "damaged: the block \(place), before \(packet), is of interface \(id), which its section does not declare; "
                + "it is left out"
        case .tooManyInterfaces: "more than 65536 interfaces are declared \(place); the rest is left out"
        case .tooMuchMetadata: "more comments, names or other blocks than Wharf keeps \(place); the rest is left out"
        case .unsupportedVersion(let major, let minor):
            "a section in version \(major).\(minor) of pcapng begins \(place), which Wharf does not know"
        case .byteOrderMagic(let magic): "damaged: a section begins \(place) with the byte-order magic 0x\(hex(magic))"
        case .gzipCut: "cut short: the gzip stream ends before its end\(after(byte))"
        case .gzipDamaged: "damaged: the gzip stream makes no sense\(after(byte))"
        case .gzipFollowedByGarbage: "something that is not gzip follows the gzip stream; it is left out"
        default: message
        }
    }

    private func after(_ unpacked: UInt64?) -> String {
        unpacked.map { ", after \($0) unpacked bytes" } ?? ""
    }
}

private func bytes(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }

private func hex(_ value: UInt32) -> String { String(value, radix: 16) }

extension Errno {
    /// The system's words for the error.
    var text: String { description }
}
