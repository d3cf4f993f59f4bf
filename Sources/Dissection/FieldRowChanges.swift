import Bytes

extension FieldRow {
    /// With names for some of its numbers; others stand for themselves.
    func partlyNamed(_ meaning: @escaping @Sendable (UInt64) -> String?) -> FieldRow {
        changed { ($0.meaning, $0.namesAllNumbers) = (meaning, false) }
    }

    /// With names for its numbers; one without a name is unknown.
    func named(_ meaning: @escaping @Sendable (UInt64) -> String?) -> FieldRow {
        changed { $0.meaning = meaning }
    }

    /// With names for filters alone: the row words its line itself.
    func asked(by names: @escaping @Sendable (UInt64) -> String?) -> FieldRow {
        changed { $0.wordsOfFilters = names }
    }

    /// A flag with names for filters.
    func asked(_ yes: String, _ no: String) -> FieldRow { asked { $0 == 0 ? no : yes } }

    /// Only read where that has been found out.
    func needing(_ needs: FrameNeeds) -> FieldRow {
        changed { $0.needs = needs }
    }

    /// With the type that filters know the name by, where the header has it in fewer bytes.
    func typed(_ type: FieldType) -> FieldRow {
        changed { $0.type = type }
    }

    /// One step below the row before it, of whose bits it is a part.
    var part: FieldRow { at(level: 2) }

    /// So many steps below the protocol, in the order of the rows.
    func at(level: Int) -> FieldRow {
        changed { $0.role = .inOrder(level: level) }
    }

    /// See ``isGenerated``.
    var generated: FieldRow {
        changed { $0.isGenerated = true }
    }

    /// See ``isHidden``.
    var hidden: FieldRow {
        changed { $0.isHidden = true }
    }

    /// See ``shownBits``.
    ///
    /// - Parameter above: how many of the bits lie below those of the place.
    func showing(bits: Int, above: Int = 0) -> FieldRow {
        changed { ($0.shownBits, $0.bitsBelow) = (bits, above) }
    }

    /// See ``wording``.
    func worded(_ wording: @escaping Wording) -> FieldRow {
        changed { $0.wording = wording }
    }

    /// See ``suffix``.
    func suffixed(_ suffix: @escaping Wording) -> FieldRow {
        changed { $0.suffix = suffix }
    }

    /// See ``isWhole``.
    var whole: FieldRow {
        changed { $0.isWhole = true }
    }

    /// See ``isProtocol``.
    var standingAlone: FieldRow {
        changed { $0.isProtocol = true }
    }

    /// See ``isPlaceless``.
    var placeless: FieldRow {
        changed { $0.isPlaceless = true }
    }

    /// See ``hidesNumber``.
    var nameAlone: FieldRow {
        changed { $0.hidesNumber = true }
    }

    /// See ``ownMeaning``.
    func own(_ meaning: String) -> FieldRow {
        changed { $0.ownMeaning = meaning }
    }

    /// Under another name.
    func renamed(_ name: String, _ label: String) -> FieldRow {
        changed { ($0.name, $0.label) = (name, label) }
    }

    /// Several rows of one name as one: `ip.addr` is the source's and the destination's.
    static func joined(_ rows: [FieldRow]) -> FieldRow {
        guard rows.count > 1 else { return rows[0] }
        return rows[0].changed {
            $0.needs = rows.reduce(into: []) { $0.formUnion($1.needs) }
            $0.place = nil
            $0.resolve = { input, sink in for row in rows { row.forEachValue(in: input, sink) } }
        }
    }

    /// Only in headers that fulfil `condition`.
    func when(_ condition: @escaping @Sendable (Bytes) -> Bool) -> FieldRow {
        changed { $0.isPresent = condition }
    }
}

extension ProtocolLayer {
    static func row(_ field: Field<Self, UInt8>) -> FieldRow { FieldRow(field) }
    static func row(_ field: Field<Self, UInt16>) -> FieldRow { FieldRow(field) }
    static func row(_ field: Field<Self, UInt32>) -> FieldRow { FieldRow(field) }
    static func row(_ field: Field<Self, UInt64>) -> FieldRow { FieldRow(field) }
    static func row(_ field: Field<Self, Bool>) -> FieldRow { FieldRow(field) }
    static func row(_ field: Field<Self, MACAddress>) -> FieldRow { FieldRow(field) }
    static func row(_ field: Field<Self, IPAddress>) -> FieldRow { FieldRow(field) }
}

/// A protocol with fields that must be looked for; `resolve` is their one switch.
package protocol ComputingLayer: ProtocolLayer {
    associatedtype Computed: Sendable
    static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink)
}

extension ComputingLayer {
    static func computed(
        _ field: Computed, _ name: String, _ label: String, _ type: FieldType = .uint32,
        _ display: FieldDisplay? = nil, _ role: FieldRow.Role = .byPlace
    ) -> FieldRow {
        FieldRow(name, label, type, display ?? type.display, role) { resolve(field, in: $0, $1) }
    }
}
