import Bytes

extension ProtocolLayer {
    /// What a network layer says in the frame that completes a datagram (RFC 791 §3.2, RFC 8200 §4.5).
    ///
    /// - Parameter listType: Wireshark gives the list of an IPv4 datagram its bytes, that of an IPv6 one nothing.
    static func reassemblyRows(_ prefix: String, _ label: String, listType: FieldType) -> [FieldRow] {
        func row(
            _ name: String, _ label: String, _ type: FieldType,
            _ emit: @escaping @Sendable (borrowing FieldInput, FieldRow.Sink) -> Void
        ) -> FieldRow {
            FieldRow(prefix + name, label, type, type.display, .inOrder(level: 2)) { input, sink in
                if input.holdsLastFragment { emit(input, sink) }
            }
        }
        return [
            row(".fragments", "\(label) Fragments", listType) { input, sink in
                sink(listType == .bytes ? .bytes(input.datagram.array) : .presence, 0..<0)
            },
            row(".fragment", "\(label) Fragment", .frameNumber) { input, sink in
                for frame in input.fragments { sink(.number(UInt64(frame) + 1), 0..<0) }
            },
            row(".fragment.count", "Fragment count", .uint32) { input, sink in
                sink(.number(UInt64(input.fragments.count)), 0..<0)
            },
            row(".reassembled.length", "Reassembled \(label) length", .uint32) { input, sink in
                sink(.number(UInt64(input.datagram.count)), 0..<0)
            },
            row(".reassembled.data", "Reassembled \(label) data", .bytes) { input, sink in
                sink(.bytes(input.datagram.array), 0..<0)
            },
        ]
    }
}

extension FieldInput {
    /// Whether the layer is the one whose fragment completed the datagram: the innermost of a tunnel.
    fileprivate var holdsLastFragment: Bool {
        completesDatagram && layers.network >= 0 && layer.offset >= layers[layers.network].offset
    }
}
