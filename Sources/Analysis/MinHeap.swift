/// A binary heap: the element that comes before all others is at hand, adding and removing cost O(log n).
struct MinHeap<Element: Sendable>: Sendable {
    private var elements: [Element] = []
    private let comesBefore: @Sendable (Element, Element) -> Bool

    init(by comesBefore: @escaping @Sendable (Element, Element) -> Bool) {
        self.comesBefore = comesBefore
    }

    var first: Element? { elements.first }
    var count: Int { elements.count }

    mutating func insert(_ element: Element) {
        elements.append(element)
        var child = elements.count - 1
        while child > 0, comesBefore(elements[child], elements[(child - 1) / 2]) {
            elements.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() -> Element? {
        guard !elements.isEmpty else { return nil }
        elements.swapAt(0, elements.count - 1)
        let removed = elements.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < elements.count && comesBefore(elements[child], elements[least]) {
                least = child
            }
            if least == parent { return removed }
            elements.swapAt(parent, least)
            parent = least
        }
    }
}
