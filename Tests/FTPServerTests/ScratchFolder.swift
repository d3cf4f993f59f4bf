import FTPProtocol
import Foundation

@testable import FTPStorage

/// A folder with a tree to be served in it, `root`, and beside it what nobody may reach, `outside`.
final class ScratchFolder: Sendable {
    let path: String
    var root: String { path + "/root" }
    var outside: String { path + "/outside" }

    init() throws {
        path = NSTemporaryDirectory() + "/wharf-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path + "/root", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: path + "/outside", withIntermediateDirectories: true)
        try Data("secret".utf8).write(to: URL(fileURLWithPath: path + "/outside/f"))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func put(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(root)/\(name)"))
    }

    func make(_ folder: String) throws {
        try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(root)/\(name)", withDestinationPath: target)
    }

    /// What a file of the tree holds; nil if there is none.
    func text(_ name: String) -> String? {
        FileManager.default.contents(atPath: "\(root)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    func names(_ folder: String = "") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []).sorted()
    }

    func storage(
        _ rights: Rights = .all, _ rules: [(String, Rights)] = [], quota: Quota? = nil
    ) throws -> LocalStorage {
        let rules = rules.compactMap { rule in
            ServerPath(rule.0).map { FolderRights.Rule(folder: $0, rights: rule.1) }
        }
        return LocalStorage(try LocalTree(root), rights: FolderRights(rights, rules: rules), quota: quota)
    }
}

extension ServerPath {
    /// A path that a test is sure of.
    static func of(_ text: String) -> ServerPath { ServerPath(text) ?? .root }
}

extension LocalStorage {
    func text(_ path: String) throws(FileError) -> String {
        let file = try read(.of(path))
        var bytes = [UInt8](repeating: 0, count: Int(file.size))
        var failure: FileError?
        unsafe bytes.withUnsafeMutableBytes { buffer in
            do throws(FileError) { _ = unsafe try file.read(into: buffer, at: 0) } catch { failure = error }
        }
        if let failure { throw failure }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Begins an upload and leaves it open.
    func begin(
        _ path: String, _ text: String, _ way: WritingWay = .store(offset: 0), by uploader: String = "alice"
    ) throws(FileError) -> any WritableFile {
        let file = try write(.of(path), way, by: uploader)
        var failure: FileError?
        var text = text
        text.withUTF8 { bytes in
            do throws(FileError) { unsafe try file.write(UnsafeRawBufferPointer(bytes), at: file.start) } catch {
                failure = error
            }
        }
        if let failure {
            file.abandon()
            throw failure
        }
        return file
    }

    func store(_ path: String, _ text: String, _ way: WritingWay = .store(offset: 0)) throws(FileError) {
        try begin(path, text, way).commit()
    }

    func cut(_ path: String, _ text: String, _ way: WritingWay = .store(offset: 0)) throws(FileError) {
        try begin(path, text, way).abandon()
    }

    func listed(_ path: String) throws(FileError) -> [String] {
        var names: [String] = []
        try list(.of(path), needsFacts: true) {
            names.append(String(decoding: $0.name, as: UTF8.self))
            return true
        }
        return names
    }
}
