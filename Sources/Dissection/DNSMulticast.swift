import Bytes

/// DNS on a link without servers (RFC 6762).
package enum MDNS: ProtocolLayer {
    package static let id = ProtocolID.mdns
    package static let fields = DNS.fields
    package static func title(_ input: borrowing FieldInput) -> String? { DNS.title(input) }
    package static func appendDetails(_ input: borrowing FieldInput, to nodes: inout [DetailNode]) {
        DNS.appendDetails(input, to: &nodes)
    }
    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        DNS.appendInfo(input, to: &text)
    }
}

/// Names of neighbours, with two flags of its own (RFC 4795 §2.1.1).
package enum LLMNR: ProtocolLayer {
    package static let id = ProtocolID.llmnr
    package static let fields = DNS.fields
    package static func title(_ input: borrowing FieldInput) -> String? { DNS.title(input) }
    package static func appendDetails(_ input: borrowing FieldInput, to nodes: inout [DetailNode]) {
        DNS.appendDetails(input, to: &nodes)
    }
    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        DNS.appendInfo(input, to: &text)
    }
}
