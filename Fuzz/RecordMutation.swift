/// Changes to the order, number, times and lengths of a capture's records; the framing stays sound.
enum RecordMutation: CaseIterable {
    case swap, duplicate, delete, reverse, time, snap, rawHead, drop

    func apply(to image: inout CaptureImage, _ dice: inout Dice) {
        guard !image.records.isEmpty else { return }
        let number = dice.roll(image.records.count)
        let span = number..<min(image.records.count, number + 1 + dice.roll(dice.pick([2, 8, 64])))
        switch self {
        case .swap: image.records.swapAt(number, dice.roll(image.records.count))
        case .duplicate:
            image.records.insert(contentsOf: image.records[span], at: dice.roll(image.records.count + 1))
        case .delete: image.records.removeSubrange(span)
        case .reverse: image.records[span].reverse()
        case .time:
            guard image.records[number].isPacket else { return }
            let place = image.records[number].tail.isEmpty ? 0 : 12
            for record in span where image.records[record].isPacket {
                let (value, low) = (Int(dice.interesting()), dice.roll(2) * 4)
                PacketShape.put(value, 4, into: &image.records[record].head, at: place + low)
            }
        case .snap:
            guard image.records[number].isPacket else { return }
            let kept = dice.roll(image.records[number].packet.count + 1)
            image.records[number].cut =
                dice.isLucky(in: 4) ? Int(dice.interesting()) : image.records[number].packet.count - kept
            image.records[number].packet.removeSubrange(kept...)
        case .rawHead:
            guard !image.records[number].head.isEmpty else { return }
            RawMutation.overwrite(&image.records[number].head, at: dice.roll(image.records[number].head.count), &dice)
        case .drop:
            let every = 2 + dice.roll(16)
            image.records = image.records.enumerated().filter { $0.offset % every != 0 || !$0.element.isPacket }.map(
                \.1)
        }
    }
}
