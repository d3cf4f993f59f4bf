/// An array that grows without moving what it holds: one that is added to while snapshots of it are read.
///
/// A copy shares all chunks; whoever appends next copies one chunk, never all. Growth leaves no half-empty double behind,
/// so the memory of an index is what its elements take.
package struct Chunks<Element: Sendable & BitwiseCopyable>: Sendable {
    private var chunks: [[Element]] = []
    package private(set) var count = 0

    private static var shift: Int { 14 }
    private static var size: Int { 1 << shift }

    package init() {}

    @inline(__always)
    mutating func append(_ element: Element) {
        if count & (Self.size - 1) == 0 { beginChunk() }
        chunks[count >> Self.shift].append(element)
        count += 1
    }

    private mutating func beginChunk() {
        var chunk: [Element] = []
        // The first chunk grows on demand: most captures are small.
        if count > 0 { chunk.reserveCapacity(Self.size) }
        chunks.append(chunk)
    }
}

extension Chunks: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(index: Int) -> Element {
        @inline(__always) get { chunks[index >> Self.shift][index & (Self.size - 1)] }
        @inline(__always) _modify { yield &chunks[index >> Self.shift][index & (Self.size - 1)] }
    }
}
