import Jobs
import Money
import Postgres
import Reports
import Testing

/// Every total of a report, reckoned again by SQL that shares nothing with the report's own.
@Suite(.serialized, .scratch) struct `The totals of reports` {
    private func figures(_ town: ReportTown, _ sql: SQLText) throws -> [Int64] {
        // The entries that the month-end of March made, but for balances brought in.
        let entries: SQLText = """
            WITH e AS (SELECT a.* FROM ledger.account_entry a JOIN run.run r USING (run_id)
                       WHERE r.job = 'month-end' AND r.business_date = '2023-03-31' AND a.kind = 101)
            """
        return try town.database.rows("\(entries) \(sql)").map { try #require(Int64($0)) }
    }

    @Test(arguments: [UInt64(5), 6]) func `of crediting are what the accounts moved`(seed: UInt64) async throws {
        let town = try await ReportTown.settled(seed: seed)
        let report = try #require(try town.reports().crediting(ReportTown.march).first)
        let sums = try report.sums("groups")
        let expected = try figures(
            town,
            """
            SELECT unnest(ARRAY[
                (SELECT sum(amount_fen) FROM e WHERE amount_fen > 0 AND covered_month = '2023-03-01'),
                (SELECT coalesce(sum(amount_fen), 0) FROM e WHERE amount_fen > 0 AND covered_month <> '2023-03-01'),
                (SELECT coalesce(sum(amount_fen), 0) FROM e WHERE amount_fen < 0),
                (SELECT sum(amount_fen) FROM e)])::text
            """)
        #expect([sums["credited"], sums["other_months"], sums["taken_back"], sums["net"]] == expected.map(Int64?.some))
        let covered = try report.sums("covered_months")
        #expect(
            [covered["credited"], covered["taken_back"], covered["net"]] == [
                expected[0] + expected[1], expected[2], expected[3],
            ])
        let months = try town.database.rows(
            """
            SELECT to_char(covered_month, 'YYYY-MM') || ' ' || count(DISTINCT person_id) FILTER (WHERE credited > 0) || ' '
                || sum(amount)
            FROM (SELECT person_id, covered_month, sum(amount_fen) AS amount,
                         sum(amount_fen) FILTER (WHERE amount_fen > 0) AS credited
                  FROM ledger.account_entry a JOIN run.run r USING (run_id)
                  WHERE r.job = 'month-end' AND r.business_date = '2023-03-31' AND a.kind = 101 GROUP BY 1, 2) m
            GROUP BY covered_month ORDER BY covered_month
            """)
        #expect(
            try report.cells("covered_months").map { "\($0[0]) \($0[1]) \($0[4].replacing(".", with: ""))" } == months)
        // What the SQL takes a person for is what the program did when it credited.
        let categories = try town.database.rows(
            """
            SELECT split_part(t.item, ' ', 2) || ' ' || sum(t.amount_fen)
            FROM run.control_total t JOIN run.run r USING (run_id)
            WHERE r.job = 'month-end' AND r.business_date = '2023-03-31'
              AND t.measure IN ('posted.contribution', 'posted.retiree', 'taken_back.contribution', 'taken_back.retiree')
            GROUP BY split_part(t.item, ' ', 2) ORDER BY 1
            """)
        let words = [
            "employee": "active", "flexible worker": "flexible", "retiree": "retired",
            "pre-1949 veteran worker": "veteran", "not enrolled in the month covered": "not_enrolled",
        ]
        var netByCategory: [String: Int64] = [:]
        for line in try report.cells("groups") {
            netByCategory[try #require(words[line[0]]), default: 0] += try #require(
                Int64(line[7].replacing(".", with: "")))
        }
        #expect(netByCategory.map { "\($0.key) \($0.value)" }.sorted() == categories)
        let people = try figures(
            town, "SELECT count(DISTINCT person_id)::text FROM e WHERE amount_fen > 0")
        // A person of two categories within a run counts in both.
        #expect(try #require(sums["people"]) - people[0] >= 0 && (sums["people"] ?? 0) - people[0] < 5)
        let exceptions = try figures(
            town,
            """
            SELECT count(*)::text FROM run.exception x JOIN run.run r USING (run_id)
            WHERE r.job = 'month-end' AND r.business_date = '2023-03-31'
            """)
        #expect(try report.sums("exceptions")["rows"] ?? 0 == exceptions[0])
    }

    @Test func `are the same however finely the persons are cut`() async throws {
        let town = try await ReportTown.settled()
        for (whole, fine) in zip(try town.monthly(), try town.monthly(rowsInSlice: 7)) {
            for table in whole.tables {
                #expect(try fine.cells(table.id) == whole.cells(table.id), "\(whole.name) \(table.id)")
            }
        }
    }

    @Test func `come from one month whichever way it is asked for`() async throws {
        let town = try await ReportTown.settled()
        let (together, apart) = (try await town.reports().all(of: ReportTown.march), try town.monthly())
        #expect(together.map(\.name) == apart.map(\.name))
        for (one, other) in zip(together, apart) {
            for table in one.tables { #expect(try one.cells(table.id) == other.cells(table.id), "\(one.name)") }
        }
    }

    @Test(arguments: [UInt64(5), 6]) func `of clearing are what the books say`(seed: UInt64) async throws {
        let town = try await ReportTown.settled(seed: seed)
        let reports = try town.reports().clearing(ReportTown.march)
        let settlements = try reports[0].sums("settlements")
        let pool = try figures(
            town,
            """
            SELECT sum(debit_fen - credit_fen)::text FROM ledger.voucher_line JOIN ledger.voucher v USING (voucher_id)
            WHERE v.kind = 'outpatient_benefits' AND posting_month = '2023-03-01' AND subject_code IN ('50010001', '50010002')
            GROUP BY subject_code ORDER BY subject_code
            """)
        #expect(settlements["hifp_pay"] == pool[0])
        #expect(try #require(settlements["acct_pay"]) + #require(settlements["acct_mulaid_pay"]) == pool[1])
        // What stood in force at the end of March less what stood at the end of February, from the facts' side.
        let visits = try figures(
            town,
            """
            SELECT (count(*) FILTER (WHERE init_setl_id IS NULL) - count(*) FILTER (WHERE init_setl_id IS NOT NULL))::text
            FROM (
                SELECT s.init_setl_id, a.verdict, a.account_payment_fen + a.family_account_payment_fen AS paid
                FROM intake.settlement s JOIN ledger.adjudication a ON a.person_id = s.person_id AND a.settlement_id = s.setl_id
                WHERE a.revision = (SELECT max(n.revision) FROM ledger.adjudication n
                                    WHERE n.person_id = a.person_id AND n.settlement_id = a.settlement_id)
            ) f WHERE verdict = 0 OR verdict = 1 AND paid <> 0
            """)
        var all = Int64(0)
        for month in [0, 1, 2] {
            let report = try #require(try town.reports().clearing(Month.first(of: 2023).adding(months: month)).first)
            all += try report.sums("settlements")["visits"] ?? 0
        }
        #expect(all == visits[0])
        let cleared = try reports[0].sums("clearing")
        let books = try figures(
            town,
            """
            SELECT sum(CASE WHEN l.subject_code = '1004' THEN l.credit_fen - l.debit_fen ELSE 0 END)::text
            FROM ledger.voucher_line l JOIN ledger.voucher v USING (voucher_id)
            WHERE v.kind = 'institution_payment' AND v.posting_month = '2023-03-01'
            """)
        #expect(cleared["payment"] == books[0])
        #expect(cleared["incurred"] == settlements["owed"])
        #expect(try reports[1].sums("notices")["payment"] == books[0])
        let parts = try reports[1].sums("notices")
        #expect(try #require(parts["payment_pool"]) + #require(parts["payment_account"]) == books[0])
    }

    @Test(arguments: [UInt64(5), 6]) func `of reconciliation are what institutions stated and the ledger refused`(
        seed: UInt64
    ) async throws {
        let town = try await ReportTown.settled(seed: seed)
        let report = try #require(try town.reports().reconciliation(ReportTown.march.lastDay).first)
        let statements = try report.sums("statements")
        let stated = try figures(
            town,
            """
            SELECT unnest(ARRAY[sum(fixmedins_setl_cnt), sum(medfee_sumamt_fen), count(*)])::text
            FROM intake.institution_statement WHERE stmt_enddate = '2023-03-31'
            """)
        #expect([statements["setl_cnt"], statements["medfee"]] == [stated[0], stated[1]])
        #expect(stated[2] > 0)
        let open = try figures(town, "SELECT count(*)::text FROM report.discrepancy WHERE state = 'open'")
        #expect(try report.sums("differences")["open"] ?? 0 == open[0])
        let refused = try figures(
            town,
            """
            SELECT count(*)::text FROM report.adjudication a JOIN run.run r USING (run_id)
            WHERE a.verdict NOT IN ('settled', 'outside') AND r.posting_month = '2023-03-01'
            """)
        #expect(try report.sums("refused")["of_month"] ?? 0 == refused[0])
    }
}
