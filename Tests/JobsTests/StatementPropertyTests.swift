import City
import Jobs
import Money
import Postgres
import Settlement
import Testing

/// The statements of a whole city against sums that the database makes, over a New Year.
@Suite(.serialized, .scratch) struct `The statements of a city's persons tie` {
    @Test(arguments: 91...92 as ClosedRange<UInt64>)
    func `with balances and sums that the database adds up itself`(seed: UInt64) async throws {
        let database = try Scratch.database()
        let city = try NightlyCity(
            people: 120, months: "2023-12"..."2024-01", seed: seed, settlementsPerPerson: 30, shares: Self.shares)
        try database.load(city.directory)
        for month in ["2023-12", "2024-01"] {
            try await database.nightly("\(month)-31")
            try await database.monthEnd(month)
        }

        let open = try CityStatements(database)
        try expectTies(open, database, seed)
        // None of this is true only because there is nothing to compare.
        #expect(
            open.count > 150 && open.settlements > 200 && open.familyPayments > 3 && open.refused > 0, "seed \(seed)")
        #expect(open.priorYear > 0, "seed \(seed)")

        #expect(try await database.runDue(JobOptions(today: "2024-02-01")).exitCode == .done)
        let closed = try CityStatements(database)
        try expectTies(closed, database, seed)
        #expect(closed.closings == open.closings, "seed \(seed)")
        #expect(closed.carried > 50, "seed \(seed)")
    }

    private func expectTies(_ statements: CityStatements, _ database: ScratchDatabase, _ seed: UInt64) throws {
        let years: [(year: Int, name: String, sql: SQLText)] = [
            (
                2023, "closing of 2023",
                """
                SELECT concat_ws(' ', psn_no, sum(amount)) FROM report.account_entry WHERE posting_month < '2024'
                GROUP BY psn_no ORDER BY psn_no
                """
            ),
            (
                2024, "balance",
                "SELECT concat_ws(' ', psn_no, balance) FROM report.account_balance ORDER BY psn_no"
            ),
        ]
        for (year, name, sql) in years {
            let nothing = Set(statements.closings.filter { $0.hasPrefix("\(year) ") && $0.hasSuffix(" 0.00") })
            try expectSame(
                statements.closings.filter { $0.hasPrefix("\(year) ") && !nothing.contains($0) },
                try database.rows(sql).map { "\(year) \($0)" }.filter { !$0.hasSuffix(" 0.00") },
                "\(name), seed \(seed)")
        }
        try expectSame(
            statements.pooled,
            try database.rows(
                """
                SELECT concat_ws(' ', benefit_year, psn_no, deductible, pool_payment, eligible, visits)
                FROM report.accumulator
                """), "pooling, seed \(seed)")
        #expect(statements.familyPaid == statements.familyMoved, "seed \(seed)")
    }

    /// More of what comes late, is refunded over the New Year and goes wrong than usual.
    private static let shares: CityShares = {
        var shares = CityShares.usual
        (shares[.unknownInstitution], shares[.carelessMonth]) = (100, 1500)
        (shares[.latePayment], shares[.refundNextYear]) = (2500, 200)
        return shares
    }()
}

/// What the statements of everybody for both years come to.
private struct CityStatements {
    private(set) var count = 0
    private(set) var settlements = 0
    private(set) var refused = 0
    private(set) var familyPayments = 0
    private(set) var priorYear = 0
    /// Openings that the year before carried forward.
    private(set) var carried = 0
    /// Year, person, balance.
    private(set) var closings: [String] = []
    /// Year, person, sums.
    private(set) var pooled: [String] = []
    /// What accounts paid for relatives, by the settlements and by the movements.
    private(set) var familyPaid: Int64 = 0
    private(set) var familyMoved: Int64 = 0

    init(_ database: ScratchDatabase) throws {
        var connection = try Connection(database.settings())
        let rules = try TestRules.supplied()
        for person in try database.rows("SELECT psn_no FROM report.person ORDER BY psn_no") {
            var closing = Fen.zero
            for year in [2023, 2024] {
                do {
                    let statement = try AccountStatement.ask(&connection, rules: rules, person: person, year: year)
                    #expect(statement.account.sums[.opening] == closing, "\(person) in \(year)")
                    closing = statement.account.sums[.closing]
                    try add(statement, person)
                } catch StatementError.nothingInYear {
                    #expect(closing == .zero, "\(person) in \(year)")
                }
            }
        }
    }

    private mutating func add(_ statement: AccountStatement, _ person: String) throws {
        let (year, account) = (statement.year, statement.account)
        count += 1
        carried += account.isOpeningCarried ? 1 : 0
        var balance = account.sums[.opening]
        for movement in account.movements {
            balance = try balance + movement.entry.amount
            #expect(movement.balance == balance, "\(person) in \(year)")
            priorYear += movement.isPriorYear ? 1 : 0
            if case .settlement(_, isRelatives: true) = movement.purpose {
                familyMoved -= movement.entry.amount.rawValue
            }
            if [.spending, .settlementRefund, .premium].contains(movement.entry.kind) {
                #expect(movement.purpose != .itself, "\(person) in \(year): \(movement.entry.source)")
            }
        }
        #expect(balance == account.sums[.closing], "\(person) in \(year)")
        closings.append("\(year) \(person) \(balance)")
        for payment in statement.familyPayments {
            familyPayments += 1
            familyPaid += payment.amount.rawValue
        }
        let pooling = statement.pooling
        settlements += pooling.settlements.count
        refused += pooling.settlements.count(where: \.isRefused)
        #expect(
            pooling.settlements.map(\.poolPayment.rawValue).reduce(0, +) == pooling.sums.poolPayment.rawValue,
            "\(person) in \(year)")
        guard !pooling.settlements.isEmpty else { return }
        let sums = pooling.sums
        pooled.append(
            "\(year) \(person) \(sums.deductible) \(sums.poolPayment) \(sums.eligible) \(sums.visits)")
    }
}
