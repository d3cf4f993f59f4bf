import Analysis
import Bytes
import TestSupport

/// Builds a control connection on a port that means nothing, and data connections beside it.
struct Scene {
    static let client = Endpoint(IPAddress("192.0.2.1")!, 40000)
    static let server = Endpoint(IPAddress("192.0.2.2")!, 2100)

    let builder = ConversationBuilder()
    let control: Connection

    init(to server: Endpoint = Self.server, login: Bool = true) {
        control = Connection(builder, Self.client, server)
        guard login else { return }
        control.answer("220 ready\r\n")
        exchange("USER alice", "331 password")
        exchange("PASS secret", "230 in")
    }

    func exchange(_ command: String, _ reply: String) {
        control.say(command + "\r\n")
        control.answer(reply + "\r\n")
    }

    /// A whole data connection from the server's side of a passive transfer.
    func download(_ text: String, port: UInt16, from: UInt16 = 50000, host: IPAddress = server.address) {
        let data = Connection(builder, Endpoint(Self.client.address, from), Endpoint(host, port))
        data.answer(text)
        data.close()
    }

    /// A passive download of `text` as the file `name`.
    func retrieve(_ name: String, _ text: String, port: UInt16 = 5001) {
        exchange("PASV", "227 Entering Passive Mode (192,0,2,2,\(port >> 8),\(port & 255))")
        control.say("RETR \(name)\r\n")
        control.answer("150 here\r\n")
        download(text, port: port)
        control.answer("226 done\r\n")
    }

    func content(_ transfer: Transfer, _ story: Story) -> String {
        var text = ""
        story.readContent(of: transfer) {
            if case .bytes(let bytes) = $0 { text += String(decoding: bytes.array, as: UTF8.self) }
        }
        return text
    }
}
