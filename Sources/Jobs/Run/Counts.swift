import Money

/// Counts by a key of few values, which are compared faster than hashed: a handful of categories and reasons, asked for
/// with every row.
struct Counts<Key: Hashable & Sendable>: Sendable {
    /// In the order in which the keys were first met.
    private(set) var items: [(key: Key, count: Count)] = []

    mutating func add(_ amount: Fen = .zero, to key: Key) throws(MoneyOverflow) {
        for index in items.indices where items[index].key == key {
            try items[index].count.add(amount)
            return
        }
        items.append((key, Count(rows: 1, amount: amount)))
    }
}
