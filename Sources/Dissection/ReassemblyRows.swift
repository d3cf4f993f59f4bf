import Bytes

extension ProtocolLayer {
    /// What a network layer says in the frame that completes a datagram (RFC 791 §3.2, RFC 8200 §4.5).
    ///
    /// - Parameter listType: Wireshark gives the list of an IPv4 datagram its bytes, that of an IPv6 one nothing.
    static func reassemblyRows(_ prefix: String, _ label: String, listType: FieldType, level: Int) -> [FieldRow] {
        func row(
            _ name: String, _ label: String, _ type: FieldType, _ level: Int,
            _ emit: @escaping @Sendable (borrowing FieldInput, FieldRow.Sink) -> Void
        ) -> FieldRow {
            FieldRow(prefix + name, label, type, type.display, .inOrder(level: level)) { input, sink in
                if input.holdsLastFragment { emit(input, sink) }
            }.generated
        }
        return [
            row(".fragments", "\(label) Fragments", listType, level) { input, sink in
                sink(listType == .bytes ? .bytes(input.datagram.array) : .presence, 0..<0)
            }.worded { _, _, input in
                let pieces = input.fragments
                let list = pieces.map { "#\(UInt64($0.frame) + 1)(\($0.count))" }.joined(separator: ", ")
                return "\(pieces.count) \(label) Fragments (\(input.datagram.count) bytes): \(list)"
            },
            row(".fragment", "\(label) Fragment", .frameNumber, level + 1) { input, sink in
                for piece in input.fragments { sink(.number(UInt64(piece.frame) + 1), 0..<0) }
            }.worded { value, _, input in
                guard case .number(let number) = value else { return "" }
                var start = 0
                for piece in input.fragments {
                    let end = start + Int(piece.count)
                    guard UInt64(piece.frame) + 1 == number else {
                        start = end
                        continue
                    }
                    let count = "\(piece.count) byte\(piece.count == 1 ? "" : "s")"
                    return "Frame: \(number), payload: \(start)-\(end - 1) (\(count))"
                }
                return "Frame: \(number)"
            },
            row(".fragment.count", "Fragment count", .uint32, level + 1) { input, sink in
                sink(.number(UInt64(input.fragments.count)), 0..<0)
            },
            row(".reassembled.length", "Reassembled \(label) length", .uint32, level + 1) { input, sink in
                sink(.number(UInt64(input.datagram.count)), 0..<0)
            },
            row(".reassembled.data", "Reassembled \(label) data", .bytes, level + 1) { input, sink in
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
