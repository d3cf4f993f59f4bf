import Bytes

/// What every frame has, whatever it carries.
package enum Frame: ComputingLayer {
    package enum Computed: Sendable {
        case time, epoch, relativeTime, delta, displayedDelta, number, length, capturedLength, marked, ignored
        case interface, protocols
    }

    package static let id = ProtocolID.frame

    package static let fields: [FieldRow] = [
        line(.interface, "frame.interface_id", "Interface id", .uint32),
        line(.time, "frame.time", "Arrival Time", .absoluteTime),
        line(.epoch, "frame.time_epoch", "Epoch Time", .relativeTime),
        line(.delta, "frame.time_delta", "Time delta from previous captured frame", .relativeTime),
        line(
            .displayedDelta, "frame.time_delta_displayed", "Time delta from previous displayed frame", .relativeTime),
        line(.relativeTime, "frame.time_relative", "Time since reference or first frame", .relativeTime),
        line(.number, "frame.number", "Frame Number", .uint32),
        line(.length, "frame.len", "Frame Length", .uint32),
        line(.capturedLength, "frame.cap_len", "Capture Length", .uint32),
        line(.marked, "frame.marked", "Frame is marked", .boolean),
        line(.ignored, "frame.ignored", "Frame is ignored", .boolean),
        line(.protocols, "frame.protocols", "Protocols in frame", .string),
    ]

    private static func line(_ field: Computed, _ name: String, _ label: String, _ type: FieldType) -> FieldRow {
        computed(field, name, label, type, nil, .inOrder(level: 1))
    }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let frame = input.facts.frame
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
            case .interface: .number(UInt64(frame.interface))
            case .protocols: .text(names(of: input.layers))
            }
        sink(value, 0..<0)
    }

    private static func names(of layers: Layers) -> String {
        (0..<layers.count).map { layers[$0].id.name }.joined(separator: ":")
    }
}
