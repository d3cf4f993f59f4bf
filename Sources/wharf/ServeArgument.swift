import ArgumentParser
import Bytes
import FTPProtocol
import FTPServer
import FTPStorage
import Transport

extension RecordingSettings.TLS: ExpressibleByArgument {}
extension LogSettings.Format: ExpressibleByArgument {}
extension LogSettings.Level: ExpressibleByArgument {}

/// What options of `wharf serve` and `wharf user` take. The parser tells what does not fit, with the option and how the
/// command is used.
enum ServeArgument {
    static func place(_ text: String) throws -> ServerSettings.Place {
        guard let place = ServerSettings.Place(text) else {
            throw ValidationError("write 2121, 0.0.0.0:21 or '[::]:21'")
        }
        return place
    }

    static func ports(_ text: String) throws -> ClosedRange<UInt16> {
        guard let ports = PassiveSettings.ports(text) else {
            throw ValidationError("it takes two ports, such as 50000-50100")
        }
        return ports
    }

    static func addressForPassive(_ text: String) throws -> IPAddress {
        guard let address = IPAddress(text), address.isV4 else {
            throw ValidationError("it takes an IPv4 address, which PASV can tell")
        }
        return address
    }

    static func count(_ text: String) throws -> Int {
        guard let count = Int(text), count > 0 else { throw ValidationError("it takes a number from 1 on") }
        return count
    }

    /// A limit of a user, or none.
    struct Limit: Sendable, Hashable {
        let value: Int64?
    }

    static func countLimit(_ text: String) throws -> Limit {
        if text == "none" { return Limit(value: nil) }
        return Limit(value: Int64(try count(text)))
    }

    static func byteLimit(_ text: String) throws -> Limit {
        if text == "none" { return Limit(value: nil) }
        guard let value = ByteCount.read(text) else {
            throw ValidationError("it takes a number of bytes, such as 500000, 10 MB or 4 GiB, or none")
        }
        return Limit(value: Int64(clamping: value))
    }

    static func rateLimit(_ text: String) throws -> Limit {
        let limit = try byteLimit(text)
        guard limit.value != 0 else { throw ValidationError("it has to be more than nothing; none is for no limit") }
        return limit
    }

    private static let words = "list, read, write, append, delete, rename, mkdir, read-only, all and none"

    static func rights(_ text: String) throws -> String {
        guard Rights(words: text) != nil else { throw ValidationError("rights are \(words)") }
        return text
    }

    /// Nil for `none`, which takes back the rules there are.
    static func folderRule(_ text: String) throws -> String? {
        if text == "none" { return nil }
        guard FolderRights.Rule(text) != nil else {
            throw ValidationError("write \"/folder: list read\"; rights are \(words)")
        }
        return text
    }
}
