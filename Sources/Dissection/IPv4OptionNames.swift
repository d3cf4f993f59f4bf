extension IPv4 {
    /// IANA's registry of IP option numbers; copy bit and class included.
    static func optionName(_ type: UInt64) -> String? {
        switch type {
        case 0: "End of Options List (EOL)"
        case 1: "No-Operation (NOP)"
        case 7: "Record Route"
        case 11: "MTU Probe"
        case 12: "MTU Reply"
        case 25: "Quick-Start"
        case 68: "Time Stamp"
        case 82: "Traceroute"
        case 130: "Security"
        case 131: "Loose Source Route"
        case 133: "Extended Security"
        case 134: "Commercial Security"
        case 136: "Stream ID"
        case 137: "Strict Source Route"
        case 148: "Router Alert"
        case 149: "Selective Directed Broadcast"
        default: nil
        }
    }

    /// RFC 2113 §2.1 and RFC 5350 §3.
    static func alertName(_ number: UInt64) -> String? {
        switch number {
        case 0: "Router shall examine packet"
        case 1...32: "Aggregated Reservation Nesting Level"
        case 33...64: "QoS NSLP Aggregation Levels 0-31"
        case 65535: "Reserved"
        default: nil
        }
    }

    /// RFC 791 §3.1.
    static func optionClass(_ number: UInt64) -> String? {
        switch number {
        case 0: "Control"
        case 1, 3: "Reserved for future use"
        case 2: "Debugging and measurement"
        default: nil
        }
    }

    /// IANA's registry of IP option numbers, without copy bit and class.
    static func optionNumber(_ number: UInt64) -> String? {
        switch number {
        case 0: "End of Option List (EOL)"
        case 1: "No-Operation (NOP)"
        case 2: "Security"
        case 3: "Loose source route"
        case 4: "Time stamp"
        case 5: "Extended security"
        case 6: "Commercial IP security option"
        case 7: "Record route"
        case 8: "Stream identifier"
        case 9: "Strict source route"
        case 10: "Experimental Measurement"
        case 11: "MTU probe"
        case 12: "MTU Reply"
        case 13: "Experimental Flow Control"
        case 14: "Experimental Access Control"
        case 15: "Ask Estrin"
        case 16: "IMI Traffic Descriptor"
        case 17: "Extended Internet Protocol"
        case 18: "Traceroute"
        case 19: "Address Extension"
        case 20: "Router Alert"
        case 21: "Selective Directed Broadcast"
        case 22: "Unassigned"
        case 23: "Dynamic Packet State"
        case 24: "Upstream Multicast Packet"
        case 25: "Quick-Start"
        case 30: "RFC 3692-style experiment"
        default: nil
        }
    }

    /// RFC 791 §3.1, Internet Timestamp.
    static func stampFlag(_ number: UInt64) -> String? {
        switch number {
        case 0: "Time stamps only"
        case 1: "Time stamp and address"
        case 3: "Time stamps for prespecified addresses"
        default: nil
        }
    }

    /// RFC 791 §3.1, Security.
    static func securityName(_ number: UInt64) -> String? {
        switch number {
        case 0: "Unclassified"
        case 61749: "Confidential"
        case 30874: "EFTO"
        case 48205: "MMMM"
        case 24102: "PROG"
        case 44819: "Restricted"
        case 55176: "Secret"
        case 27589: "Top secret"
        case 4958, 9405, 13794, 19832, 35247, 39665, 50390, 57963: "Reserved"
        default: nil
        }
    }

    /// RFC 4782 §3.1.
    static func quickStartFunction(_ number: UInt64) -> String? {
        switch number {
        case 0: "Rate request"
        case 8: "Rate report"
        default: nil
        }
    }

    /// RFC 4782 §3.1.
    static func quickStartRate(_ number: UInt64) -> String? {
        switch number {
        case 0: "0 bit/s"
        case 1: "80 Kbit/s"
        case 2: "160 Kbit/s"
        case 3: "320 Kbit/s"
        case 4: "640 Kbit/s"
        case 5: "1.28 Mbit/s"
        case 6: "2.56 Mbit/s"
        case 7: "5.12 Mbit/s"
        case 8: "10.24 Mbit/s"
        case 9: "20.48 Mbit/s"
        case 10: "40.96 Mbit/s"
        case 11: "81.92 Mbit/s"
        case 12: "163.84 Mbit/s"
        case 13: "327.68 Mbit/s"
        case 14: "655.36 Mbit/s"
        case 15: "1.31072 Gbit/s"
        default: nil
        }
    }
}
