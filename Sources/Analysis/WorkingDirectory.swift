import FTPProtocol

/// The client's current directory, as far as it can be known: commands change it, PWD reveals it.
///
/// Until PWD has revealed where the login led, the path is kept relative to there; a later reply to PWD then also
/// completes the paths that were resolved before.
struct WorkingDirectory {
    private enum Place {
        case absolute([UInt8])
        /// Below the directory that the login led to.
        case belowLogin([UInt8])
        case unknown
    }

    private var place: Place
    private var login: [UInt8]?

    /// - Parameter isLoginKnown: whether the session has been followed from its login on.
    init(isLoginKnown: Bool = true) {
        place = isLoginKnown ? .belowLogin([]) : .unknown
    }

    /// A path that begins with this is relative to the login directory. No path on the wire can hold a NUL.
    private static let loginMark: [UInt8] = [0]

    /// The absolute path; nil while it is not known.
    var path: [UInt8]? {
        switch place {
        case .absolute(let path): path
        case .belowLogin(let below): login.map { Pathname.resolve(below, against: $0) }
        case .unknown: nil
        }
    }

    /// The path as far as it was said: below the login directory while nobody has said which that is.
    var said: [UInt8]? {
        if let path { return path }
        guard case .belowLogin(let below) = place, !below.isEmpty else { return nil }
        return Array(Pathname.resolve([0x2F] + below, against: nil).dropFirst())
    }

    /// Resolves a name as the server would.
    func resolve(_ name: [UInt8]) -> [UInt8] {
        if Pathname.isAbsolute(name) { return Pathname.resolve(name, against: nil) }
        switch place {
        case .absolute(let path): return Pathname.resolve(name, against: path)
        case .belowLogin(let below):
            return Self.loginMark + below + (below.isEmpty || name.isEmpty ? [] : [0x2F]) + name
        case .unknown: return name
        }
    }

    /// Completes a path that ``resolve(_:)`` left relative to the login directory. Where nothing ever said which that
    /// is, it is taken to be the root, as it is for most accounts of most servers.
    func completed(_ path: [UInt8]) -> [UInt8] {
        guard path.starts(with: Self.loginMark) else { return path }
        return Pathname.resolve(Array(path.dropFirst()), against: login ?? [0x2F])
    }

    mutating func change(to name: [UInt8]) {
        if name.first == UInt8(ascii: "~") {
            // Where the login led; another user's home is anybody's guess.
            place = name.count > 1 ? .unknown : login.map { .absolute($0) } ?? .belowLogin([])
            return
        }
        if Pathname.isAbsolute(name) {
            place = .absolute(Pathname.resolve(name, against: nil))
            return
        }
        switch place {
        case .absolute(let path): place = .absolute(Pathname.resolve(name, against: path))
        case .belowLogin(let below): place = .belowLogin(below + (below.isEmpty ? [] : [0x2F]) + name)
        case .unknown: break
        }
    }

    /// What PWD said.
    mutating func learn(_ path: [UInt8]?) {
        guard let path, Pathname.isAbsolute(path) else { return }
        if case .belowLogin(let below) = place {
            let below = Pathname.resolve([0x2F] + below, against: nil)
            let suffix = below.count > 1 ? below : []
            if path.suffix(suffix.count).elementsEqual(suffix) {
                let prefix = Array(path.dropLast(suffix.count))
                login = prefix.isEmpty ? [0x2F] : prefix
            }
        }
        place = .absolute(path)
    }
}
