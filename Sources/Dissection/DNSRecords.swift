import Bytes

extension DNS {
    /// What is read from the questions and resource records (RFC 1035 §4.1.2, §4.1.3).
    package enum Computed: Sendable {
        case question, questionName, questionType, questionClass
        case record, recordName, recordType, recordClass, timeToLive, dataLength, address4, address6, canonicalName
    }

    static var recordFields: [FieldRow] {
        [
            computed(.question, "", "Query", .string, nil, .group),
            computed(.questionName, "dns.qry.name", "Name", .string),
            computed(.questionType, "dns.qry.type", "Type", .uint16).named(typeName),
            computed(.questionClass, "dns.qry.class", "Class", .uint16, .hexadecimal).named(className),
            computed(.record, "", "Record", .string, nil, .group),
            computed(.recordName, "dns.resp.name", "Name", .string),
            computed(.recordType, "dns.resp.type", "Type", .uint16).named(typeName),
            computed(.recordClass, "dns.resp.class", "Class", .uint16, .hexadecimal).named(className),
            computed(.timeToLive, "dns.resp.ttl", "Time to live"),
            computed(.dataLength, "dns.resp.len", "Data length", .uint16),
            computed(.address4, "dns.a", "Address", .ipv4),
            computed(.address6, "dns.aaaa", "AAAA Address", .ipv6),
            computed(.canonicalName, "dns.cname", "CNAME", .string),
        ]
    }

    /// A question, or a record with the place of its data.
    private struct Entry {
        let name: String
        let offset: Int
        /// Behind the name: type and class, and in records time to live, length and data.
        let fixed: Int
        let end: Int
        let isRecord: Bool
    }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let (message, start) = (input.message, input.start)
        forEachEntry(in: message) { entry in
            func emit(_ value: FieldRow.Value, _ offset: Int, _ count: Int) {
                sink(value, start + offset..<start + offset + count)
            }
            let (fixed, data) = (entry.fixed, entry.fixed + 10)
            let type = UInt64(message.u16(at: fixed))
            switch (field, entry.isRecord) {
            case (.question, false), (.record, true):
                emit(
                    .text("\(entry.name): type \(typeName(type) ?? String(type))"), entry.offset,
                    entry.end - entry.offset)
            case (.questionName, false), (.recordName, true):
                emit(.text(entry.name), entry.offset, fixed - entry.offset)
            case (.questionType, false), (.recordType, true): emit(.number(type), fixed, 2)
            case (.questionClass, false), (.recordClass, true):
                emit(.number(UInt64(message.u16(at: fixed + 2))), fixed + 2, 2)
            case (.timeToLive, true): emit(.number(UInt64(message.u32(at: fixed + 4))), fixed + 4, 4)
            case (.dataLength, true): emit(.number(UInt64(message.u16(at: fixed + 8))), fixed + 8, 2)
            case (.address4, true) where type == 1 && entry.end == data + 4:
                emit(.address(IPAddress(v4: message.u32(at: data))), data, 4)
            case (.address6, true) where type == 28 && entry.end == data + 16:
                emit(.address(IPAddress(high: message.u64(at: data), low: message.u64(at: data + 8))), data, 16)
            case (.canonicalName, true) where type == 5:
                if let name = name(in: message, at: data) { emit(.text(name.text), data, entry.end - data) }
            default: break
            }
        }
    }

    /// No honest message has more; a forged one could make names of one byte each cost much time.
    private static var maximumEntries: Int { 512 }

    private static func forEachEntry(in message: Bytes, _ body: (Entry) -> Void) {
        let questions = Int(message.u16(at: 4))
        let records = (0..<3).reduce(0) { $0 + Int(message.u16(at: 6 + 2 * $1)) }
        var offset = 12
        for index in 0..<min(questions + records, maximumEntries) {
            let isRecord = index >= questions
            guard let name = name(in: message, at: offset), message.has(isRecord ? 10 : 4, at: name.end) else { return }
            let length = isRecord ? 10 + Int(message.u16(at: name.end + 8)) : 4
            guard message.has(length, at: name.end) else { return }
            let text = name.text.isEmpty ? "<Root>" : name.text
            body(Entry(name: text, offset: offset, fixed: name.end, end: name.end + length, isRecord: isRecord))
            offset = name.end + length
        }
    }

    private static func typeName(_ type: UInt64) -> String? {
        switch type {
        case 1: "A"
        case 2: "NS"
        case 5: "CNAME"
        case 6: "SOA"
        case 12: "PTR"
        case 15: "MX"
        case 16: "TXT"
        case 28: "AAAA"
        case 33: "SRV"
        case 41: "OPT"
        case 64: "SVCB"
        case 65: "HTTPS"
        case 255: "ANY"
        default: nil
        }
    }

    private static func className(_ number: UInt64) -> String? { number == 1 ? "IN" : nil }

    static func operationName(_ operation: UInt64) -> String? {
        switch operation {
        case 0: "Standard query"
        case 2: "Server status request"
        case 4: "Zone change notification"
        case 5: "Dynamic update"
        default: nil
        }
    }

    static func responseName(_ code: UInt64) -> String? {
        switch code {
        case 0: "No error"
        case 1: "Format error"
        case 2: "Server failure"
        case 3: "No such name"
        case 4: "Not implemented"
        case 5: "Refused"
        default: nil
        }
    }
}
