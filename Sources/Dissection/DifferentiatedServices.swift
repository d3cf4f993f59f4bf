/// What was the type of service: how routers are to treat a packet (RFC 2474, RFC 3168).
enum DifferentiatedServices {
    /// Code points of IANA's registry: names in full, and short for what sums the field up.
    private static let points: [UInt64: (name: String, short: String)] = [
        0: ("Default", "CS0"), 1: ("Lower Effort", "LE"), 8: ("Class Selector 1", "CS1"),
        10: ("Assured Forwarding 11", "AF11"), 12: ("Assured Forwarding 12", "AF12"),
        14: ("Assured Forwarding 13", "AF13"), 16: ("Class Selector 2", "CS2"), 18: ("Assured Forwarding 21", "AF21"),
        20: ("Assured Forwarding 22", "AF22"), 22: ("Assured Forwarding 23", "AF23"), 24: ("Class Selector 3", "CS3"),
        26: ("Assured Forwarding 31", "AF31"), 28: ("Assured Forwarding 32", "AF32"),
        30: ("Assured Forwarding 33", "AF33"), 32: ("Class Selector 4", "CS4"), 34: ("Assured Forwarding 41", "AF41"),
        36: ("Assured Forwarding 42", "AF42"), 38: ("Assured Forwarding 43", "AF43"), 40: ("Class Selector 5", "CS5"),
        44: ("Voice Admit", "VOICE-ADMIT"), 46: ("Expedited Forwarding", "EF PHB"), 48: ("Class Selector 6", "CS6"),
        56: ("Class Selector 7", "CS7"),
    ]

    static func name(_ point: UInt64) -> String? { points[point]?.name }

    /// ` (DSCP: CS0, ECN: Not-ECT)`
    static let wording: FieldRow.Wording = { value, _, _ in
        guard case .number(let field) = value else { return "" }
        let congestion = ["Not-ECT", "ECT(1)", "ECT(0)", "CE"][Int(field & 3)]
        return " (DSCP: \(points[field >> 2]?.short ?? "Unknown"), ECN: \(congestion))"
    }
}
