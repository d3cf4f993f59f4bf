import Bytes

/// The data connection of FTP: the bytes of a file or a listing. What transfer they belong to, `Analysis` knows.
@usableFromInline
package enum FTPData: ComputingLayer {
    package static let id = ProtocolID.ftpData

    package static let fields: [FieldRow] =
        FTPOwnField.rows + [
            fact(.dataSetupFrame, "ftp-data.setup-frame", "Setup frame", .frameNumber),
            fact(.dataSetupMethod, "ftp-data.setup-method", "Setup method", .string),
            fact(.dataCommand, "ftp-data.command", "Command", .string),
            fact(.dataCommandFrame, "ftp-data.command-frame", "Command frame", .frameNumber, isGenerated: false),
            fact(.dataDirectory, "ftp-data.current-working-directory", "Current working directory", .string),
        ]

    private static func fact(
        _ field: FTPFactsField, _ name: String, _ label: String, _ type: FieldType, isGenerated: Bool = true
    ) -> FieldRow {
        let row = computed(field, name, label, type, nil, .inOrder(level: 0)).needing(.sessions)
        return isGenerated ? row.generated : row
    }

    package static func resolve(_ field: FTPFactsField, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        if let value = field.value(input) { sink(value, input.start..<input.start) }
    }

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        text.append("FTP Data: ")
        text.append(decimal: UInt64(input.layer.length))
        text.append(" bytes")
        guard let transfer = input.facts.reference.transfer else { return }
        input.borrowedContext.read { $0.ftp?.appendNote(of: transfer, to: &text) }
    }

    package static func title(_ input: borrowing FieldInput) -> String? {
        "FTP Data (\(input.layer.length) bytes data)"
    }
}

/// A payload that no protocol of Wharf claims.
@usableFromInline
package enum UnknownData: ComputingLayer {
    package static let id = ProtocolID.data

    package static let fields: [FieldRow] = [
        computed(.data, "data.data", "Data", .bytes, nil, .inOrder(level: 1)),
        computed(.length, "data.len", "Length", .int32, nil, .inOrder(level: 1)).generated,
    ]

    package enum Computed: Sendable { case data, length }

    package static func title(_ input: borrowing FieldInput) -> String? {
        "Data (\(input.layer.length) byte\(input.layer.length == 1 ? "" : "s"))"
    }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let range = input.start..<input.layer.end
        switch field {
        case .data: sink(.bytes(input.header.array), range)
        case .length: sink(.number(UInt64(range.count)), range.lowerBound..<range.lowerBound)
        }
    }
}
