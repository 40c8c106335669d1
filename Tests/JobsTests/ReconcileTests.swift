import Jobs
import Money
import Postgres
import Testing

@Suite(.serialized, .loadDatabase) struct `Totals of statements (3201)` {
    private let facts: ReconcileFacts

    init() throws {
        facts = try ReconcileFacts()
    }

    @Test func `that are ours are equal, and nothing is written but the answer`() throws {
        try facts.add(ReconcileSettlement("A"), ReconcileSettlement("B"))
        try facts.state(ReconcileStatement(200_00, 120_00, 20_00, 2))
        let result = try facts.reconcile()
        #expect(result.summary.statements == 1)
        #expect(result.summary.institutionsEqual == 1)
        #expect(result.summary.institutionsUnequal == 0)
        #expect(result.exitCode(tolerance: .zero) == .done)
        #expect(try facts.rows() == [])
        #expect(try facts.totals() == [])
        #expect(
            try facts.database.rows(
                "SELECT concat_ws(' ', fixmedins_code, answer, medfee_ours, setl_cnt_ours) FROM report.statement_check")
                == ["H1 equal 200.00 2"])
    }

    @Test(arguments: [
        (ReconcileStatement(100_01, 60_00, 10_00, 1), "medfee_sumamt 100.01 100.00"),
        (ReconcileStatement(100_00, 59_99, 10_00, 1), "fund_pay_sumamt 59.99 60.00"),
        (ReconcileStatement(100_00, 60_00, 0, 1), "acct_pay 0.00 10.00"),
        (ReconcileStatement(100_00, 60_00, 10_00, 2), "fixmedins_setl_cnt - -"),
    ])
    func `are unequal by one fen, or by the count alone`(statement: ReconcileStatement, difference: String) throws {
        try facts.add(ReconcileSettlement("A"))
        try facts.state(statement)
        let result = try facts.reconcile()
        #expect(result.exitCode(tolerance: .zero) == .doesNotTie)
        #expect(result.exitCode(tolerance: Fen(10_00)) == .done)
        #expect(try facts.totals() == ["310/11 2023-01-01..2023-01-31 \(difference) open"])
    }

    @Test func `count a mirror row −1 on the day of the refund, or leave it out`() throws {
        let refund = ReconcileSettlement("R").with {
            ($0.day, $0.isRefund, $0.total, $0.fund, $0.account) = ("2023-02-03", true, -100_00, -60_00, -10_00)
        }
        try facts.add(ReconcileSettlement("A"), refund)
        let february = ReconcileStatement(-100_00, -60_00, -10_00, -1).with {
            ($0.begin, $0.end) = ("2023-02-01", "2023-02-28")
        }
        let year = ReconcileStatement(100_00, 60_00, 10_00, 1).with {
            ($0.begin, $0.end, $0.includesRefunds) = ("2023-01-01", "2023-12-31", false)
        }
        try facts.state(ReconcileStatement(100_00, 60_00, 10_00, 1), february, year)
        let result = try facts.reconcile()
        #expect(result.summary.statements == 3)
        #expect(result.summary.institutionsUnequal == 0)
    }

    @Test func `are compared if their span lies within the period`() throws {
        try facts.add(ReconcileSettlement("A"))
        let day = ReconcileStatement(100_00, 60_00, 10_00, 1).with { ($0.begin, $0.end) = ("2023-01-05", "2023-01-05") }
        let quarter = ReconcileStatement(0, 0, 0, 0).with { $0.end = "2023-03-31" }
        try facts.state(day, ReconcileStatement(100_00, 60_00, 10_00, 1), quarter)
        let january = try #require(Month("2023-01"))
        #expect(try facts.reconcile(.day(try #require(CivilDate("2023-01-05")))).summary.statements == 1)
        #expect(try facts.reconcile(.day(try #require(CivilDate("2023-01-06")))).summary.statements == 0)
        #expect(try facts.reconcile(.month(january)).summary.statements == 2)
        #expect(try facts.reconcile(.year(2023)).summary.statements == 3)
        #expect(
            try facts.database.rows(
                "SELECT concat(job, ' ', business_date) FROM report.run WHERE job <> 'nightly' ORDER BY run_id") == [
                    "reconcile-day 2023-01-05", "reconcile-day 2023-01-06", "reconcile-month 2023-01-31",
                    "reconcile-year 2023-12-31",
                ])
    }

    @Test func `take the newest version of a statement and of an adjudication`() throws {
        let settlement = ReconcileSettlement("A")
        try facts.add(settlement)
        try facts.decide(settlement, 0, fund: 55_00, revision: 1)
        try facts.state(ReconcileStatement(1, 1, 1, 1), ReconcileStatement(100_00, 55_00, 10_00, 1))
        #expect(try facts.reconcile().summary.institutionsUnequal == 0)
    }

    /// What the fund owes, by verdict and `med_type`: the ledger's word, else the counter's.
    @Test(
        arguments: [
            (verdict: 0, medicalType: 11, insurance: 310, fund: 60_00),
            (1, 1401, 310, 42_00),
            (1, 21, 310, 42_00),
            (1, 11, 390, 42_00),
            (1, 41, 390, 42_00),
            (1, 41, 310, 0),
            (13, 11, 310, 0),
            (nil, 11, 310, 42_00),
        ] as [(verdict: Int?, medicalType: Int, insurance: Int, fund: Int64)])
    func `hold what is due, and what was reported of benefits not settled here`(
        verdict: Int?, medicalType: Int, insurance: Int, fund: Int64
    ) throws {
        try facts.add(
            ReconcileSettlement("A").with {
                ($0.verdict, $0.medicalType, $0.insurance, $0.reported) = (verdict, medicalType, insurance, 42_00)
                if verdict != 0 { $0.fund = 0 }
            })
        let clearingType = medicalType == 21 || medicalType == 41 ? medicalType : 11
        try facts.state(
            ReconcileStatement(100_00, fund, 10_00, 1).with {
                ($0.insurance, $0.clearingType) = (insurance, clearingType)
            })
        let result = try facts.reconcile()
        #expect(result.summary.institutionsEqual == 1)
        #expect(result.undecided == (verdict == nil ? 1 : 0))
    }

    @Test func `say how many institutions have settlements and no statement`() throws {
        try facts.add(ReconcileSettlement("A"), ReconcileSettlement("B").with { $0.institution = "H2" })
        try facts.state(ReconcileStatement(100_00, 60_00, 10_00, 1))
        #expect(try facts.reconcile().withoutStatement == 1)
    }

    @Test func `add up without sign, and the newest check of each statement counts`() throws {
        try facts.add(ReconcileSettlement("A"))
        let february = ReconcileStatement(-3, 0, 0, 0).with { ($0.begin, $0.end) = ("2023-02-01", "2023-02-28") }
        try facts.state(ReconcileStatement(100_05, 60_00, 10_00, 1), february)
        #expect(try facts.reconcile().summary.difference.total == Fen(8))
        try facts.state(ReconcileStatement(100_00, 60_00, 10_00, 1))
        _ = try facts.reconcile(.month(try #require(Month("2023-01"))))
        var connection = try facts.database.connect()
        let summary = try ReconcileSummary.ask(
            &connection, from: ReconcilePeriod.year(2023).firstDay, through: ReconcilePeriod.year(2023).lastDay)
        #expect(summary.statements == 2)
        #expect(summary.institutionsUnequal == 1)
        #expect(summary.difference.total == Fen(3))
        #expect(summary.open.count == 1)
        #expect(summary.open.oldest?.item == "310/11 2023-02-01..2023-02-28 medfee_sumamt")
    }
}

@Suite(.serialized, .loadDatabase) struct `Rows of unequal statements (3202)` {
    private let facts: ReconcileFacts

    init() throws {
        facts = try ReconcileFacts()
    }

    @Test func `every seeded difference is found, and no other`() throws {
        try facts.add(
            ReconcileSettlement("equal"), ReconcileSettlement("lost"), ReconcileSettlement("more"),
            ReconcileSettlement("two"), ReconcileSettlement("flag"),
            ReconcileSettlement("other").with { $0.institution = "H2" })
        try facts.detail(
            ReconcileLine("equal"), ReconcileLine("more").with { $0.fund += 1 },
            ReconcileLine("two").with { ($0.total, $0.account) = (99_00, 0) },
            ReconcileLine("flag").with { $0.isRefund = true }, ReconcileLine("ghost").with { $0.fund = 1_00 },
            ReconcileLine("other").with { ($0.institution, $0.total) = ("H2", 1) })
        try facts.state(
            ReconcileStatement(499_00, 241_01, 30_00, 3),
            ReconcileStatement(100_00, 60_00, 10_00, 1).with { $0.institution = "H2" })
        let result = try facts.reconcile()
        #expect(
            try facts.rows() == [
                "refund_state flag refd_setl_flag 100.00 100.00 open",
                "only_theirs ghost medfee_sumamt 100.00 - open",
                "only_ours lost medfee_sumamt - 100.00 open",
                "amount more fund_pay_sumamt 60.01 60.00 open",
                "amount two acct_pay 0.00 10.00 open",
                "amount two medfee_sumamt 99.00 100.00 open",
            ])
        #expect(
            result.rows
                == ReconcileResult.RowAnswers(equal: 1, onlyOurs: 1, onlyTheirs: 1, amount: 2, refundState: 1))
        #expect(
            try facts.blocked() == [
                "H1 flag: refund_state", "H1 ghost: only_theirs", "H1 lost: only_ours", "H1 more: amount",
                "H1 two: amount",
            ])
        #expect(result.summary.institutionsEqual == 1)
        #expect(result.summary.institutionsUnequal == 1)
    }

    @Test func `a settlement of another day or clearing type is no row of the statement`() throws {
        try facts.add(
            ReconcileSettlement("A"), ReconcileSettlement("B").with { $0.day = "2023-02-01" },
            ReconcileSettlement("C").with { $0.medicalType = 21 })
        try facts.detail(
            ReconcileLine("A").with { $0.total = 1 }, ReconcileLine("B").with { $0.total = 1 },
            ReconcileLine("C").with { $0.total = 1 })
        try facts.state(ReconcileStatement(1, 60_00, 10_00, 1))
        _ = try facts.reconcile()
        #expect(try facts.rows() == ["amount A medfee_sumamt 0.01 100.00 open"])
    }

    @Test func `an institution that states nothing has lost every row, without any detail`() throws {
        try facts.add(ReconcileSettlement("A"))
        try facts.state(ReconcileStatement(0, 0, 0, 0))
        #expect(try facts.reconcile().withoutDetail == 0)
        #expect(try facts.rows() == ["only_ours A medfee_sumamt - 100.00 open"])
    }

    @Test func `without detail only the totals differ, and the detail is asked for`() throws {
        try facts.add(ReconcileSettlement("A"))
        try facts.state(ReconcileStatement(1, 60_00, 10_00, 1))
        #expect(try facts.reconcile().withoutDetail == 1)
        #expect(try facts.rows() == [])
        #expect(try facts.totals() == ["310/11 2023-01-01..2023-01-31 medfee_sumamt 0.01 100.00 open"])
    }

    @Test func `a refund that only the institution states is one-sided beside its settlement`() throws {
        try facts.add(ReconcileSettlement("A"))
        try facts.detail(ReconcileLine("A"), ReconcileLine("A").with { ($0.isRefund, $0.total) = (true, -100_00) })
        try facts.state(ReconcileStatement(0, 0, 0, 0))
        _ = try facts.reconcile()
        #expect(try facts.rows() == ["only_theirs A refd_medfee_sumamt -100.00 - open"])
    }

    @Test func `a dry run tells the same and writes nothing`() throws {
        try facts.add(ReconcileSettlement("A"))
        try facts.state(ReconcileStatement(0, 0, 0, 0))
        let rehearsed = try facts.reconcile(isDryRun: true)
        #expect(rehearsed.runID == nil)
        #expect(try facts.count("run.run") == 1)
        #expect(try facts.count("run.discrepancy") == 0)
        #expect(try facts.reconcile().rows == rehearsed.rows)
    }
}
