/// All field rows of all protocols, for looking up by name.
package enum Registry {
    package static let protocols: [any ProtocolLayer.Type] = [
        Ethernet.self, VLAN.self, LLC.self, LinuxCooked.self, LinuxCooked2.self, Null.self, PPPoE.self, ARP.self,
        IPv4.self, IPv6.self, IPv6HopByHop.self, IPv6Routing.self, IPv6Fragment.self, IPv6Destination.self,
        Authentication.self, ICMP.self, ICMPv6.self, UDP.self, TCP.self, DNS.self, TLS.self,
    ]
}
