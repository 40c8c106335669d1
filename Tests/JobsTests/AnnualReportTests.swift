import City
import Jobs
import Money
import Postgres
import Reports
import Testing

extension `The books of a year` {
    @Suite(.scratch) struct `The annual settlement book` {
        /// Settlements a to g of ``YearEndTown``: 150.00 + 1300.00 + 105.00 + 600.00 − 600.00 + 30.00 + 6000.00.
        @Test func `says of a town what its facts come to`() async throws {
            let report = try await book(YearEndTown.closed())
            #expect(report.name == "annual-2023")
            let pooling = try report.sums("pooling")
            #expect([pooling["settlements"], pooling["visits"], pooling["hifp_pay"]] == [7, 5, 7585_00])
            // 1000.00 + 2000.00 + 900.00 + 800.00 + 12000.00, and 1600.00 given back.
            #expect(pooling["inscp_scp_amt"] == 16_700_00)
            // 7585.00 of 16700.00 is 45.419 %.
            #expect(report.figures[1].value == .rate(Rate(basisPoints: 4542)))
            #expect(
                try report.rows("pooling_levels").map { [$0[0], $0[1], $0[2], $0[4], $0[8]] } == [
                    // W2's 105.00 of 900.00; W1's 1300.00 of 2000.00; 150.00, 30.00 and 6000.00 of 13800.00; R1's of nothing.
                    ["employee", "primary level or below", "1", "1", "0.1167"],
                    ["employee", "secondary level", "1", "1", "0.6500"],
                    ["employee", "tertiary level", "3", "3", "0.4478"], ["retiree", "tertiary level", "1", "0", ""],
                ])
            let reached = try report.sums("reached")
            // W1 to W4 and R1; R1's deductible was given back, W4 reached the ceiling.
            #expect([reached["people"], reached["reached_deductible"], reached["reached_ceiling"]] == [5, 4, 1])
            for table in ["deductible", "ceiling"] { #expect(try report.sums(table)["people"] == 5) }
            // 500.00 + 200.00 + 100.00 brought in; 120 credits of 100.00; the transfer of 70.00 and the premium of 40.00.
            let accounts = try report.rows("accounts")
            #expect(
                accounts.map { $0[2] } == ["0.00", "800.00", "12000.00", "0.00", "70.00", accounts[5][2], "-40.00"])
            // 100 + 50 + 20 of W1, 30, 60 and 10; R1's 5 was given back.
            #expect(accounts[5] == ["payments", "4", "-270.00"])
            #expect(try report.sums("institutions")["incurred"] == 7585_00 + 270_00)
            #expect(try report.sums("months")["credited"] == 12_000_00)
            #expect(try report.sums("retirees")["posted"] == 4 * 12 * 100_00)
            #expect(try report.sums("prior_years") == [:])
            #expect(try report.sums("differences")["open"] ?? 0 > 0)
            _ = try ReportFolder(try Scratch.path("annual"), language: .english).write(report, as: [.data])
        }

        @Test func `is of a closed year, whose certificate is what it was`() async throws {
            let database = try await YearEndTown.settled()
            #expect(throws: ReportGap.notDone(.yearEnd(2023))) { try book(database) }
            try await database.close(2023, YearEndTown.options)
            _ = try book(database)
            try database.tamper("UPDATE run.certificate_line SET row_count = row_count + 1 WHERE section = 'rules'")
            #expect(throws: ReportGap.certificateAltered(2023)) { try book(database) }
        }

        /// What was altered, and the first table that does not tie.
        private static let alterations = [
            "pooling_levels":
                "UPDATE ledger.adjudication SET pool_payment_fen = pool_payment_fen - 1 WHERE settlement_id = 'b'",
            "reached": "UPDATE ledger.accumulator SET counted_fen = 0 WHERE counted_fen >= 600000",
            "months": "UPDATE ledger.institution_year SET incurred_fen = incurred_fen + 1 WHERE fund = 'pool'",
            "institutions": "UPDATE ledger.institution_year SET paid_fen = paid_fen + 1",
            "account_fund":
                "UPDATE run.control_total SET amount_fen = amount_fen + 1 WHERE measure = 'account.closing'",
            "accounts": "UPDATE ledger.account_year SET credit_fen = credit_fen + 1",
            "pooling_fund":
                "UPDATE ledger.voucher_line SET credit_fen = credit_fen + 1 WHERE subject_code = '3001' AND credit_fen > 0",
            "subjects": "UPDATE ledger.voucher_line SET subject_code = '1003' WHERE subject_code = '1004'",
            "retirees": """
            UPDATE run.control_total SET amount_fen = amount_fen + 1
            WHERE measure = 'posted.retiree' AND item = '2023-01 retired'
            """,
            "certificate": """
            INSERT INTO run.certificate_leaf SELECT 2023, 999, 1, 1, 0, 'account_entry', digest FROM run.certificate
            """,
        ]

        @Test(arguments: alterations.keys.sorted())
        func `is not written where the figures do not tie`(table: String) async throws {
            let database = try await YearEndTown.closed()
            let change = try #require(Self.alterations[table])
            if table == "accounts" {
                try database.tamper(
                    "ALTER TABLE ledger.account_year DROP CONSTRAINT opening_and_movements_make_the_closing")
            }
            try database.tamper("SET session_replication_role = replica; \(change)")
            guard table != "certificate" else {
                #expect(throws: ReportGap.certificateAltered(2023)) { try book(database) }
                return
            }
            let report = try book(database)
            let folder = try ReportFolder(try Scratch.path("annual"), language: .chinese)
            guard
                case .totalDiffers(let total) = #expect(
                    throws: ReportError.self, performing: { try folder.write(report, as: [.data]) })
            else { return }
            #expect(total.table == table)
        }

        /// A premium of 40.00, a base difference of 20.00 and a settlement of 800.00 at 60 %, 750.00 of them already used by f.
        @Test func `of the next year names what it adjusts of the one before, and how institutions grew`() async throws
        {
            let database = try await YearEndTown.closed()
            let before = try book(database)
            try database.load(
                [
                    "account_use.csv": NightlyTown.accountUseHeader
                        + "late,W1,205,serious_illness_premium,,40.00,2023-12-01,\n",
                    "contribution.csv": SmallTown.contributionHeader
                        + "late,W1,310,34,2023-05,1000.00,20.00,70.00,2024-01-20\n",
                ].merging(
                    NightlyTown.settlements(
                        NightlySettlement("late") {
                            ($0.person, $0.time, $0.total) = ("W3", "2023-06-06 08:00:00", Fen(800_00))
                            $0.account = Fen(25_00)
                        })
                ) { $1 })
            var options = YearEndTown.options
            options.today = "2025-01-01"
            try await database.settle(months: "2024-12"..."2024-12", options)
            try await database.close(2024, options)
            let report = try book(database, options, year: 2024)
            _ = try ReportFolder(try Scratch.path("annual"), language: .chinese).write(report, as: [.data])
            #expect(
                try report.rows("prior_years") == [
                    ["2023", "credit", "1", "20.00", ""], ["2023", "spending", "1", "-25.00", ""],
                    ["2023", "premium", "1", "-40.00", ""], ["2023", "outpatient pooling", "2", "", "480.00"],
                ])
            // The fund's part stands in the clearing and in the watch as well, in the year's first month settled for it.
            let office = OfficeReports(
                settings: database.settings(), rules: try options.rules ?? TestRules.supplied(), office: nil)
            let december = try #require(Month("2024-12"))
            for report in try office.clearing(december).prefix(1) + office.watch(year: 2024) {
                let adjusted = try report.rows("prior_years")
                #expect(adjusted.contains(["2023", "outpatient pooling", "2", "", "480.00"]), "\(report.name)")
                _ = try ReportFolder(try Scratch.path("prior"), language: .english).write(report, as: [.data])
            }
            let covered = try office.crediting(december).flatMap { try $0.rows("covered_months") }
            #expect(covered.first == ["2023-05", "1", "20.00", "0.00", "20.00"])
            // Nothing of 2024 itself was settled: the institution has only what came late.
            #expect(try report.sums("pooling") == [:])
            let growth = try report.rows("institutions")
            #expect(growth[0][4] == "505.00" && growth[0].count == 10)
            let again = try book(database)
            for table in before.tables where table.id != "retirees" {
                #expect(try again.rows(table.id) == before.rows(table.id), "\(table.id)")
            }
        }

        @Test func `of a city adds up to what plain SQL says, and stays so when the next year begins`() async throws {
            let database = try Scratch.database()
            try database.load(
                try NightlyCity(people: 200, months: "2023-01"..."2024-01", seed: 83, settlementsPerPerson: 12)
                    .directory)
            let options = JobOptions(
                rules: try TestRules.bearing(demand: 35, threeMonth: 110), today: "2024-02-01", chunkSize: 800)
            for month in ["2023-03", "2023-08", "2023-12"] { try await database.settle(months: month...month, options) }
            try await database.close(2023, options)
            let expected = try recount(database)
            let first = try book(database, options)
            #expect(try figures(first) == expected)
            #expect(try first.sums("retirees")["posted"] == (try first.rows("retirees").count == 3 ? expected[9] : nil))

            try await database.settle(months: "2024-01"..."2024-01", options)
            let second = try book(database, options)
            #expect(try figures(second) == expected)
            let spans = try second.rows("retirees").map { $0[1] }
            #expect(spans == ["the year", "the year", "the year", "the next"])
            #expect(second.tables.first { $0.id == "retirees" }?.note?.chinese.contains("变为2024-01的98.76元") == true)
        }

        private func book(_ database: ScratchDatabase, _ options: JobOptions = YearEndTown.options, year: Int = 2023)
            throws -> Report
        {
            let office = OfficeReports(
                settings: database.settings(), rules: try options.rules ?? TestRules.supplied(), office: "某市医保中心")
            let reports = try office.annual(year)
            return try #require(reports.first)
        }

        /// In the order of ``recount(_:)``.
        private func figures(_ report: Report) throws -> [Int64] {
            let (pooling, reached) = (try report.sums("pooling"), try report.sums("reached"))
            let (months, institutions) = (try report.sums("months"), try report.sums("institutions"))
            return try [
                pooling["settlements"], pooling["visits"], pooling["inscp_scp_amt"], pooling["act_pay_dedc"],
                pooling["hifp_pay"], reached["people"], reached["reached_deductible"],
                report.sums("accounts")["amount"], institutions["incurred"],
                report.rows("retirees").filter { $0[1] == "the year" }
                    .reduce(0) { $0 + (Int64($1[5].replacing(".", with: "")) ?? 0) },
                months["credited"], months["hifp_pay"], months["acct_pay"], report.sums("pooling_fund")["balance"],
                report.sums("account_fund")["balance"], report.sums("prior_years")["rows"] ?? 0,
            ].map { try #require($0) }
        }

        /// The figures of the book by SQL that shares nothing with its own, on the day the year was closed.
        private func recount(_ database: ScratchDatabase) throws -> [Int64] {
            try database.rows(
                """
                WITH s AS (
                    SELECT a.*, i.init_setl_id IS NOT NULL AS is_mirror FROM report.adjudication a
                    JOIN intake.settlement i ON i.person_id = a.person_id AND i.setl_id = a.setl_id
                    WHERE a.verdict = 'settled' AND a.setl_time BETWEEN '2023-01-01' AND '2023-12-31 23:59:59'
                ), e AS (SELECT * FROM report.account_entry WHERE posting_month LIKE '2023-%'),
                b AS (SELECT * FROM report.voucher_line WHERE posting_month LIKE '2023-%')
                SELECT (n * 1)::bigint::text FROM unnest(ARRAY[
                    (SELECT count(*) FROM s), (SELECT sum(CASE WHEN is_mirror THEN -1 ELSE 1 END) FROM s),
                    (SELECT sum(eligible) * 100 FROM s), (SELECT sum(deductible) * 100 FROM s),
                    (SELECT sum(pool_payment) * 100 FROM s),
                    (SELECT count(*) FROM ledger.accumulator a WHERE benefit_year = 2023 AND last_category IS NOT NULL
                        AND run_id = (SELECT max(run_id) FROM ledger.accumulator n
                                      WHERE n.person_id = a.person_id AND n.benefit_year = 2023)),
                    (SELECT count(*) FROM ledger.accumulator a WHERE benefit_year = 2023
                        AND deductible_counted_fen >= CASE last_category WHEN 1 THEN 75000 ELSE 60000 END
                        AND run_id = (SELECT max(run_id) FROM ledger.accumulator n
                                      WHERE n.person_id = a.person_id AND n.benefit_year = 2023)),
                    (SELECT sum(amount) * 100 FROM e),
                    (SELECT sum(debit - credit) * 100 FROM b
                     WHERE kind = 'outpatient_benefits' AND subject_code LIKE '5001%'),
                    (SELECT sum(credit - debit) * 100 FROM b WHERE kind = 'retiree_credit' AND subject_code = '3002'),
                    (SELECT sum(amount) * 100 FROM e WHERE acct_incexpd_type = '101'),
                    (SELECT sum(debit - credit) * 100 FROM b
                     WHERE kind = 'outpatient_benefits' AND subject_code = '50010001'),
                    (SELECT -sum(amount) * 100 FROM e WHERE acct_incexpd_type IN ('201', '109')),
                    (SELECT sum(credit - debit) * 100 FROM b WHERE subject_code = '3001'),
                    (SELECT sum(credit - debit) * 100 FROM b WHERE subject_code = '3002'),
                    (SELECT count(*) FROM report.prior_year_entry WHERE posting_month LIKE '2023-%')
                ]) WITH ORDINALITY AS f (n, place) ORDER BY place
                """
            ).map { try #require(Int64($0)) }
        }
    }
}

extension Report {
    /// The rows of a table as its file for programs has them.
    fileprivate func rows(_ id: String) throws -> [[String]] {
        var lines: [[String]] = []
        let table = try #require(tables.first { $0.id == id })
        try CSVWriter(for: .programs).write(table, of: name) { line in
            lines.append(line.dropLast().split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        }
        return Array(lines.dropFirst())
    }
}
