import Bytes
import Dispatch
import FTPProtocol
import FTPServer
import FTPStorage
import Foundation
package import SystemPackage
import Transport

/// A server of this process and clients without manners. The first byte of a mutant says which of the servers is meant,
/// the rest is a ``Script`` whose events are what a client does besides talking.
package struct ServerSubject: Subject {
    private let number: UInt64
    private let folder: FilePath
    private var stage: ServerStage?
    /// Descriptors and threads before there was any server.
    private var before = (descriptors: 0, threads: 0)

    /// - Parameter folder: belongs to the subject; its contents are removed.
    package init(number: UInt64, in folder: FilePath) {
        self.number = number
        self.folder = folder
    }

    package func mutant(_ index: Int) -> (bytes: [UInt8], origin: String) {
        var dice = Dice(seed: number, index: index)
        var bytes = [UInt8(dice.roll(ServerStage.count))] + CommandSoup.script(&dice, events: ClientRun.eventCount)
        guard dice.isLucky(in: 4) else { return (bytes, "soup") }
        for _ in 0...dice.roll(4) { dice.pick(RawMutation.allCases).apply(to: &bytes, &dice) }
        return (bytes, "mutated soup")
    }

    package mutating func run(_ bytes: [UInt8]) throws -> [String] {
        if stage == nil {
            before = Self.countBefore()
            stage = try ServerStage(in: folder)
        }
        guard let stage else { return [] }
        try stage.tidy()
        let place = stage.places[Int(bytes.first ?? 0) % ServerStage.count]
        var run = ClientRun(port: place.port, opening: place.opening)
        for piece in Script(bytes.dropFirst()).pieces {
            switch piece {
            case .text(let text): run.say(text)
            case .event(let number): run.happen(Int(number) % ClientRun.eventCount)
            }
        }
        run.leave()
        return run.faults + stage.faults()
    }

    /// Dispatch, by which a server's event loops end, keeps a thread and some descriptors for good: they are there
    /// from the first timer on.
    private static func countBefore() -> (descriptors: Int, threads: Int) {
        let threads = Kernel.threadCount + 1
        let fired = DispatchSemaphore(value: 0)
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(1)) { fired.signal() }
        fired.wait()
        return (Kernel.descriptorCount, threads)
    }

    package mutating func finish() -> [String] {
        guard stage != nil else { return [] }
        // Folders stay open as long as there is somebody who could serve them.
        stage?.stop()
        stage = nil
        try? FileManager.default.removeItem(atPath: folder.string)
        // A worker thread stays for some seconds after its last work.
        let isOver = Kernel.wait(seconds: 20) { [before] in
            Kernel.descriptorCount <= before.descriptors && Kernel.threadCount <= before.threads
        }
        let after = (descriptors: Kernel.descriptorCount, threads: Kernel.threadCount)
        return isOver ? [] : ["\(before) before there were servers, \(after) after them"]
    }
}

/// The servers: a plain one, one with TLS that records, and one behind a load balancer.
private final class ServerStage {
    static let count = 3

    private(set) var places: [(port: UInt16, opening: [UInt8])] = []
    private var servers: [Server] = []
    private let folder: FilePath
    private var descriptors = 0
    private var openFiles: Set<String> = []

    private var root: FilePath { folder.appending("root") }
    private var records: FilePath { folder.appending("records") }

    init(in folder: FilePath) throws {
        self.folder = folder
        for name in ["root", "outside", "records", "certificate"] {
            try FileManager.default.createDirectory(
                atPath: folder.appending(name).string, withIntermediateDirectories: true)
        }
        try Data("secret".utf8).write(to: URL(fileURLWithPath: folder.appending("outside/secret").string))
        let own = try OwnCertificate(in: folder.appending("certificate").string, hostNames: ["localhost"])
        let tls = try TLSContext(.init(certificatePath: own.certificatePath, keyPath: own.keyPath))
        let header = Array("PROXY TCP4 127.0.0.1 127.0.0.1 40000 21\r\n".utf8)
        let recording = Server.Recording(RecordingSettings(directory: records.string)) { _ in }
        try add(tls: nil, balancers: [], recording: nil, opening: [])
        try add(tls: tls, balancers: [], recording: recording, opening: [])
        try add(tls: nil, balancers: [IPAddress(v4: 0x7F00_0001)], recording: nil, opening: header)
        // What every server needs once is there then.
        for place in places { _ = Self.greets(place) }
        settle()
        noteDescriptors()
    }

    private func noteDescriptors() {
        descriptors = Kernel.descriptorCount
        openFiles = Kernel.openFiles
    }

    private func add(
        tls: TLSContext?, balancers: [IPAddress], recording: Server.Recording?, opening: [UInt8]
    ) throws {
        var policy = ServerPolicy.Settings()
        (policy.hasTLS, policy.showsSessions, policy.allowsSymbolicLinks) = (tls != nil, true, true)
        var limits = SessionLimits()
        (limits.failedLoginMilliseconds, limits.connectSeconds) = (0, 1)
        var bans = Bans.Settings()
        bans.attempts = 0
        let guest = Account(
            name: "anonymous", isGuest: true,
            storage: LocalStorage(try LocalTree(root.string), rights: FolderRights(.all)))
        let site = Site(
            policy: ServerPolicy(policy), accounts: AccountDirectory(guest: guest, users: nil), tls: tls,
            limits: limits, balancers: balancers)
        let server = Server(sites: [(names: [], site: site)], bans: bans, recording: recording, threads: 1)
        servers.append(server)
        places.append((try server.listen(.init(host: "127.0.0.1", port: 0)).port, opening))
    }

    /// The files as they are before each mutant.
    func tidy() throws {
        let files = FileManager.default
        for folder in [root, records] {
            for name in try files.contentsOfDirectory(atPath: folder.string) {
                try? files.removeItem(atPath: folder.appending(name).string)
            }
        }
        try? files.createDirectory(atPath: root.appending("d").string, withIntermediateDirectories: true)
        for (name, text) in [("f", "0123456789"), ("d/g", "one\ntwo\n")] {
            try? Data(text.utf8).write(to: URL(fileURLWithPath: root.appending(name).string))
        }
    }

    private static func greets(_ place: (port: UInt16, opening: [UInt8])) -> Bool {
        guard let client = LoopbackSocket(connectingTo: place.port) else { return false }
        client.send(place.opening)
        return client.receive(within: 5000)?.starts(with: "220".utf8) ?? false
    }

    @discardableResult
    private func settle() -> Bool { Kernel.wait(seconds: 5) { servers.allSatisfy { $0.sessions.count == 0 } } }

    /// What is wrong once all clients have gone.
    func faults() -> [String] {
        var faults: [String] = []
        // Those that have gone may still count among those from one address.
        settle()
        for (number, place) in places.enumerated() where !Self.greets(place) {
            faults.append("server \(number) does not greet any more")
        }
        if !settle() { faults.append("\(servers.map(\.sessions.count)) sessions are left") }
        let isBack = Kernel.wait(seconds: 5) { Kernel.descriptorCount <= descriptors }
        if !isBack {
            let lost = Kernel.openFiles.subtracting(openFiles).sorted().joined(separator: ", ")
            faults.append("\(Kernel.descriptorCount) descriptors instead of \(descriptors): \(lost)")
            // One that is lost is told once.
            noteDescriptors()
        }
        let outside = try? String(contentsOfFile: folder.appending("outside/secret").string, encoding: .utf8)
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.string).sorted()
        if outside != "secret" || names != ["certificate", "outside", "records", "root"] {
            faults.append("something was done outside the folder")
        }
        return faults
    }

    func stop() { for server in servers { server.stop() } }
}

/// One client and what it does.
private struct ClientRun {
    static let eventCount = 16

    private let port: UInt16
    private let opening: [UInt8]
    private var control: LoopbackSocket?
    private var heard: [UInt8] = []
    /// Where the server has said that it listens.
    private var passivePort: UInt16?
    private var data: [LoopbackSocket] = []
    private var listener: LoopbackSocket?
    private(set) var faults: [String] = []

    init(port: UInt16, opening: [UInt8]) {
        self.port = port
        self.opening = opening
        connect()
    }

    private mutating func connect() {
        leave()
        control = LoopbackSocket(connectingTo: port)
        control?.send(opening)
    }

    mutating func say(_ text: [UInt8]) { control?.send(text) }

    mutating func happen(_ number: Int) {
        switch number {
        case 1, 2: connectData()
        case 3: data.last?.send(Array("some data\n".utf8) + [0xFF, 0x80, 0])
        case 4: data.last?.finish()
        case 5: _ = data.popLast()
        case 6:
            data.last?.endByReset()
            _ = data.popLast()
        case 7: _ = data.last?.receive(within: 5)
        case 8: control?.finish()
        case 9:
            control?.send([255, 244, 255], isUrgent: true)
            control?.send([242] + Array("ABOR\r\n".utf8))
        case 10: leave()
        case 11:
            control?.endByReset()
            leave()
        case 12: offer()
        case 13: if let accepted = listener?.accept(within: 5) { data.append(accepted) }
        case 14: hear(within: 5)
        case 15: connect()
        default: behave()
        }
    }

    private mutating func connectData() {
        guard let passivePort, let socket = LoopbackSocket(connectingTo: passivePort) else { return }
        data.append(socket)
    }

    private mutating func offer() {
        guard let made = LoopbackSocket.listener() else { return }
        listener = made.socket
        say(Array("EPRT |1|127.0.0.1|\(made.port)|\r\n".utf8))
    }

    /// As a client with manners: reads what is said, connects to what it is told, moves something and ends it.
    private mutating func behave() {
        let codes = hear(within: 20)
        if codes.contains(229) || codes.contains(227) { connectData() }
        if codes.contains(150) {
            if let accepted = listener?.accept(within: 20) { data.append(accepted) }
            data.last?.send(Array("moved\n".utf8))
            data.last?.finish()
            while let piece = data.last?.receive(within: 5), !piece.isEmpty {}
            _ = data.popLast()
        }
    }

    /// The codes of what has come.
    @discardableResult
    private mutating func hear(within milliseconds: Int32) -> [Int] {
        guard let piece = control?.receive(within: milliseconds) else { return [] }
        heard += piece
        let lines = piece.split(separator: 10)
        for line in lines where line.starts(with: "229".utf8) {
            passivePort = line.split(separator: UInt8(ascii: "|")).compactMap { UInt16(Self.text($0)) }.last
        }
        for line in lines where line.starts(with: "227".utf8) {
            let numbers = line.split { !(0x30...0x39).contains($0) }.compactMap { UInt16(Self.text($0)) }
            if numbers.count == 7, let high = UInt8(exactly: numbers[5]), let low = UInt8(exactly: numbers[6]) {
                passivePort = UInt16(high) << 8 | UInt16(low)
            }
        }
        return lines.compactMap { Int(Self.text($0.prefix(3))) }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Closes everything, after a look at what the server has said.
    mutating func leave() {
        if control != nil { hear(within: 1) }
        checkReplies()
        (control, listener, passivePort) = (nil, nil, nil)
        (data, heard) = ([], [])
    }

    /// Whole lines, and no line that belongs to no reply; behind 234 it is TLS.
    private mutating func checkReplies() {
        var reader = ReplyReader()
        for line in heard.split(separator: 10, omittingEmptySubsequences: false).dropLast() {
            guard line.last == 13 else { return faults.append("a line without CR: \(displayText(Array(line)))") }
            switch reader.push(line.dropLast()) {
            case .stray: return faults.append("a line of no reply: \(displayText(Array(line)))")
            case .reply(let reply) where reply.code == 234: return
            default: break
            }
        }
    }
}
