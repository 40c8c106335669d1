import Jobs
import Money
import Postgres
import Testing

private let january = ReconcilePeriod.month(Month(monthNumber: 2023 * 12))

@Suite(.serialized, .loadDatabase) struct `What becomes of a difference` {
    private let facts: ReconcileFacts

    init() throws {
        facts = try ReconcileFacts()
    }

    private func oneAmountDiffers() throws {
        try facts.add(ReconcileSettlement("A"))
        try facts.detail(ReconcileLine("A").with { $0.fund = 61_00 })
        try facts.state(ReconcileStatement(100_00, 61_00, 10_00, 1))
    }

    private func resolve(_ state: DiscrepancyState, _ reason: String) throws -> Discrepancy {
        var connection = try Connection(facts.database.loaderSettings())
        let id = DiscrepancyID(class: "amount", item: "fund_pay_sumamt", institution: "H1", settlement: "A")
        return try DiscrepancyResolution(id: id, state: state, reason: reason, user: "clerk")
            .write(&connection, at: ReconcileFacts.clock.now)
    }

    @Test func `Found again, nothing is written`() throws {
        try oneAmountDiffers()
        let first = try facts.reconcile()
        #expect(first.changes == ReconcileResult.Changes(new: 2))
        let second = try facts.reconcile()
        #expect(second.changes == ReconcileResult.Changes())
        #expect(second.rows == first.rows)
        #expect(try facts.count("run.discrepancy") == 2)
        #expect(try facts.count("run.discrepancy_state") == 0)
        #expect(try facts.count("run.statement_check") == 2)
    }

    @Test func `The program's key of a difference is the database's`() throws {
        try oneAmountDiffers()
        _ = try facts.reconcile()
        let ids = try facts.database.rows("SELECT discrepancy_id::text FROM run.discrepancy ORDER BY class")
        let amount = DiscrepancyID(class: "amount", item: "fund_pay_sumamt", institution: "H1", settlement: "A")
        let total = DiscrepancyID(
            class: "total", item: "310/11 2023-01-01..2023-01-31 fund_pay_sumamt", institution: "H1", settlement: "")
        #expect(ids == ["\(amount)", "\(total)"])
    }

    @Test func `With other amounts it is revised, and open again whatever was decided`() throws {
        try oneAmountDiffers()
        _ = try facts.reconcile()
        #expect(try resolve(.accepted, "机构确认").state == .accepted)
        try facts.detail(ReconcileLine("A").with { $0.fund = 62_00 })
        let result = try facts.reconcile()
        #expect(result.changes == ReconcileResult.Changes(revised: 1, reopened: 1))
        #expect(try facts.rows() == ["amount A fund_pay_sumamt 62.00 60.00 open"])
        #expect(
            try facts.database.rows(
                "SELECT concat_ws(': ', decided_by, state, reason) FROM run.discrepancy_state ORDER BY sequence"
            ).last
                == "run 3: open: found with other amounts")
    }

    @Test func `Once the institution redelivers its statement, it is corrected`() throws {
        try oneAmountDiffers()
        _ = try facts.reconcile(january)
        #expect(try facts.blocked() == ["H1 A: amount"])
        try facts.state(ReconcileStatement(100_00, 60_00, 10_00, 1))
        let result = try facts.reconcile(january)
        #expect(result.changes == ReconcileResult.Changes(corrected: 2))
        #expect(result.exitCode(tolerance: .zero) == .done)
        #expect(try facts.rows() == ["amount A fund_pay_sumamt 61.00 60.00 corrected"])
        #expect(try facts.blocked() == [])
        #expect(
            try facts.database.rows(
                "SELECT concat_ws(': ', decided_by, state, reason) FROM run.discrepancy_state ORDER BY 1")
                == ["run 3: corrected: detail and ledger agree", "run 3: corrected: statement and ledger agree"])
        #expect(try facts.reconcile(january).changes == ReconcileResult.Changes())
    }

    @Test func `Gone and come back, it is open again`() throws {
        try oneAmountDiffers()
        _ = try facts.reconcile()
        try facts.state(ReconcileStatement(100_00, 60_00, 10_00, 1))
        _ = try facts.reconcile()
        try facts.state(ReconcileStatement(100_00, 61_00, 10_00, 1))
        #expect(try facts.reconcile().changes == ReconcileResult.Changes(reopened: 2))
        #expect(try facts.rows() == ["amount A fund_pay_sumamt 61.00 60.00 open"])
    }

    @Test func `A late settlement corrects what was only at the institution`() throws {
        try facts.detail(ReconcileLine("A"))
        try facts.state(ReconcileStatement(100_00, 60_00, 10_00, 1))
        _ = try facts.reconcile()
        #expect(try facts.rows() == ["only_theirs A medfee_sumamt 100.00 - open"])
        try facts.add(ReconcileSettlement("A"))
        _ = try facts.reconcile()
        #expect(try facts.rows() == ["only_theirs A medfee_sumamt 100.00 - corrected"])
    }

    @Test func `A reconciliation of another month leaves it alone`() throws {
        try oneAmountDiffers()
        _ = try facts.reconcile(january)
        let february = ReconcileStatement(0, 0, 0, 0).with { ($0.begin, $0.end) = ("2023-02-01", "2023-02-28") }
        try facts.state(february)
        #expect(try facts.reconcile(.month(Month(monthNumber: 2023 * 12 + 1))).changes == ReconcileResult.Changes())
        #expect(try facts.rows() == ["amount A fund_pay_sumamt 61.00 60.00 open"])
    }

    @Test func `It ages from the last day of the period, however often it is found`() throws {
        try oneAmountDiffers()
        let oldest = try #require(try facts.reconcile(january).summary.open.oldest)
        #expect(oldest.openedOn == CivilDate("2023-01-31"))
        #expect(oldest.age(on: try #require(CivilDate("2023-02-12"))) == 12)
        #expect(oldest.age(on: try #require(CivilDate("2023-01-30"))) == 0)
    }

    @Test func `A decision keeps who made it, when and why, and lifts the block`() throws {
        try oneAmountDiffers()
        _ = try facts.reconcile()
        let resolved = try resolve(.explained, "手工结算，见第12号文件")
        #expect(resolved.state == .explained)
        #expect(resolved.reason == "手工结算，见第12号文件")
        #expect(try resolved.difference == Fen(1_00))
        #expect(try facts.blocked() == [])
        let kept = try facts.database.rows(
            """
            SELECT concat_ws(' | ', sequence, state, reason, decided_by LIKE 'clerk, database user %', decided_at AT TIME ZONE 'UTC')
            FROM run.discrepancy_state
            """)
        #expect(kept == ["1 | explained | 手工结算，见第12号文件 | t | 2023-11-14 22:13:20"])
        #expect(try resolve(.open, "重新核对").state == .open)
        #expect(try facts.count("run.discrepancy_state") == 2)
    }

    @Test func `An unknown id is refused`() throws {
        var connection = try facts.database.connect()
        let resolution = try DiscrepancyResolution(
            id: DiscrepancyID(rawValue: 7), state: .accepted, reason: "x", user: "clerk")
        let error = #expect(throws: ReconcileError.self) {
            _ = try resolution.write(&connection, at: ReconcileFacts.clock.now)
        }
        #expect(error.map { "\($0)" } == "there is no discrepancy 7; `settle discrepancies` lists them with their ids.")
        #expect(error?.exitCode == .refused)
    }

    @Test(arguments: ["", " \t\n"])
    func `An empty reason is refused`(reason: String) throws {
        let error = #expect(throws: ReconcileError.self) {
            try DiscrepancyResolution(
                id: DiscrepancyID(rawValue: 7), state: .accepted, reason: reason, user: "clerk")
        }
        #expect(
            error.map { "\($0)" }
                == "a decision needs a reason: say with --reason what was found, and on which document it rests.")
    }

    @Test func `Lists are restricted by state, class and institution`() throws {
        try oneAmountDiffers()
        _ = try facts.reconcile()
        _ = try resolve(.explained, "x")
        func list(_ filter: Discrepancy.Filter) throws -> [DiscrepancyClass] {
            var connection = try facts.database.connect()
            var found: [DiscrepancyClass] = []
            try Discrepancy.forEach(filter, &connection) { found.append($0.kind) }
            return found
        }
        #expect(try list(Discrepancy.Filter()) == [.total, .amount])
        #expect(try list(Discrepancy.Filter(isOpen: true)) == [.total])
        #expect(try list(Discrepancy.Filter(kind: .amount)) == [.amount])
        #expect(try list(Discrepancy.Filter(institution: "H2")) == [])
    }

    @Test(arguments: [CommitFault.Moment.beforeCommit, .afterCommit])
    func `An answer to COMMIT that is lost loses no difference`(moment: CommitFault.Moment) throws {
        try oneAmountDiffers()
        // The lease is the first commit, what the run leaves the second.
        let fault = CommitFault(number: 2, moment)
        if moment == .afterCommit {
            #expect(try facts.reconcile(commitFault: fault).runID == 2)
        } else {
            #expect(throws: (any Error).self) { try facts.reconcile(commitFault: fault) }
            #expect(try facts.count("run.discrepancy") == 0)
        }
        _ = try facts.reconcile()
        #expect(try facts.count("run.discrepancy") == 2)
    }

    @Test func `An interrupted run of another job comes first`() throws {
        try facts.run(
            """
            INSERT INTO run.run (run_id, job, business_date, posting_month, horizon, batch_upto, chunk_count, state, attempts,
                rule_pack_digest, program_version, started_at)
            VALUES (2, 'nightly', '2023-02-01', '2023-02-01', '2023-02-01', 1, 1, 'running', 1, 'd', 'test', now());
            """)
        let error = #expect(throws: JobError.self) { try facts.reconcile() }
        #expect(error?.exitCode == .tryLater)
    }
}
