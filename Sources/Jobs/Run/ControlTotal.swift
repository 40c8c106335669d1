import Money

/// Rows counted and their money.
struct Count: Hashable, Sendable {
    var rows: Int64 = 0
    var amount: Fen = .zero

    mutating func add(_ amount: Fen) throws(MoneyOverflow) {
        rows += 1
        try self.amount += amount
    }

    mutating func add(_ other: Count) throws(MoneyOverflow) {
        rows += other.rows
        try amount += other.amount
    }
}

/// A line of `run.control_total`: a measure, broken down by an item.
struct ControlTotal: Hashable, Sendable {
    let measure: String
    let item: String
    let count: Count
}

/// Control totals added up over chunks.
struct ControlSums: Sendable {
    private struct Key: Hashable {
        let measure: String
        let item: String
    }

    private var counts: [Key: Count] = [:]

    mutating func add(_ totals: [ControlTotal]) throws(MoneyOverflow) {
        for total in totals {
            try counts[Key(measure: total.measure, item: total.item), default: Count()].add(total.count)
        }
    }

    /// In the order of measure and item.
    var totals: [ControlTotal] {
        counts.map { ControlTotal(measure: $0.key.measure, item: $0.key.item, count: $0.value) }
            .sorted { ($0.measure, $0.item) < ($1.measure, $1.item) }
    }
}

extension [ControlTotal] {
    /// Counts of the measures together.
    func sum(_ measures: String...) throws(MoneyOverflow) -> Count {
        var sum = Count()
        for total in self where measures.contains(total.measure) {
            try sum.add(total.count)
        }
        return sum
    }

    /// Counts of all measures that begin so.
    func sum(prefixes: String...) throws(MoneyOverflow) -> Count {
        var sum = Count()
        for total in self where prefixes.contains(where: total.measure.hasPrefix) {
            try sum.add(total.count)
        }
        return sum
    }
}
