import Books
import Money
import Postgres
import Settlement

extension Statement {
    fileprivate static let incurredInMonths = Statement(
        "incurred in months",
        """
        SELECT t.item, substr(t.measure, 13), sum(t.amount_fen)::bigint
        FROM run.run r JOIN run.control_total t ON t.run_id = r.run_id
        WHERE r.posting_month BETWEEN $1 AND $2 AND (r.state = 'completed' OR r.run_id = $3)
          AND t.measure IN ('institution.pool', 'institution.account')
        GROUP BY t.item, t.measure HAVING sum(t.amount_fen) <> 0
        """)

    fileprivate static let incurredInRun = Statement(
        "incurred in run",
        """
        SELECT item, sum(amount_fen)::bigint FROM run.control_total
        WHERE run_id = $1 AND measure IN ('institution.pool', 'institution.account') GROUP BY item
        """)

    fileprivate static let lastClearedYear = Statement(
        "last cleared year", "SELECT max(year)::integer FROM ledger.institution_year WHERE year < $1")

    fileprivate static let standingAfterYear = Statement(
        "standing after year",
        "SELECT fixmedins_code, fund, payable_fen, deposit_held_fen FROM ledger.institution_year WHERE year = $1")

    fileprivate static let bookedByInstitution = Statement(
        "booked by institution",
        """
        SELECT coalesce(l.fixmedins_code, ''), sum(l.credit_fen - l.debit_fen)::bigint
        FROM ledger.voucher v JOIN ledger.voucher_line l ON l.voucher_id = v.voucher_id
        WHERE l.subject_code = $1 AND v.posting_month <= $2
        GROUP BY l.fixmedins_code HAVING sum(l.credit_fen - l.debit_fen) <> 0
        """)
}

/// How an institution and fund stood when a year began, and what the year moved.
struct InstitutionYearMovement {
    var payableBefore = Fen.zero
    var depositBefore = Fen.zero
    /// What adjudications came to.
    var incurred = Fen.zero
    /// What the year's monthly clearings moved.
    var cleared = ClearingMovement()

    /// 认可费用: without what the year's clearings withheld.
    func recognised() throws(MoneyOverflow) -> Fen { try incurred - cleared.withheld }

    /// What is payable before the annual clearing, the withheld among it.
    func payable() throws(MoneyOverflow) -> Fen {
        try payableBefore + incurred - cleared.deposit - cleared.payment
    }

    func depositHeld() throws(MoneyOverflow) -> Fen { try depositBefore + cleared.deposit }
}

/// What an annual clearing looks at: control totals and clearings since the last year that was cleared, and the books.
struct AnnualClearingExtract {
    private(set) var movements: [InstitutionFund: InstitutionYearMovement] = [:]
    /// What the run that clears counted and has not booked yet, by institution.
    private(set) var unbooked: [String: Fen] = [:]
    /// 应付定点机构 and 暂收款 by institution, as the books say up to December.
    private(set) var bookedPayable: [String: Fen] = [:]
    private(set) var bookedDeposit: [String: Fen] = [:]

    init(year: Int, run: Run, _ connection: inout Connection) throws {
        let clearedYear = try connection.first(.lastClearedYear, Int32(year)) { row throws(DatabaseError) in
            try row[0, as: Int32?.self]
        }
        let last = (clearedYear ?? nil).map(Int.init)
        if let last { try readStanding(after: last, &connection) }
        try readYears(before: year, after: last, run, &connection)
        let (january, december) = (Month.first(of: year), Month.last(of: year))
        for (key, incurred) in try incurred(from: january, through: december, run, &connection) {
            movements[key, default: InstitutionYearMovement()].incurred = incurred
        }
        for (key, cleared) in try ClearingExtract.cleared(from: january, through: december, &connection) {
            movements[key, default: InstitutionYearMovement()].cleared = cleared
        }
        try connection.forEachRow(.incurredInRun, run.id) { row in
            unbooked[try row[0, as: String.self]] = try row[1, as: Fen.self]
        }
        bookedPayable = try booked(.payableToInstitutions, through: december, &connection)
        bookedDeposit = try booked(.temporaryReceipts, through: december, &connection)
    }

    private mutating func readStanding(after year: Int, _ connection: inout Connection) throws {
        try connection.forEachRow(.standingAfterYear, Int32(year)) { row in
            var movement = InstitutionYearMovement()
            movement.payableBefore = try row[2, as: Fen.self]
            movement.depositBefore = try row[3, as: Fen.self]
            movements[try ClearingExtract.key(row)] = movement
        }
    }

    /// Years that were never cleared annually, as those before the office began with it, only carry over what they left.
    private mutating func readYears(before year: Int, after last: Int?, _ run: Run, _ connection: inout Connection)
        throws
    {
        let (first, end) = (Month.first(of: (last ?? 0) + 1), Month.last(of: year - 1))
        guard first <= end else { return }
        for (key, incurred) in try incurred(from: first, through: end, run, &connection) {
            try movements[key, default: InstitutionYearMovement()].payableBefore += incurred
        }
        for (key, cleared) in try ClearingExtract.cleared(from: first, through: end, &connection) {
            var movement = movements[key] ?? InstitutionYearMovement()
            movement.payableBefore = try movement.payableBefore - cleared.deposit - cleared.payment
            try movement.depositBefore += cleared.deposit
            movements[key] = movement
        }
    }

    private func incurred(
        from first: Month, through last: Month, _ run: Run, _ connection: inout Connection
    ) throws -> [InstitutionFund: Fen] {
        var incurred: [InstitutionFund: Fen] = [:]
        try connection.forEachRow(.incurredInMonths, first, last, run.id) { row in
            incurred[try ClearingExtract.key(row)] = try row[2, as: Fen.self]
        }
        return incurred
    }

    private func booked(
        _ subject: Subject, through month: Month, _ connection: inout Connection
    ) throws -> [String: Fen] {
        var booked: [String: Fen] = [:]
        try connection.forEachRow(.bookedByInstitution, subject.rawValue, month) { row in
            booked[try row[0, as: String.self]] = try row[1, as: Fen.self]
        }
        return booked
    }
}
