/// What records, alerts and heartbeats say.
extension TLS {
    static let recordRows = [
        row(.record, "tls.record", "TLS Record Layer", .none),
        row(.opaqueType, "tls.record.opaque_type", "Opaque Type", .uint8, nil, contentName),
        row(.contentType, "tls.record.content_type", "Content Type", .uint8, nil, contentName),
        row(.recordVersion, "tls.record.version", "Version", .uint16, .hexadecimal, named),
        row(.recordLength, "tls.record.length", "Length", .uint16),
        row(.unknownRecord, "", "Ignored Unknown Record", .none),
        expert(
            row(.ignoredRecord, "tls.ignored_unknown_record", "Ignored Unknown Record", .none), .warn, .protocolRules),
        row(.changeCipherSpec, "tls.change_cipher_spec", "Change Cipher Spec Message", .none),
        expert(
            row(
                .resumed, "tls.resumed", "This session reuses previously negotiated keys (Session resumption)", .none),
            .note, .sequence),
        row(.alert, "tls.alert_message", "Alert Message", .none),
        row(.alertLevel, "tls.alert_message.level", "Level", .uint8, nil, alertLevelName),
        row(.alertDescription, "tls.alert_message.desc", "Description", .uint8, nil, alertName),
        row(.applicationData, "tls.app_data", "Encrypted Application Data", .bytes),
        generated(row(.applicationProtocol, "tls.app_data_proto", "Application Data Protocol", .string)),
        row(.heartbeat, "tls.heartbeat_message", "Heartbeat Message", .none),
        row(.heartbeatType, "tls.heartbeat_message.type", "Type", .uint8, nil, heartbeatName),
        row(.heartbeatLength, "tls.heartbeat_message.payload_length", "Payload Length", .uint16),
        expert(
            row(
                .heartbeatInvalid, "tls.heartbeat_message.payload_length.invalid", "Invalid heartbeat payload length",
                .none),
            .error, .malformed),
        row(.heartbeatPayload, "tls.heartbeat_message.payload", "Payload Length", .bytes),
        row(.heartbeatPadding, "tls.heartbeat_message.padding", "Payload Length", .bytes),
    ]

    static func generated(_ entry: (item: Computed, row: FieldRow)) -> (item: Computed, row: FieldRow) {
        (entry.item, entry.row.generated)
    }

    private static func expert(
        _ entry: (item: Computed, row: FieldRow), _ severity: Severity, _ group: ExpertGroup
    ) -> (item: Computed, row: FieldRow) {
        (entry.item, entry.row.expert(severity, group))
    }
}
