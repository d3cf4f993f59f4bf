import Testing

@testable import FTPServer

struct KernelPieceTests {
    @Test func `a fast connection is handed more at once, a slow one less, and neither without a bound`() {
        var piece = KernelPiece()
        let first = piece.bytes
        piece.follow(.milliseconds(300))
        #expect(piece.bytes == first)
        piece.follow(.milliseconds(2))
        #expect(piece.bytes == first * 2)
        for _ in 0..<100 { piece.follow(.milliseconds(2)) }
        #expect(piece.bytes == 256 << 20)
        for _ in 0..<100 { piece.follow(.seconds(2)) }
        #expect(piece.bytes == 64 << 10)
    }
}
