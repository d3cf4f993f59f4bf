import Bytes
import CaptureFile
import Dissection

extension CaptureContext {
    /// What fields of the frame ask of a capture.
    convenience init(_ index: CaptureIndex, _ table: ApplicationTable? = nil, resolvesNames: Bool = false) {
        let metadata = index.metadata
        var interfaces: [Interface] = []
        interfaces.reserveCapacity(metadata.interfaces.count)
        var firstOfSection: [Int: Int] = [:]
        for (number, found) in metadata.interfaces.enumerated() {
            var interface = Interface()
            interface.encapsulation = found.linkType.encapsulation
            interface.timeDigits = found.resolution.digits
            interface.checkSequenceLength = found.fcsLength.map(Int.init)
            if index.capture.isPcapng(file: found.file) {
                let first = firstOfSection[found.section] ?? number
                firstOfSection[found.section] = first
                interface.id = UInt32(number - first)
                interface.section = UInt32(found.section + 1)
                interface.name = found.name
                interface.description = found.description
            }
            interfaces.append(interface)
        }
        let packets: @Sendable (UInt32) -> Packet = { frame in
            var packet = Packet()
            let header = FrameHeader(index.frames[Int(frame)])
            guard let options = index.capture.options(of: header, metadata) else { return packet }
            packet.flags = options.flags
            packet.dropCount = options.dropCount
            packet.packetID = options.packetID
            packet.queue = options.queue
            packet.comments = options.comments
            return packet
        }
        let hasOptions = metadata.interfaces.contains { index.capture.isPcapng(file: $0.file) }
        self.init(
            interfaces: interfaces, ftp: table?.facts, resolvesNames: resolvesNames,
            hasComments: !metadata.comments.isEmpty, packets: hasOptions ? packets : nil
        ) {
            index.datagrams[$0]?.fragments.map { SegmentReassembly.Piece(frame: $0.frame, count: $0.length) } ?? []
        } records: {
            table?.reassembly(of: $0)
        }
    }
}

extension FrameHeader {
    init(_ record: FrameRecord) {
        self.init(
            position: record.position, time: record.time, capturedLength: UInt32(record.capturedLength),
            originalLength: record.originalLength, interface: record.interface)
    }
}

extension LinkType {
    /// Wireshark's own number of the link layer, in its WTAP_ENCAP_ list; nil where Wharf does not know it.
    var encapsulation: Int64? { Self.encapsulations[rawValue] }

    private static let encapsulations: [UInt16: Int64] = [
        0: 15, 1: 1, 2: 184, 3: 148, 6: 2, 7: 8, 8: 3, 9: 4, 10: 6, 11: 10, 12: 7, 13: 38, 14: 7, 16: 11, 18: 11,
        19: 11, 32: 69, 50: 4, 51: 139, 99: 61, 100: 10, 101: 7, 104: 28, 105: 20, 106: 11, 107: 26, 108: 174,
        109: 38, 112: 28, 113: 25, 114: 30, 117: 39, 118: 29, 119: 21, 121: 32, 122: 18, 123: 13, 127: 23, 128: 37,
        129: 9, 130: 81, 131: 82, 133: 87, 135: 68, 136: 151, 137: 67, 138: 62, 139: 75, 140: 42, 141: 43, 142: 101,
        143: 33, 147: 45, 148: 46, 149: 47, 150: 48, 151: 49, 152: 50, 153: 51, 154: 52, 155: 53, 156: 54, 157: 55,
        158: 56, 159: 57, 160: 58, 161: 59, 162: 60, 163: 24, 165: 63, 167: 76, 169: 66, 170: 178, 171: 179, 172: 77,
        173: 78, 178: 83, 179: 84, 180: 85, 181: 86, 183: 91, 184: 181, 186: 92, 187: 41, 188: 93, 189: 95, 190: 109,
        192: 97, 195: 104, 199: 103, 200: 197, 201: 99, 202: 147, 203: 131, 204: 19, 210: 106, 211: 108, 212: 107,
        213: 111, 214: 105, 215: 113, 220: 115, 224: 121, 225: 122, 226: 124, 227: 125, 228: 129, 229: 130, 230: 127,
        231: 146, 235: 132, 236: 133, 237: 157, 239: 141, 240: 135, 241: 136, 242: 180, 243: 138, 245: 140, 248: 149,
        249: 152, 250: 153, 251: 154, 252: 155, 253: 158, 254: 159, 255: 160, 256: 161, 258: 171, 259: 172, 260: 173,
        264: 177, 266: 182, 268: 36, 270: 183, 271: 185, 272: 186, 273: 199, 274: 198, 275: 200, 276: 210, 279: 204,
        280: 205, 283: 206, 287: 211, 288: 208, 290: 212, 292: 214, 293: 215, 294: 216, 295: 217,
    ]
}
