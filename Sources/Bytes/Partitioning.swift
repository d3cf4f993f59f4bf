extension RandomAccessCollection {
    /// The first place from which on `isRight` holds, in a collection where it holds for no element before one for which
    /// it does not; found in logarithmic time.
    @inlinable
    package func partitioningIndex(where isRight: (Element) -> Bool) -> Index {
        var start = startIndex
        var count = self.count
        while count > 0 {
            let half = count / 2
            let middle = index(start, offsetBy: half)
            if isRight(self[middle]) {
                count = half
            } else {
                start = index(after: middle)
                count -= half + 1
            }
        }
        return start
    }
}
