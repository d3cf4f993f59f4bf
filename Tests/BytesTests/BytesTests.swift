import Bytes
import Testing

@Suite struct BytesTests {
    @Test func `loads are big-endian and zero past the end`() {
        let array: [UInt8] = [1, 2, 3, 4, 5]
        let bytes = array.bytes
        #expect(bytes.u16(at: 1) == 0x0203)
        #expect(bytes.u24(at: 1) == 0x020304)
        #expect(bytes.u32(at: 1) == 0x0203_0405)
        #expect(bytes.u32(at: 1, .little) == 0x0504_0302)
        #expect(bytes.u32(at: 2) == 0)
        #expect(bytes.u16(at: -1) == 0)
        #expect(bytes.u8(at: .max) == 0)
    }

    @Test func `slices are clamped`() {
        let array: [UInt8] = [1, 2, 3]
        #expect(array.bytes.slice(from: 1).array == [2, 3])
        #expect(array.bytes.slice(from: 1, count: 1).array == [2])
        #expect(array.bytes.slice(from: 3).array == [])
        #expect(array.bytes.slice(from: -1).array == [])
        #expect(array.bytes.slice(from: 0, count: -4).array == [])
    }
}

@Suite struct IPAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::", "::"), ("::1", "::1"),
        ("2001:DB8::8:800:200C:417A", "2001:db8::8:800:200c:417a"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("1::", "1::"), ("::ffff:192.0.2.1", "192.0.2.1"), ("0:0:0:0:0:0:0:1", "::1"), ("fe80::1:2", "fe80::1:2"),
    ])
    func `text forms are read and written canonically`(text: String, canonical: String) {
        #expect(IPAddress(text)?.description == canonical)
    }

    @Test(arguments: [
        "", ":", ":::", "1:2", "1.2.3", "1.2.3.256", "1.2.3.+4", "1::2::3", "1:2:3:4:5:6:7:8:9", ":1::2", "12345::",
        "g::", "1:2:3:4:5:6:7:",
        "1.2.3.4.5", "::1.2.3.400",
    ])
    func `what is no address is refused`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: [
        ("10.1.2.3", true), ("172.16.0.1", true), ("172.32.0.1", false), ("192.168.9.9", true), ("100.64.0.1", true),
        ("100.128.0.1", false), ("192.0.2.1", false), ("fe80::1", true), ("fd00::1", true), ("2001:db8::1", false),
    ])
    func `private ranges are known`(text: String, isPrivate: Bool) {
        #expect(IPAddress(text)?.isPrivate == isPrivate)
    }
}

@Suite struct GB2312Tests {
    @Test func `Chinese names are read`() {
        #expect(GB2312.text([0xCE, 0xC4, 0xB5, 0xB5, 0x2F, 0x61]) == "文档/a")
    }

    @Test(
        arguments: [
            [0x61, 0x62], [], [0xCE], [0xCE, 0x41], [0x72, 0xE9, 0x73, 0x75, 0x6D, 0xE9], [0xFF, 0xFF],
            [0xCE, 0xC4, 0xB5],
        ] as [[UInt8]])
    func `what may be something else is left alone`(bytes: [UInt8]) {
        #expect(GB2312.text(bytes) == nil)
    }
}
