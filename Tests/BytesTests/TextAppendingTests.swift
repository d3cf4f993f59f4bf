import Bytes
import Testing

@Suite struct TextAppendingTests {
    private func text(_ write: (inout [UInt8]) -> Void) -> String { String(writing: write) }

    @Test func `numbers are as long as they are, or as wide as they should be`() {
        #expect(text { $0.append(decimal: 0) } == "0")
        #expect(text { $0.append(decimal: .max) } == "18446744073709551615")
        #expect(text { $0.append(decimal: 7, digits: 3) } == "007")
        #expect(text { $0.append(decimal: 1234, digits: 3) } == "1234")
        #expect(text { $0.append(decimal: 42, width: 5) } == "   42")
        #expect(text { $0.append(decimal: 42, digits: 3, width: 5) } == "  042")
        #expect(text { $0.append(decimal: 123456, width: 5) } == "123456")
        #expect(text { $0.append(decimal: 1, width: -3) } == "1")
        #expect(text { $0.append(decimal: 1, width: 40) }.utf8.count == 40)
    }

    @Test func `hexadecimal has the digits asked for, and more where it needs them`() {
        #expect(text { $0.append(hexadecimal: 0) } == "0")
        #expect(text { $0.append(hexadecimal: 0xAB, digits: 4) } == "00ab")
        #expect(text { $0.append(hexadecimal: 0x1_0000, digits: 2) } == "10000")
        #expect(text { $0.append(hexadecimal: .max) } == "ffffffffffffffff")
        #expect(text { $0.append(hexadecimal: 5, digits: 18) } == "000000000000000005")
    }

    @Test func `columns are filled on either side`() {
        func column(_ width: Int, _ align: (inout [UInt8], Int, Int) -> Void) -> String {
            text {
                $0.append("ab|")
                let start = $0.count
                $0.append("xyz")
                align(&$0, start, width)
            }
        }
        for width in [-1, 0, 2, 3] {
            #expect(column(width) { $0.pad(from: $1, to: $2) } == "ab|xyz")
            #expect(column(width) { $0.alignRight(from: $1, to: $2) } == "ab|xyz")
        }
        #expect(column(5) { $0.pad(from: $1, to: $2) } == "ab|xyz  ")
        #expect(column(5) { $0.alignRight(from: $1, to: $2) } == "ab|  xyz")
        #expect(column(9) { $0.alignRight(from: $1, to: $2) } == "ab|      xyz")
    }
}
