import Bytes

/// What every frame has, whatever it carries.
package enum Frame: ComputingLayer {
    package enum Computed: Sendable {
        case time, epoch, relativeTime, delta, displayedDelta, number, length, capturedLength, marked, ignored
        case offsetShift, protocols, lengthBelowCaptured
        case option(Option)

        var isOfTime: Bool {
            switch self {
            case .time, .epoch, .relativeTime, .delta, .displayedDelta, .offsetShift: true
            default: false
            }
        }
    }

    package static let id = ProtocolID.frame

    package static let fields: [FieldRow] =
        interfaceFields + [
            line(.time, "frame.time", "Arrival Time", .absoluteTime),
            line(.offsetShift, "frame.offset_shift", "Time shift for this packet", .relativeTime).generated,
            line(.epoch, "frame.time_epoch", "Epoch Time", .relativeTime),
            line(.delta, "frame.time_delta", "Time delta from previous captured frame", .relativeTime).generated,
            line(
                .displayedDelta, "frame.time_delta_displayed", "Time delta from previous displayed frame", .relativeTime
            ).generated.needing(.displayedTime),
            line(.relativeTime, "frame.time_relative", "Time since reference or first frame", .relativeTime).generated,
            line(.number, "frame.number", "Frame Number", .uint32),
            line(.length, "frame.len", "Frame Length", .uint32).suffixed(sizeWording),
            line(.capturedLength, "frame.cap_len", "Capture Length", .uint32).suffixed(sizeWording),
            dropCountField,
            line(.marked, "frame.marked", "Frame is marked", .boolean).generated,
            line(.ignored, "frame.ignored", "Frame is ignored", .boolean).generated,
            directionField,
            line(.protocols, "frame.protocols", "Protocols in frame", .string).generated.needing(.application),
            line(.lengthBelowCaptured, "frame.len_lt_caplen", "Frame length is less than captured length", .none),
        ] + ExpertRows.all

    private static let sizeWording: FieldRow.Wording = { value, _, _ in
        guard case .number(let count) = value else { return "" }
        return " byte\(count == 1 ? "" : "s") (\(count * 8) bits)"
    }

    private static func line(_ field: Computed, _ name: String, _ label: String, _ type: FieldType) -> FieldRow {
        computed(field, name, label, type, nil, .inOrder(level: 1))
    }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let frame = input.facts.frame
        if case .option(let option) = field { return resolve(option, in: input, sink) }
        if case .lengthBelowCaptured = field, frame.length >= frame.capturedLength { return }
        if !frame.hasTime, field.isOfTime { return }
        let value: FieldRow.Value =
            switch field {
            case .time: .time(frame.time)
            case .epoch: .span(frame.time)
            case .relativeTime: .span(frame.relativeTime)
            case .delta: .span(frame.delta)
            case .displayedDelta: .span(frame.displayedDelta)
            case .number: .number(UInt64(frame.index) + 1)
            case .length: .number(UInt64(frame.length))
            case .capturedLength: .number(UInt64(frame.capturedLength))
            case .marked, .ignored: .flag(false)
            case .offsetShift: .span(0)
            case .protocols: .text(names(of: input))
            case .lengthBelowCaptured, .option: .presence
            }
        sink(value, 0..<0)
    }

    /// Layer by layer, with the table by which Ethernet's types are looked up between a header and what its type names.
    private static func names(of input: borrowing FieldInput) -> String {
        var names: [UInt8] = []
        names.reserveCapacity(48)
        if input.layers.count > 0 { appendLink(of: input, to: &names) }
        append(input.layers, in: input.frame, input.facts, to: &names)
        if input.completesDatagram {
            var layers = Layers()
            layers.walk(datagram: input.datagram, protocolNumber: input.layers.fragmentProtocol(in: input.frame))
            layers.addApplication(input.facts, in: input.datagram)
            append(layers, in: input.datagram, input.facts, to: &names)
            appendQuotation(of: layers, in: input.datagram, to: &names)
        } else {
            appendQuotation(of: input.layers, in: input.frame, to: &names)
        }
        return String(decoding: names, as: UTF8.self)
    }

    private static func append(_ layers: Layers, in frame: Bytes, _ facts: FrameFacts, to names: inout [UInt8]) {
        for slot in 0..<layers.count {
            let layer = layers[slot]
            append(layer.id.name, to: &names)
            if layer.id == .tcp, TCP.hasMultipath(Header<TCP>(frame, layer).bytes) { append("mptcp", to: &names) }
            if layer.id == .tcp, facts.tls.completes { append(ProtocolID.tls.name, to: &names) }
            if announcesType(layer, in: frame) { append("ethertype", to: &names) }
        }
    }

    private static func append(_ name: String, to names: inout [UInt8]) {
        if !names.isEmpty { names.append(UInt8(ascii: ":")) }
        names.append(name)
    }

    private static func appendQuotation(of layers: Layers, in frame: Bytes, to names: inout [UInt8]) {
        guard layers.has(.icmp) || layers.has(.icmpv6) else { return }
        append(Layers(quotedBy: layers, in: frame), in: frame, FrameFacts(), to: &names)
    }

    /// Raw IP has no header of its own; links that carry one version of IP only are not even named.
    private static func appendLink(of input: borrowing FieldInput, to names: inout [UInt8]) {
        let encapsulation = input.context?.encapsulation(of: input.facts.frame)
        // A line of PPP names itself before it hands a frame of Cisco's on.
        if encapsulation == 4, input.layers.has(.chdlc) { append(ProtocolID.ppp.name, to: &names) }
        if encapsulation == 7 { append("raw", to: &names) }
    }

    private static func announcesType(_ layer: Layer, in frame: Bytes) -> Bool {
        let end = layer.end
        switch layer.id {
        case .ethernet: return Ethernet.holdsType(frame.u16(at: end - 2))
        case .vlan, .providerBridge: return Ethernet.isType(frame.u16(at: end - 2))
        case .sll:
            let type = frame.u16(at: layer.length == 20 ? Int(layer.offset) : end - 2)
            let hardware = frame.u16(at: Int(layer.offset) + (layer.length == 20 ? 8 : 2))
            return type >= 1536 && hardware != 778
        default: return false
        }
    }

    package static func title(_ input: borrowing FieldInput) -> String? {
        let frame = input.facts.frame
        let interface = input.context?.interface(of: frame)
        var title =
            "Frame \(UInt64(frame.index) + 1): \(bytes(frame.length)) on wire (\(bits(frame.length))), "
            + "\(bytes(frame.capturedLength)) captured (\(bits(frame.capturedLength)))"
        if let interface, let id = interface.id { title += " on interface \(interface.shownName), id \(id)" }
        if let isInbound = input.context?.packet(of: frame).isInbound {
            title += isInbound ? " (inbound)" : " (outbound)"
        }
        return title
    }

    private static func bytes(_ count: UInt32) -> String { count == 1 ? "1 byte" : "\(count) bytes" }
    private static func bits(_ count: UInt32) -> String { "\(UInt64(count) * 8) bits" }
}
