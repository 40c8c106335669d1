import Jobs
import Money
import Policy
import Postgres
import Testing

/// A fact about a closed year, and what an ordinary night or month-end of the next year makes of it.
struct LateFact: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let files: [String: String]
    /// Lines of `report.prior_year_entry`: number, month, kind, source, amount, month of posting.
    let entries: [String]
    /// `prior_year.*` of the runs of January, with the amounts.
    let totals: [String]
    /// The sums of the person of 2023 afterwards: deductible and payment of the fund.
    let sums: [String]
}

extension `The calendar of a year` {
    @Suite(.scratch) struct `What becomes known of a closed year is posted in the open one and named` {
        private static let lateFacts: [LateFact] = {
            let g = YearEndTown.settlements[6]
            return [
                // W3 has used the deductible up but for nothing: 800.00 of the year before it and 800.00 now, 60 %.
                LateFact(
                    testDescription: "a settlement of the summer",
                    files: NightlyTown.settlements(
                        NightlySettlement("late") {
                            ($0.person, $0.time, $0.total) = ("W3", "2023-06-06 08:00:00", Fen(800_00))
                            $0.account = Fen(25_00)
                        }),
                    entries: ["W3 2023-06 201 late -25.00 2024-01"],
                    // late: 30.00; f, after it: 480.00 instead of 30.00. Together 450.00 + 30.00.
                    totals: ["prior_year.entry 2023 1 -25.00", "prior_year.pool 2023 2 480.00"],
                    sums: ["W3 2023 750.00 510.00"]),
                LateFact(
                    testDescription: "a refund of a settlement over the ceiling",
                    files: NightlyTown.settlements(g.refunded("g-back", at: "2024-01-05 09:00:00")),
                    entries: [], totals: ["prior_year.pool 2023 1 -6000.00"], sums: ["W4 2023 0.00 0.00"]),
                LateFact(
                    testDescription: "a refund of what an account had paid",
                    files: NightlyTown.settlements(
                        YearEndTown.settlements[5].refunded("f-back", at: "2024-01-05 09:00:00")),
                    entries: [], totals: ["prior_year.pool 2023 1 -30.00"], sums: ["W3 2023 0.00 0.00"]),
                LateFact(
                    testDescription: "a base difference",
                    files: [
                        "contribution.csv": SmallTown.contributionHeader
                            + "late,W2,310,34,2023-05,1000.00,20.00,70.00,2024-01-20\n"
                    ],
                    entries: ["W2 2023-05 101 late 20.00 2024-01"], totals: ["prior_year.entry 2023 1 20.00"],
                    sums: ["W2 2023 750.00 105.00"]),
                // A worker until July, and without an own level from August on. Nothing was settled of W6.
                LateFact(
                    testDescription: "a retirement dated back",
                    files: ["enrolment.csv": "psn_no,insutype,psn_type,begndate\nW6,310,1201,2023-07-15\n"],
                    entries: (8...12).map { month in
                        let name = month < 10 ? "2023-0\(month)" : "2023-\(month)"
                        return "W6 \(name) 101 \(name)-W6 -100.00 2024-01"
                    },
                    totals: ["prior_year.entry 2023 5 -500.00"], sums: []),
                // b: 2000.00 × 60 % instead of 65 %.
                LateFact(
                    testDescription: "a level corrected",
                    files: [
                        "institution.csv": NightlyTown.institutionHeader + "S,三级医院,1,01,320703,2010-01-01\n"
                    ],
                    entries: [], totals: ["prior_year.pool 2023 1 -100.00"], sums: ["W1 2023 750.00 1350.00"]),
                LateFact(
                    testDescription: "a premium",
                    files: [
                        "account_use.csv": NightlyTown.accountUseHeader
                            + "late,W1,205,serious_illness_premium,,40.00,2023-12-01,\n"
                    ],
                    entries: ["W1 2023-12 205 late -40.00 2024-01"], totals: ["prior_year.entry 2023 1 -40.00"],
                    sums: ["W1 2023 750.00 1450.00"]),
            ]
        }()

        @Test(arguments: lateFacts)
        func `by the ordinary night and month-end, and the closed books stay as they were`(late: LateFact) async throws
        {
            let database = try await YearEndTown.closed()
            let books = try ofYear(database)
            try database.load(late.files)
            try await database.settle(months: "2024-01"..."2024-01")

            try database.expect(
                """
                SELECT concat_ws(' ', psn_no, covered_month, acct_incexpd_type, source, amount, posting_month)
                FROM report.prior_year_entry ORDER BY psn_no, covered_month, source
                """, is: late.entries)
            try database.expect(
                """
                SELECT concat_ws(' ', measure, item, sum(row_count), round(sum(amount_fen) / 100.0, 2))
                FROM run.control_total WHERE measure LIKE 'prior_year.%' GROUP BY measure, item ORDER BY 1
                """, is: late.totals)
            if let person = late.sums.first?.split(separator: " ").first {
                let found = try database.rows(
                    """
                    SELECT concat_ws(' ', psn_no, benefit_year, deductible, pool_payment) FROM report.accumulator
                    WHERE benefit_year = 2023 ORDER BY 1
                    """)
                #expect(found.filter { $0.hasPrefix("\(person) ") } == late.sums)
            }
            try expectSame(ofYear(database), books)
            #expect(try await database.verify(2023).map(\.mismatches) == [[]])

            let everything = try database.everythingOfNights().filter { !$0.hasPrefix("run ") }
            let proof = try await database.reprove(2023, YearEndTown.options)
            #expect(proof.counted("difference") == [])
            #expect(proof.counted("remainder") == [])
            #expect(proof.brokenTies == [])
            let added = Set(try database.everythingOfNights()).subtracting(everything)
            #expect(
                added.filter { line in
                    !["run ", "chunk ", "total ", "exception ", "period "].contains(where: line.hasPrefix)
                } == [])
        }

        /// Everything that was posted into 2023, and what was certified of it.
        private func ofYear(_ database: ScratchDatabase) throws -> [String] {
            try database.rows(
                """
                SELECT concat_ws(' ', 'entry', e::text) AS line FROM ledger.account_entry e JOIN run.run USING (run_id)
                WHERE posting_month <= '2023-12-01'
                UNION ALL
                SELECT concat_ws(' ', 'adjudication', a::text) FROM ledger.adjudication a JOIN run.run USING (run_id)
                WHERE posting_month <= '2023-12-01'
                UNION ALL
                SELECT concat_ws(' ', 'sums', a::text) FROM ledger.accumulator a JOIN run.run USING (run_id)
                WHERE posting_month <= '2023-12-01'
                UNION ALL
                SELECT concat_ws(' ', 'voucher', v::text, l::text) FROM ledger.voucher v JOIN ledger.voucher_line l USING (voucher_id)
                WHERE v.posting_month <= '2023-12-01'
                UNION ALL
                SELECT concat_ws(' ', 'account', a::text) FROM ledger.account_year a WHERE a.year = 2023
                UNION ALL
                SELECT concat_ws(' ', 'certificate', c::text) FROM run.certificate c
                UNION ALL
                SELECT concat_ws(' ', 'line', l::text) FROM run.certificate_line l
                UNION ALL
                SELECT concat_ws(' ', 'period', month, state, closed_by_run) FROM ledger.period WHERE month <= '2023-12-01'
                ORDER BY line
                """)
        }

        /// W1 had 1573.47 at the end of 2023 by ``YearEndTown``'s facts without interest: 500.00 + 1200.00 − 100.00 − 50.00 −
        /// 20.00 − 40.00 = 1490.00. A premium of 2023 that comes late is 2024's movement, and said to be a prior year's.
        @Test func `and the next year carries it forward as a prior year's`() async throws {
            let database = try await YearEndTown.closed()
            try database.load([
                "account_use.csv": NightlyTown.accountUseHeader
                    + "late,W1,205,serious_illness_premium,,40.00,2023-12-01,\n",
                "contribution.csv": SmallTown.contributionHeader
                    + "late,W1,310,34,2023-05,1000.00,20.00,70.00,2024-01-20\n",
            ])
            var options = YearEndTown.options
            options.today = "2025-01-01"
            try await database.settle(months: "2024-12"..."2024-12", options)
            try await database.close(2024, options)
            try database.expect(
                """
                SELECT concat_ws(' ', year, opening, credit, payment, other_out, closing, prior_year, closing_this_year,
                                 closing_last_year, closing_earlier)
                FROM report.account_year WHERE psn_no = 'W1' ORDER BY year
                """,
                is: [
                    "2023 0.00 1200.00 170.00 40.00 1490.00 0.00 1200.00 290.00 0.00",
                    "2024 1490.00 20.00 0.00 40.00 1470.00 -20.00 20.00 1200.00 250.00",
                ])
            try database.expect(
                """
                SELECT concat_ws(' ', b.person_id, a.closing_fen, b.opening_fen) FROM ledger.account_year a
                FULL JOIN ledger.account_year b ON b.person_id = a.person_id AND b.year = 2024
                WHERE a.year = 2023 AND a.closing_fen IS DISTINCT FROM b.opening_fen
                """, is: [])
            try database.expect(
                "SELECT concat_ws(' ', year, previous_digest = lag(digest) OVER (ORDER BY year)) FROM report.certificate",
                is: ["2023", "2024 t"])
            #expect(try await database.verify().map(\.mismatches) == [[], []])
        }
    }
}
