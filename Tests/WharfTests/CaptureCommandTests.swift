import Testing

/// What `wharf capture` says before it opens anything.
@Suite struct CaptureCommandTests {
    @Test(arguments: [
        (["-w", "x", "-a", "duration"], "parted by a colon"), (["-w", "x", "-a", "size:3"], "filesize:KB"),
        (["-w", "x", "-a", "duration:0"], "above 0"), (["-w", "x", "-a", "packets:-1"], "from 1 on"),
        (["-w", "x", "-a", "files:2"], "give -b too"), (["-w", "x", "-b", "files:2"], "when the next one begins"),
        (["-w", "-", "-b", "filesize:1"], "-b needs files"), (["-w", "x", "-c", "0"], "1 or more"),
        (["-b", "filesize:1"], "-b needs files"), (["--story", "-P"], "between each other"),
        (["-w", "-", "--story"], "standard output"), (["-P", "--explain"], "belong to --story"),
        (["-w", "x", "-B", "0"], "1 to 1024"), (["-w", "x", "-s", "-1"], "0 or more"),
    ])
    func `options that mean nothing are refused with a reason`(_ options: [String], _ reason: String) throws {
        let run = try wharf(["capture"] + options)
        #expect(run.status == 64 && run.output.isEmpty && run.errors.contains(reason), "\(run.errors)")
    }

    @Test func `an interface that is not there ends with 2`() throws {
        let missing = try wharf("capture", "-i", "nosuch0", "-w", "/dev/null")
        #expect(missing.status == 2 && missing.errors.contains("nosuch0: there is no such interface"))
        let number = try wharf("capture", "-i", "4000", "-w", "/dev/null")
        #expect(number.status == 2 && number.errors.contains("4000: there is no such interface"))
    }
}
