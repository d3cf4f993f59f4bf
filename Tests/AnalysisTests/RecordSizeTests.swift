@testable import Analysis
import Testing

/// The sizes that the memory bound in docs/Architecture.md is made of.
@Suite struct RecordSizeTests {
    @Test func `records are as small as the bound says`() {
        #expect(MemoryLayout<FrameRecord>.stride == 32)
        #expect(MemoryLayout<TCPEvent>.stride == 8)
        #expect(MemoryLayout<UnacknowledgedQueue.Segment>.stride == 32)
        #expect(MemoryLayout<StreamState>.stride == 320)
        #expect(MemoryLayout<PayloadState>.stride == 64)
        #expect(MemoryLayout<RepetitionState>.stride == 24)
    }
}
