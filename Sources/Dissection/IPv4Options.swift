import Bytes

extension IPv4 {
    /// What is read from the options (RFC 791 §3.1); raw values are the fields' names.
    package enum Computed: String, Sendable {
        case Options, Option, type = "opt.type", length = "opt.len", pointer = "opt.ptr", repeatedPadding = "nop"
        case recorded = "rec_rt", recordedHost = "rec_rt_host", empty = "empty_rt", emptyHost = "empty_rt_host"
        case source = "src_rt", sourceHost = "src_rt_host", StampBits, stampAddress = "opt.time_stamp_addr"
        case stamp = "opt.time_stamp", routerAlert = "opt.ra", mtu = "opt.mtu", traceNumber = "opt.id_number"
        case outbound = "opt.ohc", inbound = "opt.rhc", originator = "opt.originator", stream = "opt.sid", address =
            "opt.addr"
        case security = "opt.sec_rfc791_sec", compartments = "opt.sec_rfc791_comp"
        case restrictions = "opt.sec_rfc791_hr", control = "opt.sec_rfc791_tcc"
        /// The end of a source route, under the names that a destination has.
        case finalDestination = "dst", finalAddress = "addr", finalDestinationHost = "dst_host", finalHost = "host"
        case QuickStart, quickStartLife = "opt.qs_ttl", quickStartDifference = "opt.qs_ttl_diff", QuickStartNonce
    }

    static func read(_ input: borrowing FieldInput, _ emit: Emit) {
        let header = MessageBytes(input.header, at: input.start)
        guard header.count > 20 else { return }
        emit(.Options, .text(optionsTitle(header.bytes)), header.place(20, header.count - 20))
        var paddings = 0
        forEachOption(in: input.header) { type, offset, length in
            let place = input.start + offset..<input.start + offset + length
            emit(.Option, .text(title(input, type, offset, length)), place)
            guard optionName(UInt64(type)) != nil else { return }
            emit(.type, .number(UInt64(type)), place.lowerBound..<place.lowerBound + 1)
            paddings = type == 1 ? paddings + 1 : 0
            if paddings == 4 { emit(.repeatedPadding, .presence, place) }
            if type > 1 { read(type, offset, length, input, emit) }
        }
    }

    private static func read(
        _ type: UInt8, _ start: Int, _ length: Int, _ input: borrowing FieldInput, _ emit: Emit
    ) {
        let option = MessageBytes(input.header.slice(from: start, count: length), at: input.start + start)
        option.number(.length, 1, 1, emit)
        switch type {
        case 7, 131, 137: readRoute(type, option, emit)
        case 68: readStamps(option, emit)
        case 11, 12: option.number(.mtu, 2, 2, emit)
        case 82:
            option.number(.traceNumber, 2, 2, emit)
            option.number(.outbound, 4, 2, emit)
            option.number(.inbound, 6, 2, emit)
            option.ipv4(.originator, 8, emit)
        case 136: option.number(.stream, 2, 2, emit)
        case 148: option.number(.routerAlert, 2, 2, emit)
        case 149: for place in stride(from: 2, through: length - 4, by: 4) { option.ipv4(.address, place, emit) }
        case 130 where length == 11:
            option.number(.security, 2, 2, emit)
            option.number(.compartments, 4, 2, emit)
            option.text(.restrictions, 6, 2, emit)
            option.text(.control, 8, 3, emit)
        case 25 where length == 8:
            option.number(.QuickStart, 2, 1, emit)
            option.number(.quickStartLife, 3, 1, emit)
            if option.bytes.u8(at: 2) >> 4 == 0 {
                let difference = input.header.u8(at: 8) &- option.bytes.u8(at: 3)
                emit(.quickStartDifference, .number(UInt64(difference)), option.place(3, 1))
            }
            option.number(.QuickStartNonce, 4, 4, emit)
        default: break
        }
    }

    /// What stands before the pointer has been visited; a source route ends in the destination.
    private static func readRoute(_ type: UInt8, _ option: borrowing MessageBytes, _ emit: Emit) {
        option.number(.pointer, 2, 1, emit)
        let next = Int(option.bytes.u8(at: 2)) - 1
        for place in stride(from: 3, through: option.count - 4, by: 4) {
            let address = IPAddress(v4: option.bytes.u32(at: place))
            let isVisited = place < next
            if !isVisited, type != 7, place + 8 > option.count {
                emit(.finalDestination, .address(address), option.place(place, 4))
                emit(.finalAddress, .address(address), option.place(place, 4))
                emit(.finalDestinationHost, .text(address.description), option.place(place, 4))
                return emit(.finalHost, .text(address.description), option.place(place, 4))
            }
            let kinds: (Computed, Computed) =
                isVisited ? (.recorded, .recordedHost) : type == 7 ? (.empty, .emptyHost) : (.source, .sourceHost)
            emit(kinds.0, .address(address), option.place(place, 4))
            emit(kinds.1, .text(address.description), option.place(place, 4))
        }
    }

    private static func readStamps(_ option: borrowing MessageBytes, _ emit: Emit) {
        option.number(.pointer, 2, 1, emit)
        option.number(.StampBits, 3, 1, emit)
        let hasAddresses = option.bytes.u8(at: 3) & 0xF != 0
        var place = 4
        while option.bytes.has(hasAddresses ? 8 : 4, at: place) {
            if hasAddresses {
                option.ipv4(.stampAddress, place, emit)
                place += 4
            }
            option.number(.stamp, place, 4, emit)
            place += 4
        }
    }

    /// Calls `body` with type, offset and length of each option; stops at the first that contradicts the header.
    static func forEachOption(in header: Bytes, _ body: (_ type: UInt8, _ offset: Int, _ length: Int) -> Void) {
        var offset = 20
        while offset < header.count {
            let type = header.u8(at: offset)
            // End of Options List and No Operation are the ones of a single byte.
            let length = type <= 1 ? 1 : Int(header.u8(at: offset + 1))
            guard length >= (type <= 1 ? 1 : 2), header.has(length, at: offset) else { return }
            body(type, offset, length)
            if type == 0 { return }
            offset += length
        }
    }
}
