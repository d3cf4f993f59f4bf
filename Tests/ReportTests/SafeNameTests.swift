@testable import Report
import Testing

@Suite struct SafeNameTests {
    @Test(arguments: [
        ("/docs/report.bin", "report.bin"), ("report.bin", "report.bin"), ("../../etc/passwd", "passwd"),
        ("..", "unnamed"),
        ("/", "unnamed"), ("", "unnamed"), (".", "unnamed"), ("/a/.bashrc", "_bashrc"), ("/a/-rf", "_rf"),
        ("C:\\windows\\system32\\x.dll", "x.dll"), ("a\u{0}b", "a_x00b"), ("a\nb", "a_x0ab"),
        ("say \"hello\".txt", "say _hello_.txt"), ("文件 名.txt", "文件 名.txt"), ("a.", "a"), ("...", "unnamed"),
        ("a\u{202E}gpj.exe", "a_u{202e}gpj.exe"),
    ])
    func `names from the wire become plain names`(path: String, name: String) {
        #expect(SafeName.of(Array(path.utf8)) == name)
    }

    @Test func `endless names are cut`() {
        #expect(SafeName.of([UInt8](repeating: 0x61, count: 100_000)).utf8.count <= 200)
    }

    @Test func `numbers stand before the extension`() {
        #expect(SafeName.numbered("report.pdf", 2) == "report.2.pdf")
        #expect(SafeName.numbered("README", 3) == "README.3")
    }
}
