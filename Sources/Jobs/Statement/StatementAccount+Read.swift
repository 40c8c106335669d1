import Books
import Money
import Postgres
import Settlement

extension Statement {
    fileprivate static let movementsOfYear = Statement(
        "movements of accounts and year",
        """
        SELECT e.kind, e.covered_month, e.effective_on, e.source, e.revision, e.amount_fen, e.run_id, r.job,
               r.business_date, r.posting_month, c.citation, e.person_id
        FROM ledger.account_entry e
        JOIN run.run r ON r.run_id = e.run_id AND r.state = 'completed'
        JOIN run.citation c ON c.citation_id = e.citation_id
        WHERE e.person_id = ANY($1) AND r.posting_month BETWEEN $2 AND $3
        ORDER BY e.person_id,
                 CASE WHEN e.kind = \(literal: Int32(AccountMovement.carriedIn.rawValue)) AND e.source = 'account-opening' THEN 0
                      WHEN e.kind = \(literal: Int32(AccountMovement.yearlyInterest.rawValue)) THEN 2 ELSE 1 END,
                 r.business_date, e.effective_on, e.kind, e.source, e.revision, e.covered_month
        """)

    fileprivate static let balancesBefore = Statement(
        "balances before year",
        """
        SELECT e.person_id, sum(e.amount_fen)::bigint FROM ledger.account_entry e
        JOIN run.run r ON r.run_id = e.run_id AND r.state = 'completed'
        WHERE e.person_id = ANY($1) AND r.posting_month < $2
        GROUP BY e.person_id
        """)

    fileprivate static let accountYears = Statement(
        "account year of persons",
        """
        SELECT a.run_id, a.opening_fen, a.brought_in_fen, a.credit_fen, a.interest_fen, a.other_in_fen, a.payment_fen,
               a.other_out_fen, a.closing_fen, a.prior_year_fen, a.closing_this_year_fen, a.closing_last_year_fen,
               a.closing_earlier_fen, a.person_id
        FROM ledger.account_year a
        JOIN run.run r ON r.run_id = a.run_id AND r.state = 'completed'
        WHERE a.person_id = ANY($1) AND a.year = $2
        """)
}

extension StatementAccount {
    /// By person; who never had a movement is missing.
    static func all(
        of persons: [Int64], year: Int, _ connection: inout Connection
    ) throws -> [Int64: StatementAccount] {
        var balances: [Int64: Fen] = [:]
        try connection.forEachRow(.balancesBefore, persons, Month.first(of: year)) { row in
            balances[try row[0, as: Int64.self]] = try row[1, as: Fen.self]
        }
        let lastYears = try ClosedAccount.all(of: persons, year: year - 1, &connection)
        let thisYears = try ClosedAccount.all(of: persons, year: year, &connection)
        var entries: [Int64: [StatementMovement.Entry]] = [:]
        try connection.forEachRow(.movementsOfYear, persons, Month.first(of: year), Month.last(of: year)) { row in
            entries[try row[11, as: Int64.self], default: []].append(try StatementMovement.Entry(row))
        }
        let purposes = try StatementPurposes(of: entries, &connection)
        var accounts: [Int64: StatementAccount] = [:]
        for person in persons {
            accounts[person] = try StatementAccount(
                balanceBefore: balances[person] ?? .zero, lastYear: lastYears[person], ledger: thisYears[person],
                entries[person] ?? [], purposes: { purposes.purpose(of: $0, person: person) })
        }
        return accounts
    }

    private init(
        balanceBefore: Fen, lastYear: ClosedAccount?, ledger: ClosedAccount?, _ entries: [StatementMovement.Entry],
        purposes purpose: (StatementMovement.Entry) -> StatementMovement.Purpose
    ) throws(MoneyOverflow) {
        var sums = AccountSums()
        sums[.opening] = lastYear?.sums[.closing] ?? balanceBefore
        sums[.closing] = sums[.opening]
        var movements: [StatementMovement] = []
        for entry in entries {
            try sums.add(entry)
            movements.append(StatementMovement(entry: entry, purpose: purpose(entry), balance: sums[.closing]))
        }
        self.init(
            isOpeningCarried: lastYear != nil, balanceBefore: balanceBefore, movements: movements, sums: sums,
            ledger: ledger)
    }

    /// Whether there is neither money nor a row to speak of.
    var isEmpty: Bool { movements.isEmpty && sums[.opening] == .zero && ledger == nil }

    /// Where the ledger's own sums are not what the lines come to. A closed year has a row for each account that holds
    /// or moved money.
    func differences(isClosed: Bool) -> [StatementDifference] {
        var pairs: [StatementDifference] = []
        if isOpeningCarried {
            pairs.append(
                StatementDifference(
                    .carriedForward, lines: balanceBefore.rawValue, ledger: sums[.opening].rawValue))
        }
        if let ledger {
            pairs += AccountYearColumn.allCases.map {
                StatementDifference(.account($0), lines: sums[$0].rawValue, ledger: ledger.sums[$0].rawValue)
            }
        } else if isClosed, !isEmpty {
            pairs.append(StatementDifference(.account(.closing), lines: sums[.closing].rawValue, ledger: nil))
        }
        return pairs.filter { !$0.holds }
    }
}

extension StatementMovement.Entry {
    fileprivate init(_ row: borrowing Row) throws {
        let table = "ledger.account_entry"
        let code = try row[0, as: Int16.self]
        guard let kind = AccountMovement(rawValue: code) else {
            throw JobError.schemaIncomplete("\(table) has a movement of kind \(code)")
        }
        self.init(
            kind: kind, coveredMonth: try row[1, as: Month.self], effectiveOn: try row[2, as: CivilDate.self],
            source: try row.factID(3, of: table), revision: try row[4, as: Int16.self],
            amount: try row[5, as: Fen.self], run: try row[6, as: Int64.self],
            instance: Instance(job: try row[7, as: Job.self], businessDate: try row[8, as: CivilDate.self]),
            postingMonth: try row[9, as: Month.self], article: try row[10, as: String.self])
    }
}

extension ClosedAccount {
    fileprivate static func all(
        of persons: [Int64], year: Int, _ connection: inout Connection
    ) throws -> [Int64: ClosedAccount] {
        var accounts: [Int64: ClosedAccount] = [:]
        try connection.forEachRow(.accountYears, persons, Int16(clamping: year)) { row in
            accounts[try row[13, as: Int64.self]] = try ClosedAccount(row)
        }
        return accounts
    }

    private init(_ row: borrowing Row) throws(DatabaseError) {
        var sums = AccountSums()
        for (index, column) in AccountYearColumn.allCases.enumerated() {
            sums[column] = try row[1 + index, as: Fen.self]
        }
        self.init(
            run: try row[0, as: Int64.self], sums: sums, ofThisYear: try row[10, as: Fen.self],
            ofLastYear: try row[11, as: Fen.self], ofEarlierYears: try row[12, as: Fen.self])
    }
}
