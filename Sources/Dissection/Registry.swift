/// All field rows of all protocols, for looking up by name.
package enum Registry {
    package static let protocols: [any ProtocolLayer.Type] = [
        Frame.self, Ethernet.self, VLAN.self, ProviderBridge.self, MPLS.self, LLC.self, LinuxCooked.self,
        LinuxCooked2.self, Null.self,
        PPPoE.self,
        PPP.self, CiscoHDLC.self, ARP.self, IPv4.self, IPv6.self, IPv6HopByHop.self, IPv6Routing.self,
        IPv6Fragment.self,
        IPv6Destination.self, Authentication.self, GRE.self, ICMP.self, ICMPv6.self, UDP.self, TCP.self, DNS.self,
        TLS.self, FTP.self, FTPData.self, UnknownData.self, MDNS.self, LLMNR.self,
        CutPacket.self, MalformedPacket.self, PacketComments.self,
    ]

    /// A row and the protocol that it belongs to.
    package struct Entry: Sendable {
        package let layer: any ProtocolLayer.Type
        package let row: FieldRow
    }

    /// The rows called `name`, several where protocols share it: `ip.src` also stands in packets that ICMP quotes.
    package static func rows(named name: String) -> [Entry] { index[name] ?? [] }

    /// Every name, for completion and the field reference; sorted.
    package static var names: [String] { index.keys.sorted() }

    /// Makes the tables, which takes longer than reading a small capture, before they are asked for.
    package static func prepare() { _ = index.count }

    private static let index: [String: [Entry]] = {
        var index: [String: [Entry]] = [:]
        for layer in protocols {
            for (name, rows) in Dictionary(grouping: layer.fields, by: \.name) where !name.isEmpty {
                index[name, default: []].append(Entry(layer: layer, row: .joined(rows)))
            }
        }
        return index
    }()

    /// The protocol that reads `layer`; nil for ``ProtocolID/frame``, which has no bytes of its own.
    package static func reader(of layer: Layer) -> (any ProtocolLayer.Type)? {
        // The two versions of the cooked header share a name and differ in length.
        if layer.id == .sll { return layer.length == 20 ? LinuxCooked2.self : LinuxCooked.self }
        return readers[Int(layer.id.rawValue)]
    }

    /// Whether `layer` is one that `reader` reads.
    static func isRead(_ layer: Layer, by reader: any ProtocolLayer.Type) -> Bool {
        layer.id != .sll || (layer.length == 20) == (reader == LinuxCooked2.self)
    }

    private static let readers: [(any ProtocolLayer.Type)?] = ProtocolID.allCases.map { id in
        protocols.first { $0.id == id }
    }
}
