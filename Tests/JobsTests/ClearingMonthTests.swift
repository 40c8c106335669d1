import City
import Jobs
import Money
import Policy
import Postgres
import Testing

@Suite(.serialized, .scratch) struct `A month-end clears the institutions` {
    /// Of 1000.00 at T the fund pays 60 % of 250.00: 150.00, of which 5 % are held; 100.00 of the account are paid whole.
    private static let visit = NightlySettlement("a") { $0.account = Fen(100_00) }

    @Test func `with 5 % of the fund's money held and the rest paid, once`() async throws {
        let town = try ClearingTown()
        guard case .settled(let summary) = try await town.settle("2023-01", Self.visit) else {
            Issue.record("not settled")
            return
        }
        try town.expectClearings([
            "T pool 2023-01 150.00 0.00 0.00 = 7.50 142.50 0.00",
            "T account 2023-01 100.00 0.00 0.00 = 0.00 100.00 0.00",
        ])
        try town.database.expect(
            """
            SELECT concat_ws(' ', kind, subject_code, fixmedins_code, debit, credit, article) FROM report.voucher_line
            WHERE kind IN ('institution_payment', 'deposit_held') ORDER BY voucher_no, line_no
            """,
            is: [
                "institution_payment 2101 T 242.50 0.00 连政办发〔2022〕73号 三（三）",
                "institution_payment 1004 0.00 242.50 连政办发〔2022〕73号 三（三）",
                "deposit_held 2101 T 7.50 0.00 连政办发〔2022〕73号 三（三）",
                "deposit_held 2001 T 0.00 7.50 连政办发〔2022〕73号 三（三）",
            ])
        #expect(
            summary.lines.filter { $0.measure.hasPrefix("clearing.") }
                .map { "\($0.measure) \($0.item) \($0.rows) \($0.amount)" } == [
                    "clearing.deposit pool 1 7.50", "clearing.payment account 1 100.00",
                    "clearing.payment pool 1 142.50",
                ])
        // What the run printed stands in the report.
        try town.database.expect(
            """
            SELECT concat_ws(' ', measure, item, row_count, amount) FROM report.run_summary
            WHERE measure LIKE 'clearing.%' ORDER BY measure, item
            """,
            is: ["clearing.deposit pool 1 7.50", "clearing.payment account 1 100.00", "clearing.payment pool 1 142.50"])
        try town.expectBooksTie()

        let everything = try town.database.everything()
        guard case .alreadyDone = try await town.database.monthEnd("2023-01") else {
            Issue.record("settled twice")
            return
        }
        #expect(try town.database.everything() == everything)
        // A month without settlements pays nothing.
        try await town.close("2023-02")
        try town.database.expect("SELECT count(*)::text FROM ledger.institution_clearing", is: ["2"])
        try town.expectBooksTie()
    }

    @Test func `by what nights posted up to the month, and no further`() async throws {
        let town = try ClearingTown()
        var later = Self.visit
        (later.id, later.time) = ("b", "2023-02-03 09:00:00")
        try town.load([Self.visit, later])
        // The nights of February are done before the books of January are closed.
        for night in ["2023-01-31", "2023-02-03"] { try await town.database.nightly(night) }
        try await town.database.monthEnd("2023-01")
        try town.expectClearings([
            "T pool 2023-01 150.00 0.00 0.00 = 7.50 142.50 0.00",
            "T account 2023-01 100.00 0.00 0.00 = 0.00 100.00 0.00",
        ])
        try await town.close("2023-02")
        // The deductible is used up: 60 % of 1000.00.
        try town.expectClearings([
            "T pool 2023-01 150.00 0.00 0.00 = 7.50 142.50 0.00",
            "T account 2023-01 100.00 0.00 0.00 = 0.00 100.00 0.00",
            "T pool 2023-02 600.00 0.00 0.00 = 30.00 570.00 0.00",
            "T account 2023-02 100.00 0.00 0.00 = 0.00 100.00 0.00",
        ])
        try town.expectBooksTie()
    }

    @Test func `months passed over are cleared with the next`() async throws {
        let town = try ClearingTown()
        var later = Self.visit
        (later.id, later.time) = ("b", "2023-02-03 09:00:00")
        try town.load([Self.visit, later])
        try await town.database.nightly("2023-01-31")
        try await town.close("2023-03")
        try town.expectClearings([
            "T pool 2023-03 750.00 0.00 0.00 = 37.50 712.50 0.00",
            "T account 2023-03 200.00 0.00 0.00 = 0.00 200.00 0.00",
        ])
        try town.expectBooksTie()
    }

    /// The counter says 120.00 where 150.00 are due.
    private static let disputed = NightlySettlement("a") { ($0.account, $0.pool) = (Fen(100_00), Fen(120_00)) }

    private func resolve(_ database: ScratchDatabase) throws {
        try database.tamper(
            """
            INSERT INTO run.discrepancy_state (discrepancy_id, sequence, state, reason, decided_by, decided_at)
            SELECT discrepancy_id, 1, 'accepted', 'checked', 'a test', now() FROM run.discrepancy
            """)
    }

    @Test func `but for settlements about which a difference is open, which are paid when it is resolved`() async throws
    {
        let town = try ClearingTown()
        let other = NightlySettlement("b") { ($0.person, $0.institution) = ("R", "S") }
        try await town.settle("2023-01", Self.disputed, other)
        let january = [
            // R above 600.00 at S: 70 % of 400.00.
            "S pool 2023-01 280.00 0.00 0.00 = 14.00 266.00 0.00",
            "T pool 2023-01 150.00 150.00 0.00 = 0.00 0.00 0.00",
            "T account 2023-01 100.00 100.00 0.00 = 0.00 0.00 0.00",
        ]
        try town.expectClearings(january)
        try town.expectBooksTie()
        try town.database.expect(
            """
            SELECT concat_ws(' ', measure, item, row_count, amount) FROM report.run_summary
            WHERE measure = 'clearing.withheld' ORDER BY item
            """, is: ["clearing.withheld account 1 100.00", "clearing.withheld pool 1 150.00"])

        try await town.close("2023-02")
        try town.expectClearings(january)
        try resolve(town.database)
        try await town.close("2023-03")
        try town.expectClearings(
            january + [
                "T pool 2023-03 0.00 -150.00 0.00 = 7.50 142.50 0.00",
                "T account 2023-03 0.00 -100.00 0.00 = 0.00 100.00 0.00",
            ])
        try town.expectBooksTie()
    }

    @Test func `a difference found after the payment is set off until it is resolved`() async throws {
        let town = try ClearingTown()
        try await town.settle("2023-01", Self.visit)
        try town.database.tamper(
            """
            INSERT INTO run.discrepancy (discrepancy_id, revision, run_id, amount_theirs_fen, amount_ours_fen, opened_on,
                class, item, fixmedins_code, setl_id)
            VALUES (1, 0, 1, 12000, 15000, '2023-02-01', 'amount', 'fund_pay_sumamt', 'T', 'a')
            """)
        try await town.close("2023-02")
        try resolve(town.database)
        try await town.close("2023-03")
        try town.expectClearings([
            "T pool 2023-01 150.00 0.00 0.00 = 7.50 142.50 0.00",
            "T account 2023-01 100.00 0.00 0.00 = 0.00 100.00 0.00",
            "T pool 2023-02 0.00 150.00 0.00 = -7.50 0.00 -142.50",
            "T account 2023-02 0.00 100.00 0.00 = 0.00 0.00 -100.00",
            "T pool 2023-03 0.00 -150.00 0.00 = 7.50 0.00 142.50",
            "T account 2023-03 0.00 -100.00 0.00 = 0.00 0.00 100.00",
        ])
        try town.expectBooksTie()
    }

    @Test func `a claim of another institution withholds nothing from the one whose settlement it is`() async throws {
        let town = try ClearingTown()
        try town.load([Self.visit])
        try await town.database.nightly("2023-01-31")
        try town.database.tamper(
            """
            INSERT INTO run.discrepancy (discrepancy_id, revision, run_id, amount_theirs_fen, opened_on, class, item,
                fixmedins_code, setl_id)
            VALUES (1, 0, 1, 12000, '2023-01-31', 'only_theirs', 'medfee_sumamt', 'S', 'a')
            """)
        try await town.database.monthEnd("2023-01")
        try town.database.expect("SELECT setl_id FROM report.blocked_settlement", is: ["a"])
        try town.database.expect("SELECT sum(withheld)::text FROM report.institution_clearing", is: ["0.00"])
    }

    @Test func `a refund after the payment is set off against what comes later`() async throws {
        let town = try ClearingTown()
        try await town.settle("2023-01", Self.visit)
        try await town.settle("2023-02", Self.visit.refunded("r", at: "2023-02-03 10:00:00"))
        try town.expectBooksTie()
        // Above the deductible of R, 60 % of 400.00: 240.00.
        try await town.settle(
            "2023-03",
            NightlySettlement("c") { ($0.person, $0.time, $0.account) = ("R", "2023-03-03 09:00:00", Fen(30_00)) })
        try town.expectClearings([
            "T pool 2023-01 150.00 0.00 0.00 = 7.50 142.50 0.00",
            "T account 2023-01 100.00 0.00 0.00 = 0.00 100.00 0.00",
            "T pool 2023-02 -150.00 0.00 0.00 = -7.50 0.00 -142.50",
            "T account 2023-02 -100.00 0.00 0.00 = 0.00 0.00 -100.00",
            // 12.00 are held; of the rest 142.50 were paid already.
            "T pool 2023-03 240.00 0.00 0.00 = 12.00 85.50 142.50",
            "T account 2023-03 30.00 0.00 0.00 = 0.00 0.00 30.00",
        ])
        try town.expectBooksTie()
    }

    @Test func `in a new year the deposit begins anew`() async throws {
        let town = try ClearingTown()
        try await town.settle("2023-12", NightlySettlement("a") { $0.time = "2023-12-10 09:00:00" })
        try await town.settle("2024-01", NightlySettlement("a").refunded("r", at: "2024-01-05 09:00:00"))
        try town.expectClearings([
            "T pool 2023-12 150.00 0.00 0.00 = 7.50 142.50 0.00",
            // The year's own recognised money is below zero, so nothing is held of it; the 7.50 stay held for 2023.
            "T pool 2024-01 -150.00 0.00 0.00 = 0.00 0.00 -150.00",
        ])
        try town.expectBooksTie()
    }

    @Test func `a month that waited and is settled again pays what is new`() async throws {
        let town = try ClearingTown()
        // Retirees of 2024 need the figure; without it the month waits and is cleared all the same.
        let published = JobOptions(rules: try TestRules.published())
        let visit = NightlySettlement("a") { ($0.time, $0.pool) = ("2024-01-10 09:00:00", Fen(150_00)) }
        let first = try await town.settle("2024-01", visit, options: published)
        #expect(first.exitCode == .waits)
        let cleared = ["T pool 2024-01 150.00 0.00 0.00 = 7.50 142.50 0.00"]
        try town.expectClearings(cleared)
        try await town.database.monthEnd("2024-01")
        try town.expectClearings(cleared)
        try town.database.expect("SELECT count(*)::text FROM ledger.institution_clearing", is: ["1"])
        try town.expectBooksTie()
    }

    @Test func `also months of before clearing was done, at the first month-end after`() async throws {
        let town = try ClearingTown()
        try await town.settle("2023-01", Self.visit)
        // As the database would be if the month-end of January had not cleared.
        try town.database.tamper(
            """
            SET session_replication_role = replica;
            DELETE FROM ledger.institution_clearing;
            DELETE FROM ledger.voucher_line l USING ledger.voucher v
            WHERE v.voucher_id = l.voucher_id AND v.kind IN ('institution_payment', 'deposit_held');
            DELETE FROM ledger.voucher WHERE kind IN ('institution_payment', 'deposit_held');
            """)
        try await town.close("2023-02")
        try town.expectClearings([
            "T pool 2023-02 150.00 0.00 0.00 = 7.50 142.50 0.00",
            "T account 2023-02 100.00 0.00 0.00 = 0.00 100.00 0.00",
        ])
        try town.expectBooksTie()
    }

    @Test func `not if the books say that something else is payable`() async throws {
        let town = try ClearingTown()
        try town.load([Self.visit])
        try await town.database.nightly("2023-01-31")
        try town.database.tamper(
            """
            UPDATE run.control_total SET amount_fen = amount_fen + 1 WHERE measure = 'institution.pool'
            """)
        let error = try await #require(throws: JobError.self) { try await town.database.monthEnd("2023-01") }
        #expect(
            "\(error)" == """
                run 2 (month-end 2023-01) does not tie and is not completed:
                  payable to institutions: cleared against booked, fen: 25001 against 25000
                  institutions whose payable is booked otherwise than cleared: 1 against 0
                Nothing of it shows in the reports. Find the cause, then run again.
                """)
        try town.database.expect("SELECT count(*)::text FROM ledger.institution_clearing", is: ["0"])
    }

    @Test func `not in a dry run, which writes nothing`() async throws {
        let town = try ClearingTown()
        try town.load([Self.visit])
        try await town.database.nightly("2023-01-31")
        let counts = try town.database.rowCounts()
        try await town.database.monthEnd("2023-01", JobOptions(isDryRun: true))
        #expect(try town.database.rowCounts() == counts)
    }

    @Test func `also if it dies at any of its commits`() async throws {
        let quiet = try ClearingTown()
        try await quiet.settle("2023-01", Self.visit)
        let expected = try quiet.database.everything()
        #expect(expected.contains { $0.hasPrefix("clearing ") })
        for moment in [CommitFault.Moment.beforeCommit, .afterCommit] {
            var number = 0
            while true {
                number += 1
                let town = try ClearingTown()
                try town.load([Self.visit])
                try await town.database.nightly("2023-01-31")
                let fault = CommitFault(number: number, moment)
                do {
                    try await town.database.monthEnd("2023-01", JobOptions(commitFault: fault))
                } catch let error as any TransactionFailure {
                    #expect(error.isCommitUnknown, "commit \(number): \(error)")
                }
                try await town.database.monthEnd("2023-01")
                try expectSame(town.database.everything(), expected, "commit \(number)")
                guard fault.hasStruck else { break }
            }
            #expect(number > 3)
        }
    }
}

/// A city with everything awkward: late settlements, refunds, differences with the counters.
@Suite(.serialized, .scratch) struct `A city's institutions` {
    private static let shares: CityShares = {
        var shares = CityShares.usual
        (shares[.lateSettlement], shares[.refund], shares[.carelessMonth]) = (800, 1200, 1500)
        return shares
    }()

    private func city(_ seed: UInt64) throws -> NightlyCity {
        try NightlyCity(
            people: 300, months: "2023-10"..."2024-02", seed: seed, settlementsPerPerson: 20, shares: Self.shares,
            as: .byMonth)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `stand in the books as their clearings say, month by month`(seed: UInt64) async throws {
        let town = try ClearingTown(database: Scratch.database())
        for (month, delivery) in zip(
            try months("2023-10"..."2024-02"), try monthlyDeliveries(try city(seed).directory))
        {
            try town.database.load(delivery)
            try await town.database.nightly(month.firstDay.adding(days: 14))
            try await town.close("\(month)")
            try town.expectBooksTie()
        }
        // None of this is true only because there is nothing to compare.
        try town.database.expect(
            """
            SELECT bool_or(withheld > 0)::text || bool_or(withheld < 0) || bool_or(carried < 0) || bool_or(carried > 0)
            FROM report.institution_clearing
            """, is: ["truetruetruetrue"])
        // Of a year, 5 % of what is recognised is held; what is not paid is withheld or owed back.
        try town.database.expect(
            """
            SELECT concat_ws(' ', fixmedins_code, fund, year, deposit) FROM (
                SELECT fixmedins_code, fund, left(month, 4) AS year, sum(deposit) AS deposit,
                       round(sum(incurred - withheld) * CASE fund WHEN 'pool' THEN 0.05 ELSE 0 END, 2) AS due
                FROM report.institution_clearing GROUP BY fixmedins_code, fund, left(month, 4)) y
            WHERE deposit <> greatest(due, 0)
            """, is: [])
    }
}
