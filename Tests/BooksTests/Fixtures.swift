import Money

@testable import Books

func due(_ kind: Int16, _ source: FactID, _ amount: Int64, cite: Int32) -> Due {
    Due(key: MovementKey(kind: kind, source: source), amount: Fen(amount), citation: cite)
}

func posted(_ kind: Int16, _ source: FactID, _ amount: Int64, revision: Int16, cite: Int32) -> Posted {
    Posted(
        key: MovementKey(kind: kind, source: source), amount: Fen(amount), lastRevision: revision, citation: cite)
}

func movement(_ kind: Int16, _ source: FactID, _ amount: Int64, revision: Int16, cite: Int32) -> Movement {
    Movement(key: MovementKey(kind: kind, source: source), amount: Fen(amount), revision: revision, citation: cite)
}

func differences(due: [Due], posted: [Posted]) throws(MoneyOverflow) -> [Movement] {
    var movements: [Movement] = []
    try appendDifferences(due: due, posted: posted[...], to: &movements)
    return movements
}

/// The ledger after the movements have been posted: sums over revisions, as the next run reads it.
func applying(_ movements: [Movement], to posted: [Posted]) throws -> [Posted] {
    var ledger = Dictionary(uniqueKeysWithValues: posted.map { ($0.key, $0) })
    for movement in movements {
        let before = ledger[movement.key]?.amount ?? .zero
        ledger[movement.key] = Posted(
            key: movement.key, amount: try before + movement.amount, lastRevision: movement.revision,
            citation: movement.citation)
    }
    return ledger.values.sorted { $0.key < $1.key }
}
