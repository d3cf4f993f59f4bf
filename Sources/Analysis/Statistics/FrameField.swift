import Bytes
package import Dissection

/// Fields that a frame has whatever it carries; the other ones have their rows in `Dissection`.
package enum FrameField: String, CaseIterable, Sendable {
    case number = "frame.number"
    case length = "frame.len"
    case capturedLength = "frame.cap_len"
    case relativeTime = "frame.time_relative"
    case delta = "frame.time_delta"

    package var type: FieldType {
        switch self {
        case .number, .length, .capturedLength: .uint32
        case .relativeTime, .delta: .relativeTime
        }
    }

    func value(in frame: borrowing ScannedFrame) -> FieldRow.Value {
        switch self {
        case .number: .number(UInt64(frame.number))
        case .length: .number(frame.length)
        case .capturedLength: .number(UInt64(frame.record.capturedLength))
        case .relativeTime: .span(frame.relativeTime)
        case .delta: .span(frame.delta)
        }
    }
}

/// A field that statistics were asked for by its name.
package struct NamedField: Sendable {
    package let name: String
    package let type: FieldType
    private let frameField: FrameField?
    private let entries: [Registry.Entry]

    /// Nil for a name that no field has. The name of a protocol stands for its presence.
    package init?(_ name: String) {
        self.name = name
        frameField = FrameField(rawValue: name)
        if let frameField {
            type = frameField.type
            entries = []
            return
        }
        entries = Registry.rows(named: name)
        guard let first = entries.first else { return nil }
        type = first.row.type
    }

    var needs: FrameScan.Needs {
        var needs: FrameScan.Needs = []
        for entry in entries {
            switch entry.layer.id {
            case .tcp: needs.insert(.sequences)
            case .tls, .ftp, .ftpData, .data: needs.insert(.application)
            default: break
            }
        }
        return needs
    }

    /// Calls `body` with each value that the frame has for the field.
    func forEachValue(in frame: borrowing ScannedFrame, _ body: (FieldRow.Value) -> Void) {
        if let frameField { return body(frameField.value(in: frame)) }
        if frame.record.completesDatagram {
            forEachValue(in: FrameLayers(frame.carrierBytes, frame.carrier), frame.facts, body)
        }
        forEachValue(in: FrameLayers(frame.bytes, frame.layers), frame.facts, body)
    }

    private func forEachValue(
        in frame: borrowing FrameLayers, _ facts: FrameFacts, _ body: (FieldRow.Value) -> Void
    ) {
        for slot in 0..<frame.layers.count {
            for entry in entries where entry.layer.id == frame.layers[slot].id {
                entry.row.forEachValue(in: FieldInput(frame.bytes, frame.layers, slot, facts)) { value, _ in body(value)
                }
            }
        }
    }

    func exists(in frame: borrowing ScannedFrame) -> Bool {
        var exists = false
        forEachValue(in: frame) { _ in exists = true }
        return exists
    }
}

/// Bytes with the layers found in them.
private struct FrameLayers: ~Escapable {
    let bytes: Bytes
    let layers: Layers

    @_lifetime(copy bytes)
    init(_ bytes: Bytes, _ layers: Layers) {
        self.bytes = bytes
        self.layers = layers
    }
}
