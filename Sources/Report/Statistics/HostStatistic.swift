import Analysis
import Bytes
import CaptureFile
import FTPProtocol

/// `-z hosts`: the names that the capture itself tells, as a hosts file.
struct HostStatistic: Statistic {
    private let file: String
    private let names: [(address: IPAddress, name: String)]
    let tap: (any FrameTap)? = nil

    /// - Parameter looksUpNames: false leaves only those that the file's writer put into it, as tshark's `-n` does.
    init(_ families: Set<IPFamily>, looksUpNames: Bool, _ source: StatisticsSource) {
        file = source.index.capture.files.map { displayText($0.path.utf8) }.joined(separator: ", ")
        let written = source.index.metadata.names.flatMap { record in record.names.map { (record.address, $0) } }
        let known = looksUpNames ? source.index.names.all : written
        names = known.filter { families.contains($0.0.isV4 ? .v4 : .v6) }
    }

    enum IPFamily { case v4, v6 }

    func write(_ write: (String) -> Void) {
        write("# TShark hosts output")
        write("#")
        write("# Host data gathered from \(file)")
        write("")
        for (address, name) in names { write("\(address)\t\(displayText(name.utf8))") }
    }

    var document: any Encodable {
        names.map { HostDocument(address: $0.address.description, name: displayText($0.name.utf8)) }
    }
}

private struct HostDocument: Encodable {
    let address: String
    let name: String
}
