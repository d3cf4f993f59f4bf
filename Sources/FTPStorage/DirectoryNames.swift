import FTPProtocol
import Glibc

/// The names in a directory in the order of their bytes: all in one piece of memory, for there may be a million of them.
/// Without `.` and `..`.
struct DirectoryNames {
    private struct Place {
        /// The first eight bytes of the name, which decide most comparisons.
        let key: UInt64
        let start: Int
    }

    /// Each name is ended by NUL.
    private var bytes: [UInt8] = []
    private var places: [Place] = []

    init(of directory: LocalTree.Opened) throws(FileError) {
        // fdopendir(3) takes the descriptor over.
        let own = dup(directory.descriptor.value)
        guard own >= 0 else { throw .last }
        guard let stream = unsafe fdopendir(own) else {
            close(own)
            throw .last
        }
        defer { unsafe closedir(stream) }
        while let entry = unsafe readdir(stream) {
            unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: UInt8.self, capacity: 256) {
                    unsafe take(UnsafeBufferPointer(start: $0, count: Self.length($0)))
                }
            }
        }
        sort()
    }

    private static func length(_ name: UnsafePointer<UInt8>) -> Int {
        unsafe strlen(UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
    }

    private mutating func take(_ name: UnsafeBufferPointer<UInt8>) {
        if unsafe name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { return }
        var key: UInt64 = 0
        for index in 0..<8 { key = key << 8 | (index < name.count ? UInt64(unsafe name[index]) : 0) }
        places.append(Place(key: key, start: bytes.count))
        unsafe bytes.append(contentsOf: name)
        bytes.append(0)
    }

    private mutating func sort() {
        unsafe bytes.withUnsafeBytes { bytes in
            guard let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
            places.sort { left, right in
                left.key == right.key ? unsafe strcmp(base + left.start, base + right.start) < 0 : left.key < right.key
            }
        }
    }

    /// Calls `body` with each name as system calls want it, until it answers false.
    func forEach(_ body: (UnsafePointer<CChar>) throws(FileError) -> Bool) throws(FileError) {
        var failure: FileError?
        unsafe bytes.withUnsafeBytes { bytes in
            guard let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
            for place in places {
                do throws(FileError) { guard unsafe try body(base + place.start) else { return } } catch {
                    failure = error
                    return
                }
            }
        }
        if let failure { throw failure }
    }

    /// The bytes of a name.
    static func text(_ name: UnsafePointer<CChar>) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
    }
}
