/// A table that forgets what was not asked for lately: it never holds more than twice its limit, and is never searched
/// for what is old.
package struct RecentTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]
    private let limit: Int

    package init(limit: Int) { self.limit = limit }

    /// What is read or written counts as new.
    package subscript(key: Key) -> Value? {
        mutating get {
            if let value = young[key] { return value }
            guard let value = old.removeValue(forKey: key) else { return nil }
            keep(value, key)
            return value
        }
        set {
            old[key] = nil
            if let newValue { keep(newValue, key) } else { young[key] = nil }
        }
    }

    private mutating func keep(_ value: Value, _ key: Key) {
        if young.count >= limit, young[key] == nil {
            old = young
            young = [:]
        }
        young[key] = value
    }
}
