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
        let amounts: [12 of Fen] = [
            year.opening, year.broughtIn, year.credit, year.interest, year.otherIn, year.payment, year.otherOut,
            year.closing, year.priorYear, year.ages.thisYear, year.ages.lastYear, year.ages.earlier,
        ]
        for index in amounts.indices {
            years.append(amounts[index].rawValue)
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
    /// In the order of their names.
    private var columns = [Count](repeating: Count(), count: AccountYearTally.names.count)
    private var interest: [InterestTier: Count] = [:]

    private static let names = [
        "opening", "brought_in", "credit", "interest", "other_in", "payment", "other_out", "prior_year",
        "closing_this_year", "closing_last_year", "closing_earlier",
    ]

    mutating func add(_ year: AccountYear) throws {
        try accounts.add(year.closing)
        let amounts: [11 of Fen] = [
            year.opening, year.broughtIn, year.credit, year.interest, year.otherIn, year.payment, year.otherOut,
            year.priorYear, year.ages.thisYear, year.ages.lastYear, year.ages.earlier,
        ]
        for index in amounts.indices where amounts[index] != .zero {
            try columns[index].add(amounts[index])
        }
        for part in year.interestParts {
            try interest[part.tier, default: Count()].add(part.amount)
        }
    }

    var controlTotals: [ControlTotal] {
        [ControlTotal(measure: "account.closing", item: "", count: accounts)]
            + zip(AccountYearTally.names, columns).filter { $0.1.rows != 0 }.map {
                ControlTotal(measure: "account.\($0.0)", item: "", count: $0.1)
            }
            + interest.map { ControlTotal(measure: "entry.interest", item: $0.key.source.description, count: $0.value) }
    }
}
