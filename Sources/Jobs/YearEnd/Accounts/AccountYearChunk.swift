import Money
import Postgres
import Settlement

extension Statement {
    fileprivate static let copyAccountYears = Statement(
        "copy account years",
        """
        COPY ledger.account_year (person_id, run_id, opening_fen, brought_in_fen, credit_fen, interest_fen, other_in_fen,
            payment_fen, other_out_fen, closing_fen, prior_year_fen, closing_this_year_fen, closing_last_year_fen,
            closing_earlier_fen, year) FROM STDIN (FORMAT binary)
        """)
}

/// 计息与结转: what the accounts of a chunk earned and carry forward.
struct AccountYearChunk: ChunkResult {
    private let plan: YearEndPlan
    private var entries: EntryRows
    private var years = CopyBuffer()
    private var tally = AccountYearTally()

    init(plan: YearEndPlan, facts: AccountYearFacts) throws {
        self.plan = plan
        entries = EntryRows(runID: plan.run.id)
        var (nextOpening, nextMovement) = (0, 0)
        var movements: [AccountYearMovement] = []
        while let person = facts.person(nextOpening, nextMovement) {
            var opening = AccountAges()
            if nextOpening < facts.openings.count, facts.openings[nextOpening].person == person {
                opening = facts.openings[nextOpening].ages
                nextOpening += 1
            }
            movements.removeAll(keepingCapacity: true)
            while nextMovement < facts.movements.count, facts.movements[nextMovement].person == person {
                movements.append(facts.movements[nextMovement].movement)
                nextMovement += 1
            }
            let year = try settleAccountYear(plan.year, opening: opening, movements: movements, terms: plan.interest)
            try append(year, of: person)
        }
    }

    var controlTotals: [ControlTotal] { tally.controlTotals }

    func write(_ connection: inout Connection) throws {
        try entries.write(&connection)
        try connection.send(years, .copyAccountYears, columns: 15)
    }

    private mutating func append(_ year: AccountYear, of person: Int64) throws {
        try tally.add(year)
        for part in year.interestParts {
            entries.append(
                person: person, amount: part.amount, month: Month.last(of: plan.year),
                effectiveOn: plan.run.instance.businessDate, citation: plan.interestCitations[part.citation] ?? 0,
                kind: AccountMovement.yearlyInterest.rawValue, revision: 0, source: part.tier.source)
        }
        years.row(15)
        years.append(person)
        years.append(plan.run.id)
        for amount in [
            year.opening, year.broughtIn, year.credit, year.interest, year.otherIn, year.payment, year.otherOut,
            year.closing, year.priorYear, year.ages.thisYear, year.ages.lastYear, year.ages.earlier,
        ] {
            years.append(amount.rawValue)
        }
        years.append(Int16(clamping: plan.year))
    }
}

extension InterestTier {
    /// The rule under which interest stands in the ledger.
    var source: FactID {
        switch self {
        case .thisYear: "interest-this-year"
        case .carried: "interest-carried"
        case .yearEndBalance: "interest-year-end-balance"
        }
    }
}

/// What a chunk's accounts come to together.
struct AccountYearTally: Sendable {
    private var accounts = Count()
    private var columns: [String: Count] = [:]
    private var interest: [InterestTier: Count] = [:]

    mutating func add(_ year: AccountYear) throws {
        try accounts.add(year.closing)
        let amounts: [(String, Fen)] = [
            ("opening", year.opening), ("brought_in", year.broughtIn), ("credit", year.credit),
            ("interest", year.interest), ("other_in", year.otherIn), ("payment", year.payment),
            ("other_out", year.otherOut), ("prior_year", year.priorYear),
            ("closing_this_year", year.ages.thisYear), ("closing_last_year", year.ages.lastYear),
            ("closing_earlier", year.ages.earlier),
        ]
        for (name, amount) in amounts where amount != .zero {
            try columns[name, default: Count()].add(amount)
        }
        for part in year.interestParts {
            try interest[part.tier, default: Count()].add(part.amount)
        }
    }

    var controlTotals: [ControlTotal] {
        [ControlTotal(measure: "account.closing", item: "", count: accounts)]
            + columns.map { ControlTotal(measure: "account.\($0.key)", item: "", count: $0.value) }
            + interest.map { ControlTotal(measure: "entry.interest", item: $0.key.source.description, count: $0.value) }
    }
}
