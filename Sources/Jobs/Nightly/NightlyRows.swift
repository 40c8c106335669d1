import Money
import Postgres
import Settlement

extension Statement {
    fileprivate static let copyAdjudications = Statement(
        "copy adjudications",
        """
        COPY ledger.adjudication (person_id, run_id, setl_time, eligible_fen, deductible_applied_fen, payable_fen,
            pool_payment_fen, account_payment_fen, family_account_payment_fen, cash_payment_fen, family_person_id,
            benefit_month, citation_id, pool_rate_bp, verdict, psn_category, level, revision, cause, settlement_id)
        FROM STDIN (FORMAT binary)
        """)

    fileprivate static let copyFreshAdjudications = Statement(
        "copy fresh adjudications",
        """
        COPY ledger.adjudication_fresh (person_id, run_id, setl_time, eligible_fen, deductible_applied_fen, payable_fen,
            pool_payment_fen, account_payment_fen, family_account_payment_fen, cash_payment_fen, family_person_id,
            benefit_month, citation_id, pool_rate_bp, verdict, psn_category, level, revision, cause, settlement_id)
        FROM STDIN (FORMAT binary)
        """)

    fileprivate static let copyAccumulators = Statement(
        "copy accumulators",
        """
        COPY ledger.accumulator (person_id, run_id, deductible_fen, deductible_counted_fen, pool_payment_fen, counted_fen,
            eligible_fen, last_setl_time, visits, benefit_year, last_category, last_setl_id)
        FROM STDIN (FORMAT binary)
        """)

    fileprivate static let copyDiscrepancies = Statement(
        "copy discrepancies",
        """
        COPY run.discrepancy (discrepancy_id, revision, run_id, amount_theirs_fen, amount_ours_fen, opened_on, class, item,
            fixmedins_code, setl_id) FROM STDIN (FORMAT binary)
        """)
}

/// The rows a chunk of a night writes, already in the form of COPY.
struct NightlyRows {
    var entries: EntryRows
    var findings: FindingRows
    private var adjudications = CopyBuffer()
    private var freshAdjudications = CopyBuffer()
    private var accumulators = CopyBuffer()
    private var discrepancies = CopyBuffer()
    private let run: Run
    private let fresh: FreshTables

    /// - Parameter fresh: where rows of which years and months go.
    init(run: Run, fresh: FreshTables) {
        self.run = run
        self.fresh = fresh
        entries = EntryRows(runID: run.id, fresh: fresh)
        findings = FindingRows(runID: run.id)
    }

    mutating func append(
        _ outcome: YearOutcome, of fact: SettlementFact, benefitMonth: Month, citation: Int32, revision: Int16,
        cause: RevisionCause
    ) {
        if fresh.years.contains(benefitMonth.year) {
            NightlyRows.append(
                outcome, of: fact, benefitMonth, citation, revision, cause, run: run.id, to: &freshAdjudications)
        } else {
            NightlyRows.append(
                outcome, of: fact, benefitMonth, citation, revision, cause, run: run.id, to: &adjudications)
        }
    }

    private static func append(
        _ outcome: YearOutcome, of fact: SettlementFact, _ benefitMonth: Month, _ citation: Int32, _ revision: Int16,
        _ cause: RevisionCause, run: Int64, to adjudications: inout CopyBuffer
    ) {
        let decision = outcome.decision
        adjudications.row(20)
        adjudications.append(fact.person)
        adjudications.append(run)
        adjudications.append(fact.time.secondNumber * 1_000_000)
        adjudications.append(decision.eligible.rawValue)
        adjudications.append(decision.deductible.rawValue)
        adjudications.append(decision.payable.rawValue)
        adjudications.append(decision.poolPayment.rawValue)
        adjudications.append(decision.accountPayment.rawValue)
        adjudications.append(decision.familyAccountPayment.rawValue)
        adjudications.append(decision.cashPayment.rawValue)
        // A family payment that names nobody is taken from the own account.
        adjudications.append(decision.familyAccountPayment == .zero ? nil : fact.familyOwner ?? fact.person)
        adjudications.append(benefitMonth.firstDay.dayNumber)
        adjudications.append(citation)
        adjudications.append(Int16(clamping: decision.rate.basisPoints))
        adjudications.append(outcome.verdict.code)
        adjudications.append(outcome.category?.code)
        adjudications.append(outcome.level?.code)
        adjudications.append(revision)
        adjudications.append(cause.rawValue)
        adjudications.append(fact.id)
    }

    mutating func append(_ accumulator: AccumulatorFact) {
        let sums = accumulator.sums
        accumulators.row(12)
        accumulators.append(accumulator.person)
        accumulators.append(run.id)
        accumulators.append(sums.deductible.rawValue)
        accumulators.append(sums.deductibleCounted.rawValue)
        accumulators.append(sums.poolPayment.rawValue)
        accumulators.append(sums.counted.rawValue)
        accumulators.append(sums.eligible.rawValue)
        accumulators.append(accumulator.lastTime.secondNumber * 1_000_000)
        accumulators.append(Int32(clamping: sums.visits))
        accumulators.append(accumulator.year)
        accumulators.append(accumulator.lastCategory)
        accumulators.append(accumulator.lastID)
    }

    /// A difference with what the counter reported.
    mutating func append(
        _ id: DiscrepancyID, item: String, of fact: SettlementFact, theirs: Fen, ours: Fen, revision: Int32
    ) {
        discrepancies.row(10)
        discrepancies.append(id.rawValue)
        discrepancies.append(revision)
        discrepancies.append(run.id)
        discrepancies.append(theirs.rawValue)
        discrepancies.append(ours.rawValue)
        discrepancies.append(run.instance.businessDate.dayNumber)
        discrepancies.append(text: "counter")
        discrepancies.append(text: item)
        discrepancies.append(fact.institution)
        discrepancies.append(fact.id)
    }

    func write(_ connection: inout Connection) throws {
        try connection.send(adjudications, .copyAdjudications, columns: 20)
        try connection.send(freshAdjudications, .copyFreshAdjudications, columns: 20)
        try connection.send(accumulators, .copyAccumulators, columns: 12)
        try entries.write(&connection)
        try connection.send(discrepancies, .copyDiscrepancies, columns: 10)
        try findings.write(&connection)
    }
}
