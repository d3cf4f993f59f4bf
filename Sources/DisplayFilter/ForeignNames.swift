/// Names of Wireshark's that look like bytes.
///
/// Wireshark takes a word for a protocol wherever it has one of that name: `eth.dst[0] == ff` asks there whether a byte
/// is a packet of the FOUNDATION Fieldbus, and no frame is selected. Filters mean the same here, and are told about it.
enum ForeignNames {
    static let all: [String: String] = [
        "a11": "3GPP2 A11", "a21": "A21 Protocol", "aaf": "AVTP Audio Format", "acf": "ACF Message",
        "adb": "Android Debug Bridge", "bfd": "Bidirectional Forwarding Detection Control Message",
        "c15": "C15 Call History Protocol",
        "dc": "Dublin Core Metadata", "dcc": "Distributed Checksum Clearinghouse protocol",
        "e100": "E100 Encapsulation",
        "e164": "ITU-T E.164 number", "e212": "ITU-T E.212 number", "fc": "Fibre Channel", "fc00": "Fc00 CryptoAuth",
        "fefd": "Far End Failure Detection", "ff": "FOUNDATION Fieldbus",
    ]

    static func advice(_ name: String) -> String {
        ". \(name) is a protocol (\(all[name] ?? "of Wireshark's")); write :\(name) for bytes, \"\(name)\" for text"
    }
}
