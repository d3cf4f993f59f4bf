import Bytes

/// The eight bytes that both versions of the cooked header keep for the sender's address.
struct CookedAddress {
    /// As the header says; more than eight for an address that did not fit.
    let length: Int
    /// From the start of the header.
    let byte: Int

    /// ARPHRD_IPGRE: the protocol field is then that of GRE.
    static let tunnel: UInt16 = 778

    var used: Range<Int> { byte..<byte + min(8, length) }
    var unused: Range<Int> { used.upperBound..<byte + 8 }
}

/// What of a cooked header is not always in the same bytes.
package enum CookedPart: CaseIterable, Sendable {
    case ipv4, other, unused, padding, paddingBad, trailer

    var name: String {
        switch self {
        case .ipv4: "sll.src.ipv4"
        case .other: "sll.src.other"
        case .unused: "sll.unused"
        case .padding: "eth.padding"
        case .paddingBad: "eth.padding_bad"
        case .trailer: "sll.trailer"
        }
    }

    var label: String {
        switch self {
        case .ipv4, .other: "Source"
        case .unused: "Unused"
        case .padding: "Padding"
        case .paddingBad: "Padding identification may be inaccurate"
        case .trailer: "Trailer"
        }
    }

    var type: FieldType {
        switch self {
        case .ipv4: .ipv4
        case .paddingBad: .none
        default: .bytes
        }
    }

    func resolve(_ address: CookedAddress, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        switch self {
        case .ipv4 where address.length == 4:
            let start = input.start + address.byte
            sink(.address(IPAddress(v4: input.header.u32(at: address.byte))), start..<start + 4)
        case .other where ![0, 4, 6].contains(address.length): hand(address.used, input, sink)
        case .unused where !address.unused.isEmpty: hand(address.unused, input, sink)
        case .padding: LinkTrailer(input, hasCheckSequence: false)?.resolve(.padding, in: input, sink)
        case .paddingBad: LinkTrailer(input, hasCheckSequence: false)?.resolve(.paddingBad, in: input, sink)
        case .trailer: LinkTrailer(input, hasCheckSequence: false)?.resolve(.trailer, in: input, sink)
        case .ipv4, .other, .unused: break
        }
    }

    private func hand(_ range: Range<Int>, _ input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let bytes = input.header.slice(from: range.lowerBound, count: range.count).array
        sink(.bytes(bytes), input.start + range.lowerBound..<input.start + range.upperBound)
    }
}
