import CZlib

/// CRC-32 of RFC 1952 §8, which zip and gzip use.
package struct Checksum32: Sendable {
    package private(set) var value: UInt32 = 0

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        value = unsafe UInt32(
            truncatingIfNeeded: crc32_z(
                UInt(value), bytes.bindMemory(to: UInt8.self).baseAddress, Int(bytes.count)))
    }
}
