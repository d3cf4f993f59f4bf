/// A field that was asked for by its name, ready to be read from frame after frame.
package struct FieldHandle: Sendable {
    package let name: String
    package let type: FieldType
    /// The rows of that name: several protocols may share it.
    package let entries: [Registry.Entry]
    /// A bit for every protocol that has the field.
    package let protocols: UInt64

    /// Nil for a name that no field has.
    package init?(_ name: String) {
        entries = Registry.rows(named: name)
        guard let first = entries.first else { return nil }
        self.name = name
        type = first.row.type
        protocols = entries.reduce(0) { $0 | $1.layer.id.bit }
    }

    /// Calls `body` with each value that the frame has for the field, layer by layer from the outermost one, and where
    /// its bytes lie.
    package func forEachValue(in frame: borrowing DissectedFrame, _ body: FieldRow.Sink) {
        guard frame.present & protocols != 0 else { return }
        for entry in entries { forEachValue(of: entry, in: frame, body) }
    }

    /// The same of one protocol.
    package func forEachValue(of entry: Registry.Entry, in frame: borrowing DissectedFrame, _ body: FieldRow.Sink) {
        if let place = entry.row.place, frame.isPlain {
            return frame.forEachHeader(entry.layer) { header, start in
                guard entry.row.isPresent(in: header) else { return }
                body(place.value(in: header), start + place.byte..<start + place.byte + place.width)
            }
        }
        frame.forEachLayer(entry.layer.id) { input in
            if Registry.isRead(input.layer, by: entry.layer) { entry.row.forEachValue(in: input, body) }
        }
    }

    package func exists(in frame: borrowing DissectedFrame) -> Bool {
        var exists = false
        forEachValue(in: frame) { _, _ in exists = true }
        return exists
    }
}
