import Bytes

/// What a packet list says of a frame: the columns of tshark, each appended as text.
extension DissectedFrame {
    package func appendProtocol(to text: inout [UInt8]) {
        if endsWithReassembled { return forEachReassembled { text.append(TLS.column($0)) } }
        let input = columnInput
        text.append(Registry.columnReader(of: input.layer).column(input))
    }

    package func appendInfo(to text: inout [UInt8]) {
        let input = columnInput
        // What is remarkable about a segment stands before what its payload says.
        if endsWithReassembled {
            TCP.appendFindings(of: facts.tcp, to: &text)
            return forEachReassembled { TLS.appendInfo($0, to: &text) }
        }
        if input.layer.id != .tcp, layers.has(.tcp) { TCP.appendFindings(of: facts.tcp, to: &text) }
        Registry.columnReader(of: input.layer).appendInfo(input, to: &text)
        switch damage {
        case .short: text.append("[Packet size limited during capture]")
        case .malformed: text.append("[Malformed Packet]")
        default: break
        }
    }

    /// Whether the innermost layer is one that the frame completes of earlier segments.
    private var endsWithReassembled: Bool { facts.tls.completes && !layers.has(.tls) }

    /// The innermost protocol that says more than that there are bytes.
    private var columnInput: FieldInput {
        @_lifetime(copy self)
        get {
            if completesDatagram, let slot = layers.innermostSpoken {
                return FieldInput(bytes, found, slot, borrowedContext)
            }
            return input(carrier.innermostSpoken.map { carrier[$0] } ?? frameLayer)
        }
    }

    package func appendSource(to text: inout [UInt8]) { appendAddress(isSource: true, to: &text) }
    package func appendDestination(to text: inout [UInt8]) { appendAddress(isSource: false, to: &text) }

    private func appendAddress(isSource: Bool, to text: inout [UInt8]) {
        appendAddress(of: carrier, isSource, to: &text)
    }

    /// Of the innermost network layer; of the innermost link layer that has addresses where there is none.
    private func appendAddress(of carrier: borrowing Layers, _ isSource: Bool, to text: inout [UInt8]) {
        if let ends = carrier.endAddresses(in: carrierBytes) {
            return text.append(isSource ? ends.source : ends.destination)
        }
        if let layer = carrier.last(.ethernet) {
            let header = Header<Ethernet>(carrierBytes, layer)
            return append(isSource ? header[.source] : header[.destination], to: &text)
        }
        // A serial line has two ends and no addresses.
        if carrier.present & (ProtocolID.chdlc.bit | ProtocolID.ppp.bit) != 0 { return text.append("N/A") }
        guard isSource, let layer = carrier.last(.sll) else { return }
        let isEthernet =
            layer.length == 20
            ? carrierBytes.u8(at: Int(layer.offset) + 11) == 6 : carrierBytes.u16(at: Int(layer.offset) + 4) == 6
        let place = Int(layer.offset) + (layer.length == 20 ? 12 : 6)
        guard isEthernet else { return }
        append(
            MACAddress(UInt64(carrierBytes.u16(at: place)) << 32 | UInt64(carrierBytes.u32(at: place + 2))), to: &text)
    }

    private func append(_ address: MACAddress, to text: inout [UInt8]) {
        if resolvesNames, let name = address.name {
            text.append(name)
        } else {
            text.append(address)
        }
    }
}

extension Registry {
    fileprivate static func columnReader(of layer: Layer) -> any ProtocolLayer.Type { reader(of: layer) ?? Frame.self }
}

extension Layers {
    /// The slot of the innermost layer that is more than bytes.
    fileprivate var innermostSpoken: Int? {
        var slot = count - 1
        while slot >= 0, self[slot].id == .data { slot -= 1 }
        return slot >= 0 ? slot : nil
    }
}
