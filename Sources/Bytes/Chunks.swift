import CPrefetch

/// An array that grows without moving what it holds: one that is added to while snapshots of it are read.
///
/// A copy shares all chunks; whoever appends next copies one chunk, never all. Growth leaves no half-empty double behind,
/// so the memory of an index is what its elements take.
@usableFromInline
package struct Chunks<Element: Sendable & BitwiseCopyable>: Sendable {
    @usableFromInline var chunks: [[Element]] = []
    @usableFromInline package internal(set) var count = 0

    @inlinable static var shift: Int { 14 }
    @inlinable static var size: Int { 1 << shift }

    package init() {}

    @inlinable @inline(__always)
    package mutating func append(_ element: Element) {
        if count & (Self.size - 1) == 0 { beginChunk() }
        chunks[chunks.count - 1].append(element)
        count += 1
    }

    @usableFromInline
    mutating func beginChunk() {
        var chunk: [Element] = []
        // The first chunk grows on demand: most captures are small.
        if count > 0 { chunk.reserveCapacity(Self.size) }
        chunks.append(chunk)
    }
}

extension Chunks {
    /// Asks the memory for an element that is needed soon.
    @inlinable @inline(__always)
    package func prefetch(_ index: Int) { chunks[index >> Self.shift].prefetch(index & (Self.size - 1)) }
}

extension Array where Element: BitwiseCopyable {
    /// Asks the memory for an element that is needed soon, all lines of it.
    @inlinable @inline(__always)
    package func prefetch(_ index: Int) {
        unsafe withUnsafeBytes {
            unsafe prefetchLines($0, at: index * MemoryLayout<Element>.stride, MemoryLayout<Element>.stride)
        }
    }
}

@usableFromInline
func prefetchLines(_ buffer: UnsafeRawBufferPointer, at offset: Int, _ count: Int) {
    guard let base = buffer.baseAddress else { return }
    // The first line may begin before the element.
    var line = unsafe -(Int(bitPattern: base + offset) & 63)
    while line < count {
        unsafe wharf_prefetch(base + offset + line)
        line += 64
    }
}

extension Chunks: RandomAccessCollection {
    @inlinable package var startIndex: Int { 0 }
    @inlinable package var endIndex: Int { count }

    @inlinable
    package subscript(index: Int) -> Element {
        @inline(__always) get { chunks[index >> Self.shift][index & (Self.size - 1)] }
        @inline(__always) _modify { yield &chunks[index >> Self.shift][index & (Self.size - 1)] }
    }
}
