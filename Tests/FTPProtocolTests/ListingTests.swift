import FTPProtocol
import Testing

/// 2024-03-01T00:00:00Z: when the listings of these tests were made.
private let now: Int64 = 1_709_251_200

@Suite struct UnixListingTests {
    private func read(_ line: String) -> ListingEntry? {
        var reader = ListingReader(now: now)
        return reader.push(line.utf8)
    }

    @Test(
        arguments: [
            ("-rw-r--r--   1 owner group     1024 Jan 31 12:00 file.txt", "file.txt", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 owner 1024 Jan 31 12:00 no group", "no group", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 1024 Jan 31 12:00 no owner", "no owner", 1024, 1_706_702_400),
            ("  131 8 -rw-r--r-- 1 owner group 1024 Jan 31 12:00 inode", "inode", 1024, 1_706_702_400),
            ("-rw-r--r--+ 1 owner group 1024 Jan 31 12:00 acl", "acl", 1024, 1_706_702_400),
            ("-rw-r--r--. 1 owner group 1024 Jan 31 12:00  lead", " lead", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 owner group 1024 Jan 31  2024 two  spaces ", "two  spaces ", 1024, 1_706_659_200),
            ("-rw-r--r-- 1 owner group 1024 Dec 31 12:00 last year", "last year", 1024, 1_704_024_000),
            ("-rw-r--r-- 1 owner group 1024 Feb 29 12:00 leap", "leap", 1024, 1_709_208_000),
            ("-rw-r--r-- 1 owner group 1024 2024-01-31 12:00 iso", "iso", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 owner group 1024 01-31 12:00 short iso", "short iso", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 o g 1024 2024-01-31 12:00:00.123456789 +0100 full", "full", 1024, 1_706_698_800),
            ("-rw-r--r-- 1 owner group 1024 2024-01-31 12:00 +0100", "+0100", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 owner group 1024 Jan 31 12:00:00 2024 bsd", "bsd", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 owner group 1024 Jan 31 12:00 2024", "2024", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 owner group 1024 31 Jan 2024 day first", "day first", 1024, 1_706_659_200),
            ("-rw-r--r-- 1 owner group 1024 31. Jan 12:00 german", "german", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 owner group 1024 31 janv. 12:00 french", "french", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 owner group 1024 1月 31 12:00 中文", "中文", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 owner group 1024 1月31日 12:00 日", "日", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 owner group 1024 1月 31日 2024年 年", "年", 1024, 1_706_659_200),
            ("-rw-r--r-- 1 Domain Users Admins 1024 Jan 31 12:00 spaced owners", "spaced owners", 1024, 1_706_702_400),
            ("-rw-r--r-- 1 o g 99999999999999 Jan 31 12:00 huge", "huge", 99_999_999_999_999, 1_706_702_400),
            ("-rw-r--r-- 1 o g 1024 Jan 31 12:00 a -> b", "a -> b", 1024, 1_706_702_400),
        ] as [(String, String, UInt64, Int64)])
    func `a file of ls is read`(line: String, name: String, size: UInt64, seconds: Int64) throws {
        let entry = try #require(read(line))
        #expect(String(decoding: entry.name, as: UTF8.self) == name)
        #expect(entry.kind == .file)
        #expect(entry.size == size)
        #expect(entry.modified?.seconds == seconds)
        #expect(entry.permissions == "rw-r--r--")
        #expect(entry.mode == 0o644)
    }

    @Test func `months of ISO 8859-1 are understood`() throws {
        var reader = ListingReader(now: now)
        let line = Array("-rw-r--r-- 1 o g 7 29 f".utf8) + [0xE9] + Array("v 12:00 x".utf8)
        let pushed = reader.push(line)
        let entry = try #require(pushed)
        #expect(entry.modified?.seconds == 1_709_208_000)
    }

    @Test(arguments: [
        ("drwxr-xr-x 2 o g 4096 Jan 31 12:00 dir", ListingEntry.Kind.directory, "dir"),
        ("drwxr-xr-x 2 o g 4096 Jan 31 12:00 .", .currentDirectory, "."),
        ("drwxr-xr-x 2 o g 4096 Jan 31 12:00 ..", .parentDirectory, ".."),
        ("lrwxrwxrwx 1 o g 4 Jan 31 12:00 link -> /to/it", .link, "link"),
        ("lrwxrwxrwx 1 o g 4 Jan 31 12:00 bare", .link, "bare"),
        ("crw-rw-rw- 1 root root 1, 3 Jan 31 12:00 null", .other, "null"),
        ("brw-rw---- 1 root disk 8,0 Jan 31 12:00 sda", .other, "sda"),
        ("prw-rw-rw- 1 root root 0 Jan 31 12:00 pipe", .other, "pipe"),
    ])
    func `the first letter says what it is`(line: String, kind: ListingEntry.Kind, name: String) throws {
        let entry = try #require(read(line))
        #expect(entry.kind == kind)
        #expect(String(decoding: entry.name, as: UTF8.self) == name)
        #expect(entry.linkTarget == (name == "link" ? Array("/to/it".utf8) : nil))
        if kind == .other, name != "pipe" { #expect(entry.size == nil) }
    }

    @Test(
        arguments: [
            ("rwxr-xr-x", 0o755), ("rwsr-sr-t", 0o7755), ("rwSr-Sr-T", 0o7644), ("---------", 0),
        ] as [(String, UInt16)])
    func `permissions give a mode`(permissions: String, mode: UInt16) throws {
        let entry = try #require(read("-\(permissions) 1 o g 1 Jan 31 12:00 x"))
        #expect(entry.mode == mode)
        #expect(entry.owner == "o" && entry.group == "g")
    }

    @Test func `a year that is not given is guessed, and said to be`() throws {
        let tomorrow = try #require(read("-rw-r--r-- 1 o g 1 Mar  1 23:00 x")?.modified)
        #expect(tomorrow == ListingTime(seconds: 1_709_334_000, precision: .minute, isYearGuessed: true))
        let lastYear = try #require(read("-rw-r--r-- 1 o g 1 Mar  3 12:00 x")?.modified)
        #expect(lastYear.seconds == 1_677_844_800)
        var blind = ListingReader()
        let undated = blind.push("-rw-r--r-- 1 o g 1 Mar  1 23:00 x".utf8)
        #expect(try #require(undated).modified == nil)
    }

    @Test(arguments: [
        "", "total 12", "总用量 12", "-rw-r--r--", "-rw-r--r-- 1 o g", "-rw-r--r-- 1 o g 12 Jan 31 12:00",
        "-rw-r--r-- 1 o g 12 Jan 31 12:00 ", "-rw-r--r-- 1 o g x Jan 31 12:00 name",
        "-rw-r--r-- 1 o g 12 Foo 31 12:00 name",
        "-rw-r--r-- 1 o g 12 Jan 32 12:00 name", "-rw-r--r-- 1 o g 12 Jan 31 25:00 name",
        "qrw-r--r-- 1 o g 1 Jan 31 12:00 x",
        "-rw-r--r-- 1 o g 99999999999999999999999 Jan 31 12:00 x", "ls: cannot open directory", "-rw-r--r--------- 1 x",
    ])
    func `what is no entry gives nil`(line: String) {
        #expect(read(line) == nil)
    }

    @Test func `a date that does not exist leaves an entry without time`() throws {
        let entry = try #require(read("-rw-r--r-- 1 o g 12 Feb 30 2024 name"))
        #expect(entry.modified == nil)
        #expect(entry.size == 12)
    }

    @Test func `a hostile line ends quickly`() {
        #expect(read(String(repeating: "1 ", count: 50_000)) == nil)
        #expect(read("-rw-r--r-- " + String(repeating: "Jan 31 ", count: 50_000)) == nil)
        #expect(read(String(repeating: "-", count: 100_000)) == nil)
    }
}

@Suite struct OtherListingTests {
    private func read(_ lines: [String], expecting format: ListingFormat? = nil) -> [ListingEntry] {
        var reader = ListingReader(expecting: format, now: now)
        return lines.compactMap { reader.push($0.utf8) }
    }

    private func names(_ entries: [ListingEntry]) -> [String] {
        entries.map { String(decoding: $0.name, as: UTF8.self) }
    }

    @Test(
        arguments: [
            ("01-31-24  12:00PM       <DIR>          a dir", ListingEntry.Kind.directory, nil, "a dir"),
            ("01-31-2024  12:00PM                 1024 file.txt", .file, 1024, "file.txt"),
            ("01-31-24  12:00               1,048,576 grouped", .file, 1_048_576, "grouped"),
            ("2024-01-31  12:00    <DIR>          iso", .directory, nil, "iso"),
            ("31.01.2024  12:00             1.024 german", .file, 1024, "german"),
            ("31/01/2024  12:00             1024 british", .file, 1024, "british"),
            ("01/31/2024  12:00 PM    <JUNCTION>     docs [C:\\Documents]", .link, nil, "docs"),
            ("01-31-24  12:00PM       <DIR>           lead", .directory, nil, " lead"),
            ("01-31-24  12:00PM <DIR> name", .directory, nil, "name"),
        ] as [(String, ListingEntry.Kind, UInt64?, String)])
    func `a line of DIR is read`(line: String, kind: ListingEntry.Kind, size: UInt64?, name: String) throws {
        let entry = try #require(read([line]).first)
        #expect(entry.kind == kind)
        #expect(entry.size == size)
        #expect(names([entry]) == [name])
        #expect(entry.modified == ListingTime(seconds: 1_706_702_400, precision: .minute))
        #expect(entry.linkTarget == (kind == .link ? Array("C:\\Documents".utf8) : nil))
    }

    @Test(arguments: [
        "01-31-24", "01-31-24 12:00PM", "01-31-24 12:00PM <DIR>", "01-31-24 12:00PM <FOO> x", "13-32-24 12:00PM 1 x",
        "01-31-24 13:00PM 1 x", "01-31 12:00PM 1 x", "01-31-24 12:00PM size x", "1-1-1-1 12:00 1 x", "--24 12:00PM 1 x",
    ])
    func `what is no line of DIR gives nil`(line: String) {
        #expect(read([line]).isEmpty)
    }

    @Test func `EPLF is read`() throws {
        let entries = read([
            "+i8388621.29609,m824255902,/,\tdev", "+i8388621.44468,m839956783,r,s10376,up644,\tRFC EPLF",
        ])
        #expect(entries.map(\.kind) == [.directory, .file])
        #expect(names(entries) == ["dev", "RFC EPLF"])
        #expect(entries[1].size == 10_376)
        #expect(entries[1].mode == 0o644)
        #expect(entries[1].unique == "8388621.44468")
        #expect(entries[0].modified == ListingTime(seconds: 824_255_902, precision: .second, isZoneKnown: true))
    }

    @Test(arguments: ["+", "+\t", "+r,s1,", "+rs1 name"])
    func `broken EPLF gives nil`(line: String) {
        #expect(read([line]).isEmpty)
    }

    @Test func `facts are read`() throws {
        let entry = try #require(
            read(["Type=file;Size=1024;Modify=20240131120000.5;perm=adfr;Unique=8U2;UNIX.mode=0644;unix.owner=0; a; b"])
                .first)
        #expect(names([entry]) == ["a; b"])
        #expect(entry.kind == .file)
        #expect(entry.size == 1024)
        #expect(entry.modified == ListingTime(seconds: 1_706_702_400, precision: .second, isZoneKnown: true))
        #expect(entry.permissions == "adfr")
        #expect(entry.unique == "8U2")
        #expect(entry.mode == 0o644)
        #expect(entry.owner == "0")
        #expect(entry.facts.count == 7)
    }

    @Test(arguments: [
        ("type=cdir; /", ListingEntry.Kind.currentDirectory), ("type=pdir; ..", .parentDirectory),
        ("type=dir; d", .directory), ("type=OS.unix=slink:/to; l", .link), ("type=OS.unix=chr-1/3; null", .other),
        ("size=1; ?", .unknown), (" type=file; in MLST", .file), ("type=file name", .file),
    ])
    func `the type fact says what it is`(line: String, kind: ListingEntry.Kind) throws {
        let entry = try #require(read([line]).first)
        #expect(entry.kind == kind)
        #expect(entry.linkTarget == (kind == .link ? Array("/to".utf8) : nil))
    }

    @Test(arguments: ["type=file;", "type=file; ", "=x; name", "type; name", ";;; name", " name", "a b=c; d"])
    func `broken facts give nil`(line: String) {
        #expect(read([line]).isEmpty)
    }

    @Test func `facts that are written are read again`() throws {
        let facts = Facts(list: [.init(name: "type", value: Array("dir".utf8))], name: Array(" x; y".utf8))
        #expect(facts.line == Array("type=dir;  x; y".utf8))
        #expect(Facts(line: facts.line) == facts)
    }

    @Test func `a thousand facts are not all kept`() throws {
        let facts = try #require(Facts(line: (String(repeating: "a=b;", count: 1000) + " n").utf8))
        #expect(facts.list.count == Facts.maximumCount)
    }

    @Test func `NLST gives names, whatever they look like`() {
        let lines = ["plain", " lead", "total 12", "-rw-r--r-- 1 o g 1 Jan 31 12:00 x", "a=b; c", "dir/file\r\n"]
        let entries = read(lines, expecting: .names)
        #expect(names(entries) == Array(lines.dropLast()) + ["dir/file"])
        #expect(entries.allSatisfy { $0.kind == .unknown })
    }

    @Test func `VMS is read, names on their own line too`() throws {
        let entries = read([
            "Directory DISK$USER:[FTP]", "",
            "A.TXT;1        2/4     31-JAN-2024 12:00:00  [GROUP,OWNER]  (RWED,RWED,RE,)",
            "A_VERY_LONG_NAME_INDEED.TXT;12",
            "               3/4     31-JAN-2024 12:00  [GROUP,OWNER]  (RWED,RWED,RE,)",
            "SUB.DIR;1      1/1     31-JAN-2024 12:00:00  [SYSTEM]  (RWE,RWE,RE,RE)", "Total of 3 files",
        ])
        #expect(names(entries) == ["A.TXT;1", "A_VERY_LONG_NAME_INDEED.TXT;12", "SUB"])
        #expect(entries.map(\.kind) == [.file, .file, .directory])
        #expect(entries.map(\.modified?.seconds) == [1_706_702_400, 1_706_702_400, 1_706_702_400])
        #expect(entries[0].owner == "GROUP,OWNER")
    }

    @Test func `data sets and members of MVS are read`() {
        let dataSets = read([
            "Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname",
            "WYOSPT 3420   2003/05/21  1  200  FB      80  8053  PS  48-MVS.FILE",
            "WPTA01 3290   2004/03/04  1    3  FB      80  3125  PO  SOME.LIBRARY", "Migrated",
        ])
        #expect(names(dataSets) == ["48-MVS.FILE", "SOME.LIBRARY"])
        #expect(dataSets.map(\.kind) == [.file, .directory])
        let members = read([
            " Name     VV.MM   Created       Changed      Size  Init   Mod   Id",
            " MEMBER1   01.01 2004/06/22 2004/06/22 16:32   128   128    0 USER1",
        ])
        #expect(names(members) == ["MEMBER1"])
    }

    @Test func `the format is found again when it changes`() {
        var reader = ListingReader(now: now)
        #expect(reader.push("total 2".utf8) == nil)
        #expect(reader.format == nil)
        #expect(reader.push("-rw-r--r-- 1 o g 1 Jan 31 12:00 x".utf8) != nil)
        #expect(reader.format == .unix)
        #expect(reader.push("01-31-24 12:00PM 1 x".utf8) != nil)
        #expect(reader.format == .dos)
    }

    @Test(arguments: ["", ".", "..", "a/b", "a\\b", "a\u{0}", "a\n", "/etc/passwd", "../x"])
    func `a name that could escape its directory is not plain`(name: String) {
        #expect(!ListingEntry(name: Array(name.utf8), kind: .file).isPlainName)
    }

    @Test(arguments: ["a", "a b", "...", "-rf", "文件", "*"])
    func `other names are plain`(name: String) {
        #expect(ListingEntry(name: Array(name.utf8), kind: .file).isPlainName)
    }
}
