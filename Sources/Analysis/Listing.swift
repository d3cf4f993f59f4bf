import Bytes
package import FTPProtocol

extension Story {
    /// The entries of a directory listing as far as the capture has it.
    package func listing(of transfer: Transfer) -> [ListingEntry] {
        guard transfer.kind == .listing else { return [] }
        let format: ListingFormat? =
            switch transfer.verb {
            case "MLSD": .facts
            case "NLST": .names
            default: nil
            }
        var reader = ListingReader(expecting: format)
        var entries: [ListingEntry] = []
        var line: [UInt8] = []
        func take(_ line: [UInt8]) {
            // Servers in China also write the month in their own encoding.
            let entry = reader.push(line) ?? GB2312.text(line).flatMap { reader.push($0.utf8) }
            if let entry { entries.append(entry) }
        }
        // A line of a listing holds one name; longer ones are an attack on whoever keeps them.
        let limit = 8192
        readContent(of: transfer) { piece in
            guard case .bytes(let bytes) = piece else {
                line = []
                return
            }
            for offset in 0..<bytes.count {
                let byte = bytes.u8(at: offset)
                if byte != 0x0A {
                    if line.count < limit { line.append(byte) }
                    continue
                }
                if line.last == 0x0D { line.removeLast() }
                take(line)
                line.removeAll(keepingCapacity: true)
            }
        }
        if !line.isEmpty { take(line) }
        return entries
    }
}
