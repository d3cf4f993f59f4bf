@testable import Bytes
import Testing

@Suite struct ChunksTests {
    private static let size = Chunks<Int>.size

    private func chunks(_ count: Int) -> Chunks<Int> {
        var chunks = Chunks<Int>()
        for number in 0..<count { chunks.append(number) }
        return chunks
    }

    @Test func `nothing is in it at first`() {
        let chunks = Chunks<Int>()
        #expect(chunks.isEmpty && chunks.count == 0 && chunks.indices.isEmpty && chunks.first == nil)
    }

    @Test(arguments: [1, size - 1, size, size + 1, 2 * size, 2 * size + 1])
    func `elements stay in order across the edges of chunks`(_ count: Int) {
        let chunks = chunks(count)
        #expect(chunks.count == count && chunks.endIndex == count)
        #expect(chunks.elementsEqual(0..<count))
        #expect(chunks.first == 0 && chunks.last == count - 1)
        #expect(chunks.chunks.count == (count + Self.size - 1) / Self.size)
        #expect(chunks.chunks.dropLast().allSatisfy { $0.count == Self.size })
    }

    @Test func `an element is changed where it stands`() {
        var chunks = chunks(Self.size + 2)
        for index in [0, Self.size - 1, Self.size, Self.size + 1] { chunks[index] += 1_000_000 }
        #expect([0, Self.size - 1, Self.size, Self.size + 1].allSatisfy { chunks[$0] == $0 + 1_000_000 })
        #expect(chunks[1] == 1 && chunks[Self.size - 2] == Self.size - 2)
        #expect(chunks.count == Self.size + 2)
    }

    @Test(arguments: [0, 1, size - 1, size, size + 1])
    func `a snapshot stays as it is while the original grows and changes`(_ count: Int) {
        var original = chunks(count)
        let snapshot = original
        for number in count..<count + Self.size + 5 { original.append(number) }
        for index in original.indices { original[index] = -1 }
        #expect(snapshot.count == count)
        #expect(snapshot.elementsEqual(0..<count))
        #expect(original.count == count + Self.size + 5 && original.allSatisfy { $0 == -1 })
    }

    @Test func `the original stays as it is while a copy grows and changes`() {
        let original = chunks(Self.size + 3)
        var copy = original
        copy.append(7)
        copy[Self.size] = -1
        copy[0] = -1
        #expect(original.elementsEqual(0..<Self.size + 3))
        #expect(copy.count == Self.size + 4 && copy.last == 7)
    }

    @Test func `what is appended to a snapshot does not move what its chunks share`() {
        let original = chunks(2 * Self.size + 1)
        var copy = original
        copy.append(1)
        // Whoever appends copies the last chunk, never those before it.
        for shared in 0..<2 {
            #expect(address(original.chunks[shared]) == address(copy.chunks[shared]))
        }
        #expect(address(original.chunks[2]) != address(copy.chunks[2]))
    }

    private func address(_ array: [Int]) -> Int {
        unsafe array.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
    }

    @Test func `asking for an element ahead of time changes nothing`() {
        let chunks = chunks(Self.size + 1)
        for index in [0, Self.size - 1, Self.size] { chunks.prefetch(index) }
        #expect(chunks.elementsEqual(0...Self.size))
    }
}
