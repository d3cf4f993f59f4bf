package import Bytes

/// The kinds of TCP option in IANA's registry that Wharf can name.
package enum TCPOptionKind: UInt8, Sendable {
    case endOfList = 0
    case noOperation = 1
    case maximumSegmentSize = 2
    case windowScale = 3
    case sackPermitted = 4
    case sack = 5
    case echo = 6
    case echoReply = 7
    case timestamps = 8
    case partialOrderPermitted = 9
    case partialOrderProfile = 10
    case connectionCount = 11
    case connectionCountNew = 12
    case connectionCountEcho = 13
    case alternateChecksum = 14
    case alternateChecksumData = 15
    case md5Signature = 19
    case scpsCapabilities = 20
    case selectiveNegativeAcknowledgment = 21
    case recordBoundaries = 22
    case corruptionExperienced = 23
    case quickStart = 27
    case userTimeout = 28
    case authentication = 29
    case multipath = 30
    case fastOpen = 34
    case encryptionNegotiation = 69
    case accurateECN0 = 172
    case accurateECN1 = 174
    case experimental1 = 253
    case experimental2 = 254
}

/// One option as it stands in a TCP header.
package struct TCPOption: Sendable, BitwiseCopyable {
    package let kind: UInt8
    /// Of the kind byte, from the start of the header.
    package let offset: Int
    /// Kind and length bytes included.
    package let length: Int
}

/// What a header's options say that following a stream needs; read in one pass without allocating.
package struct TCPOptions: Sendable, BitwiseCopyable {
    /// RFC 9293 §3.7.1, in bytes.
    package private(set) var maximumSegmentSize: UInt16?
    /// RFC 7323 §2.2: how many bits the window is shifted by; values above 14 count as 14.
    package private(set) var windowScale: UInt8?
    package private(set) var isSACKPermitted = false
    /// RFC 7413 §4.1.1: a cookie, not just the request for one.
    package private(set) var hasFastOpenCookie = false
    /// RFC 7323 §3.2.
    package private(set) var timestampValue: UInt32?
    package private(set) var timestampEcho: UInt32?
    /// RFC 2018 §3: at most four blocks fit a header.
    package private(set) var sackBlocks = InlineArray<4, SACKBlock>(repeating: SACKBlock(left: 0, right: 0))
    package private(set) var sackCount = 0
    /// Whether an option's length contradicts the header; those before it are valid. Options that the snap length cut
    /// off contradict nothing.
    package private(set) var isMalformed = false

    package struct SACKBlock: Sendable, BitwiseCopyable {
        package var left: UInt32
        package var right: UInt32
    }

    package init(_ header: Bytes) {
        let isCut = header.count < Int(header.u8(at: 12) >> 4) * 4
        var end = 20
        let isSound = Self.forEach(in: header) { option in
            end = option.offset + option.length
            let value = option.offset + 2
            switch (TCPOptionKind(rawValue: option.kind), option.length) {
            case (.maximumSegmentSize, 4): maximumSegmentSize = header.u16(at: value)
            case (.windowScale, 3): windowScale = min(14, header.u8(at: value))
            case (.sackPermitted, 2): isSACKPermitted = true
            case (.fastOpen, 3...): hasFastOpenCookie = true
            case (.timestamps, 10):
                timestampValue = header.u32(at: value)
                timestampEcho = header.u32(at: value + 4)
            case (.sack, _): readBlocks(in: header, from: value, to: end)
            default: break
            }
        }
        isMalformed = !isSound && !isCut
        // Blocks that the snap length left whole count, even if others of their option are gone.
        if isCut, header.u8(at: end) == TCPOptionKind.sack.rawValue {
            readBlocks(in: header, from: end + 2, to: min(header.count, end + Int(header.u8(at: end + 1))))
        }
    }

    private mutating func readBlocks(in header: Bytes, from start: Int, to end: Int) {
        var block = start
        while block + 8 <= end, sackCount < 4 {
            sackBlocks[sackCount] = SACKBlock(left: header.u32(at: block), right: header.u32(at: block + 4))
            sackCount += 1
            block += 8
        }
    }

    /// Calls `body` for each option of a TCP header, those of unknown kinds too; false when one is malformed.
    @discardableResult
    package static func forEach(in header: Bytes, _ body: (TCPOption) -> Void) -> Bool {
        var offset = 20
        while offset < header.count {
            let kind = header.u8(at: offset)
            if kind == TCPOptionKind.endOfList.rawValue { return true }
            let length = kind == TCPOptionKind.noOperation.rawValue ? 1 : Int(header.u8(at: offset + 1))
            guard length >= 1, kind == 1 || length >= 2, header.has(length, at: offset) else { return false }
            body(TCPOption(kind: kind, offset: offset, length: length))
            offset += length
        }
        return true
    }
}
