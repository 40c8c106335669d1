import Money
import Policy
import Settlement

/// What a chunk of a proof has counted.
struct ProofTally: Sendable {
    /// The year's settlements, with their total fees, and what became of them, with the fund's payment due.
    private var read = Count()
    private var settled = Count()
    private var outside = Count()
    private var refused: [Refusal: Count] = [:]
    /// The year's uses of accounts outside settlements, with what they move; and those that move nothing.
    var uses = Count()
    var usesNotDue = Count()
    /// People with pooled settlements of the year, those who used up the deductible, and those who reached the ceiling.
    var people: [PoolingCategory: Count] = [:]
    var reachedDeductible: [PoolingCategory: Count] = [:]
    var reachedCeiling: [PoolingCategory: Count] = [:]
    /// Rows of the ledger without a fact.
    var unfounded = Count()
    var differences = Differences()

    /// - Parameter total: the total fee.
    mutating func add(_ outcome: YearOutcome, total: Fen) throws(MoneyOverflow) {
        try read.add(total)
        switch outcome.verdict {
        case .settled: try settled.add(outcome.decision.poolPayment)
        case .outside: try outside.add(outcome.decision.poolPayment)
        case .refused(let refusal): try refused[refusal, default: Count()].add(outcome.decision.poolPayment)
        }
    }

    /// What the ledger lacks or has too much, money by its magnitude.
    struct Differences: Hashable, Sendable {
        var settlements = Count()
        /// Running sums of a benefit year.
        var sums: Int64 = 0
        var entries = Count()
        /// Credits and openings.
        var credits = Count()
    }
}

extension ProofTally.Differences {
    var isEmpty: Bool { self == ProofTally.Differences() }

    /// - Parameter measure: `difference`, or `remainder` for what is left after the differences were posted.
    func controlTotals(_ measure: String, people: Int, unfounded: Count) -> [ControlTotal] {
        [
            ControlTotal(measure: "\(measure).settlement", item: "", count: settlements),
            ControlTotal(measure: "\(measure).sums", item: "", count: Count(rows: sums)),
            ControlTotal(measure: "\(measure).entry", item: "", count: entries),
            ControlTotal(measure: "\(measure).credit", item: "", count: credits),
            ControlTotal(measure: "\(measure).person", item: "", count: Count(rows: Int64(people))),
            ControlTotal(measure: "\(measure).unfounded", item: "", count: unfounded),
        ]
    }
}

extension ProofTally {
    /// Counts of the year itself, whatever differs.
    var controlTotals: [ControlTotal] {
        func rows<Item>(_ measure: String, _ counts: [Item: Count], _ name: (Item) -> String) -> [ControlTotal] {
            counts.map { ControlTotal(measure: measure, item: name($0.key), count: $0.value) }
        }
        let accepted = [("settled", settled), ("outside", outside)].filter { $0.1.rows != 0 }
        return [
            ControlTotal(measure: "settlement.read", item: "", count: read),
            ControlTotal(measure: "account_use.used", item: "", count: uses),
            ControlTotal(measure: "account_use.not_due", item: "", count: usesNotDue),
        ] + accepted.map { ControlTotal(measure: "settlement.verdict", item: $0.0, count: $0.1) }
            + rows("settlement.verdict", refused, \.rawValue) + rows("year.people", people, \.name)
            + rows("year.reached_deductible", reachedDeductible, \.name)
            + rows("year.reached_ceiling", reachedCeiling, \.name)
    }
}

extension PoolingCategory {
    /// As `ledger.psn_category` names it.
    fileprivate var name: String {
        switch self {
        case .active: InsuredCategory.active.rawValue
        case .retired: InsuredCategory.retired.rawValue
        case .veteran: InsuredCategory.veteran.rawValue
        }
    }
}

extension Fen {
    /// Without its sign.
    var magnitude: Fen {
        get throws(MoneyOverflow) { self < .zero ? try negated() : self }
    }
}
