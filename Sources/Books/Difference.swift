package import Money

/// What one movement of a subject is keyed by: the kind of movement and the fact or rule it comes from.
package struct MovementKey: Hashable, Sendable, Comparable {
    /// `acct_incexpd_type`.
    package let kind: Int16
    package let source: FactID

    package init(kind: Int16, source: FactID) {
        self.kind = kind
        self.source = source
    }

    package static func < (left: MovementKey, right: MovementKey) -> Bool {
        left.kind != right.kind ? left.kind < right.kind : left.source < right.source
    }
}

/// What facts and rules say a movement should amount to.
package struct Due: Hashable, Sendable {
    package let key: MovementKey
    package let amount: Fen
    /// Number of the citation in the run's list.
    package let citation: Int32

    package init(key: MovementKey, amount: Fen, citation: Int32) {
        self.key = key
        self.amount = amount
        self.citation = citation
    }
}

/// What stands in the ledger for a movement: the sum over its revisions.
package struct Posted: Hashable, Sendable {
    package let key: MovementKey
    package let amount: Fen
    package let lastRevision: Int16
    /// Citation of the newest revision.
    package let citation: Int32

    package init(key: MovementKey, amount: Fen, lastRevision: Int16, citation: Int32) {
        self.key = key
        self.amount = amount
        self.lastRevision = lastRevision
        self.citation = citation
    }
}

/// One entry that a subject still needs.
package struct Movement: Hashable, Sendable {
    package let key: MovementKey
    package let amount: Fen
    package let revision: Int16
    package let citation: Int32
}

/// 应记 − 已记: appends what must be posted so that the ledger says what is due, and nothing where it says so already.
/// What is posted and no longer due is taken back under the article it was posted by.
///
/// - Parameters:
///   - due: ascending by key, each key once.
///   - posted: ascending by key, each key once.
package func appendDifferences(
    due: [Due], posted: ArraySlice<Posted>, to movements: inout [Movement]
) throws(MoneyOverflow) {
    var next = posted.startIndex
    for item in due {
        while next < posted.endIndex, posted[next].key < item.key {
            try appendReversal(of: posted[next], to: &movements)
            next += 1
        }
        if next < posted.endIndex, posted[next].key == item.key {
            let difference = try item.amount - posted[next].amount
            if difference != .zero {
                movements.append(
                    Movement(
                        key: item.key, amount: difference, revision: posted[next].lastRevision + 1,
                        citation: item.citation))
            }
            next += 1
        } else if item.amount != .zero {
            movements.append(Movement(key: item.key, amount: item.amount, revision: 0, citation: item.citation))
        }
    }
    while next < posted.endIndex {
        try appendReversal(of: posted[next], to: &movements)
        next += 1
    }
}

private func appendReversal(of posted: Posted, to movements: inout [Movement]) throws(MoneyOverflow) {
    guard posted.amount != .zero else { return }
    movements.append(
        Movement(
            key: posted.key, amount: try posted.amount.negated(), revision: posted.lastRevision + 1,
            citation: posted.citation))
}
