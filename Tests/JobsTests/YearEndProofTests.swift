import Money
import Policy
import Postgres
import Testing

@testable import Jobs
@testable import settle

extension `The proof of a year` {
    @Suite(.scratch) struct `The proof of a year by other rules than it was settled by` {
        private func vouchers(_ database: ScratchDatabase, of run: Int64) throws -> [String] {
            try database.rows(
                """
                SELECT concat_ws(' ', kind, subject_code, fixmedins_code, debit, credit) FROM report.voucher_line
                WHERE run_id = \(literal: run) ORDER BY voucher_no, line_no
                """)
        }

        /// W4's 12000.00 at T came to 6000.00, the ceiling; by a ceiling of 5000.00 the fund has paid 1000.00 too much.
        @Test func `posts what a lower ceiling takes back, as vouchers of exactly that`() async throws {
            let database = try await YearEndTown.settled()
            let balances = try database.balances()
            var options = YearEndTown.options
            options.rules = try TestRules.changed(
                """
                  pooling.active.annual_cap:
                    title: 年度最高支付限额，在职人员
                    unit: fen/year
                    adjustable: true
                    values:
                      2023-01-01: {value: 600000,
                """,
                to: """
                      pooling.active.annual_cap:
                        title: 年度最高支付限额，在职人员
                        unit: fen/year
                        adjustable: true
                        values:
                          2023-01-01: {value: 500000,
                    """)
            let summary = try await database.close(2023, options)
            #expect(summary.cause == .changedRules)
            #expect(summary.untied == [])
            #expect(summary.counted("difference") == ["person 1 0.00", "settlement 1 1000.00", "sums 1 0.00"])
            #expect(summary.counted("remainder") == [])
            #expect(
                try vouchers(database, of: summary.run.id) == [
                    "outpatient_benefits 50010001 -1000.00 0.00", "outpatient_benefits 2101 T 0.00 -1000.00",
                    "benefits_to_funds 3001 -1000.00 0.00", "benefits_to_funds 50010001 0.00 -1000.00",
                ])
            #expect(try database.revisions() == ["g 1 changed_rules"])
            try database.expect(
                "SELECT concat_ws(' ', deductible, pool_payment) FROM report.accumulator WHERE psn_no = 'W4'",
                is: ["750.00 5000.00"])
            #expect(try database.balances() == balances)
            #expect(summary.rows("year.reached_ceiling") == 1)
            // Proven by the same rules again, nothing is left; by the old ones, everything comes back as a prior year's.
            #expect(try await database.reprove(2023, options).counted("difference") == [])
            let back = try await database.reprove(2023, YearEndTown.options)
            #expect(back.counted("difference") == ["person 1 0.00", "settlement 1 1000.00", "sums 1 0.00"])
            #expect(back.run.postingMonth == (try #require(Month("2024-01"))))
            #expect(
                try vouchers(database, of: back.run.id).first == "outpatient_benefits 50010001 1000.00 0.00")
            #expect(back.lines.contains { $0.measure == "prior_year.pool" && $0.amount == Fen(1000_00) })
            #expect(try await database.verify(2023).map(\.mismatches) == [[]])
        }

        /// 6 workers, 12 months, 5000.00: 1.5 % instead of 2 % takes back 25.00 a month, 1800.00 together.
        @Test func `posts what a lower rate of credits takes back, from one fund to the other`() async throws {
            let database = try await YearEndTown.settled()
            var options = YearEndTown.options
            options.rules = try TestRules.changed(
                "2023-01-01: {value: 200, cite: 连政办发〔2022〕73号 二（四）}",
                to: "2023-01-01: {value: 150, cite: 连政办发〔2022〕73号 二（四）}")
            let summary = try await database.close(2023, options)
            #expect(summary.cause == .changedRules)
            #expect(summary.counted("difference") == ["credit 72 1800.00", "person 6 0.00"])
            #expect(summary.counted("remainder") == [])
            #expect(
                try vouchers(database, of: summary.run.id) == [
                    "contribution_split 3002 0.00 -1800.00", "contribution_split 3001 0.00 1800.00",
                ])
            try database.expect(
                "SELECT credit::text FROM report.account_year WHERE psn_no = 'W6'", is: ["900.00"])
        }

        /// The year's books would hold neither what was altered nor what changed, if it were put down to one of both.
        @Test func `does not close a year whose ledger was altered as well`() async throws {
            let database = try await YearEndTown.settled()
            try database.tamper(
                "UPDATE ledger.account_entry SET amount_fen = amount_fen + 1 WHERE source = '2023-02-W1'")
            var options = YearEndTown.options
            options.rules = try TestRules.changed(
                "2023-01-01: {value: 200, cite: 连政办发〔2022〕73号 二（四）}",
                to: "2023-01-01: {value: 150, cite: 连政办发〔2022〕73号 二（四）}")
            let error = try await #require(throws: JobError.self) { try await database.yearEnd(2023, options) }
            #expect(error.exitCode == .doesNotTie)
            #expect("\(error)".contains("accounts against the personal account fund, fen: "), "\(error)")
            try database.expect("SELECT count(*)::text FROM report.certificate", is: ["0"])
        }
    }
}

extension `The proof of a year` {
    @Suite(.scratch) struct `What a proof says when the totals of the runs do not tell why` {
        /// Two rows of one run that changed places add up to what the run wrote. They are restored all the same, and since
        /// what one lacks the other has too much, nothing moves in the books.
        @Test func `rows of one run that changed places are restored, put down to no known cause`() async throws {
            let database = try await YearEndTown.settled()
            let quiet = try RestoredLedger(database)
            try database.tamper(
                """
                UPDATE ledger.account_entry SET amount_fen = CASE source WHEN 'f' THEN -5000 ELSE -6000 END
                WHERE source IN ('f', 'b');
                UPDATE ledger.account_entry SET amount_fen = CASE source WHEN '2023-02-W1' THEN 9000 ELSE 11000 END
                WHERE source IN ('2023-02-W1', '2023-03-W2');
                """)
            let summary = try await database.close(2023, YearEndTown.options)
            #expect(summary.cause == .proof)
            #expect(summary.untied == [])
            #expect(summary.counted("difference") == ["credit 2 20.00", "entry 2 20.00", "person 3 0.00"])
            #expect(summary.counted("remainder") == [])
            try quiet.expectSame(RestoredLedger(database))
        }

        @Test func `the summary for the operator names the runs whose rows are not what they wrote`() async throws {
            let database = try await YearEndTown.settled()
            try database.tamper(
                """
                UPDATE ledger.account_entry SET amount_fen = amount_fen + 1 WHERE source = '2023-02-W1';
                DELETE FROM ledger.adjudication WHERE settlement_id = 'b';
                """)
            let text = YearEndText(try await database.yearEnd(2023, YearEndTown.options), instance: .yearEnd(2023)).text
            #expect(
                text.hasPrefix(
                    """
                    year-end 2023: run 3
                      proof: 9 settlements and 72 contributions computed again
                                                posted      yuan  remainder  yuan
                        people                       1                    0
                        settlements                  1  1,350.00          0  0.00
                        sums of a benefit year       0                    0
                        account entries              0      0.00          0  0.00
                        credits and openings         1      0.01          0  0.00
                        rows without a fact          0                    0
                      put down to a ledger that is not what its runs wrote
                      run 2 (month-end 2023-12), account entries: it wrote 123 of 12,800.00,
                        the ledger has 123 of 12,800.01
                      run 1 (nightly 2023-12-31), adjudications: it wrote 9 of 7,855.00,
                        the ledger has 8 of 6,505.00

                    """), "\(text)")
        }
    }
}

extension `The proof of a year` {
    @Suite(.scratch) struct `Facts that came after the last night and month-end of a year` {
        @Test func `are counted as later ones, and left to the next`() async throws {
            let database = try await YearEndTown.settled()
            try database.load(
                NightlyTown.settlements(
                    NightlySettlement("late") { ($0.person, $0.time) = ("W3", "2023-06-06 08:00:00") }))
            try database.load([
                "contribution.csv": SmallTown.contributionHeader
                    + "late,W2,310,34,2023-05,1000.00,20.00,70.00,2023-12-20\n",
                "account_use.csv": NightlyTown.accountUseHeader
                    + "late,W1,205,serious_illness_premium,,40.00,2023-12-01,\n",
            ])
            let summary = try await database.close(2023, YearEndTown.options)
            #expect(summary.counted("difference") == [])
            #expect(
                summary.conserved.filter { $0.later != 0 }.map(\.text) == [
                    "contribution 73: later 1, used 72", "settlement 10: later 1, not due 1, refused 1, used 7",
                    "account_use 3: later 1, used 2",
                ])
            try await database.settle(months: "2024-01"..."2024-01")
            try database.expect(
                "SELECT concat_ws(' ', psn_no, source, amount) FROM report.prior_year_entry ORDER BY 1",
                is: ["W1 late -40.00", "W2 late 20.00"])
            try database.expect(
                "SELECT verdict FROM report.adjudication WHERE setl_id = 'late'", is: ["settled"])
            #expect(try await database.verify(2023).map(\.mismatches) == [[]])
        }
    }
}

extension `The proof of a year` {
    @Suite(.scratch) struct `A year that does not tie is not closed` {
        private func expectOpen(_ database: ScratchDatabase, sourceLocation: SourceLocation = #_sourceLocation) throws {
            try database.expect(
                """
                SELECT concat_ws(' ', (SELECT count(*) FROM report.certificate), (SELECT count(*) FROM report.account_year),
                                 (SELECT state FROM ledger.period WHERE month = '2023-12-01'),
                                 (SELECT state FROM run.run WHERE job = 'year-end'))
                """, is: ["0 0 open running"], sourceLocation: sourceLocation)
        }

        @Test func `because the ledger has a settlement that no fact knows, until it is gone`() async throws {
            let database = try await YearEndTown.settled()
            try database.tamper(
                """
                INSERT INTO ledger.adjudication
                SELECT (jsonb_populate_record(a, '{"settlement_id": "of-nobody"}')).*
                FROM ledger.adjudication a WHERE settlement_id = 'g'
                """)
            for _ in 1...2 {
                let error = try await #require(throws: JobError.self) {
                    try await database.yearEnd(2023, YearEndTown.options)
                }
                #expect(error.exitCode == .doesNotTie)
                #expect(
                    "\(error)" == """
                        run 3 (year-end 2023) does not tie and is not completed:
                          remainder of the proof: unfounded: 1 against 0
                        Nothing of it shows in the reports. Find the cause, then run again.
                        """)
                try expectOpen(database)
            }
            let waiting = try await #require(throws: JobError.self) { try await database.nightly("2024-01-31") }
            #expect(
                "\(waiting)"
                    == "run 3 (year-end 2023) was interrupted and comes first. `settle run-due` goes on with it.")

            try database.tamper("DELETE FROM ledger.adjudication WHERE settlement_id = 'of-nobody'")
            try await database.close(2023, YearEndTown.options)
            #expect(try await database.verify(2023).map(\.mismatches) == [[]])
        }

        /// An opening has no other subject that would miss it; the books do, before any account is carried forward.
        @Test func `because an account was opened that no fact knows`() async throws {
            let database = try await YearEndTown.settled()
            try database.tamper(
                """
                INSERT INTO ledger.account_entry (person_id, amount_fen, run_id, covered_month, effective_on, citation_id, kind,
                    revision, source)
                SELECT intake.person_id('W6'), 100, run_id, '2023-12-01', '2023-12-31', citation_id, 113, 0, 'account-opening'
                FROM ledger.account_entry WHERE source = '2023-02-W1'
                """)
            let error = try await #require(throws: JobError.self) {
                try await database.yearEnd(2023, YearEndTown.options)
            }
            #expect(error.exitCode == .doesNotTie)
            #expect("\(error)".contains("  accounts against the personal account fund, fen: "), "\(error)")
            try expectOpen(database)
            try database.expect("SELECT count(*)::text FROM ledger.account_year", is: ["0"])

            try database.tamper(
                "DELETE FROM ledger.account_entry WHERE person_id = intake.person_id('W6') AND kind = 113")
            try await database.close(2023, YearEndTown.options)
            #expect(try await database.verify(2023).map(\.mismatches) == [[]])
        }
    }
}
