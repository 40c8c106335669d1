import Jobs
import Money
import Policy
import Postgres
import Testing

extension `The calendar of a year` {
    /// 国发〔1998〕44号 四, reckoned by hand: the demand rate is 2 %, the three-month rate 3 %.
    @Suite(.scratch) struct `Interest on accounts in the database is what a hand comes to` {
        /// W1 brings in 500.00, is credited 100.00 on the last day of each month, and pays premiums of 150.00 on 2023-05-31
        /// and of 50.00 on 2024-02-29. R1 brings in nothing and pays nothing: 100.00 a month in 2023, 98.76 in 2024.
        private func database(_ rules: RuleSet, years: ClosedRange<Int>) async throws -> ScratchDatabase {
            let database = try Scratch.database()
            try database.load(SmallTown(months: "2023-01"..."2024-12", workers: 1, retirees: 1).files())
            try database.load([
                "account_opening.csv": "psn_no,balance_date,balance\nW1,2022-12-31,500.00\n",
                "account_use.csv": NightlyTown.accountUseHeader
                    + "p1,W1,205,serious_illness_premium,,150.00,2023-05-31,\n"
                    + "p2,W1,205,serious_illness_premium,,50.00,2024-02-29,\n",
            ])
            let options = JobOptions(rules: rules, today: "2025-02-01")
            for year in years {
                // The last night of the year makes up for those before it.
                try await database.nightly(Month.last(of: year).lastDay, options)
                for month in try months("\(year)-01"..."\(year)-12") { try await database.monthEnd(month, options) }
                try await database.close(year, options)
            }
            return database
        }

        private func interest(_ database: ScratchDatabase) throws -> [String] {
            try database.rows(
                """
                SELECT concat_ws(' ', psn_no, covered_month, acct_incexpd_type, source, amount, posting_month, effective_on)
                FROM report.account_entry WHERE acct_incexpd_type = '102' ORDER BY covered_month, psn_no DESC, source
                """)
        }

        @Test func `of two tiers by day, in a common year and in a leap year`() async throws {
            let rules = try TestRules.bearing(demand: 200, threeMonth: 300)
            let database = try await database(rules, years: 2023...2024)
            #expect(
                try interest(database) == [
                    // 500.00 bear for the 150 days before 31 May and 350.00 for the other 215:
                    // (50,000 × 150 + 35,000 × 215) fen × 3 % ÷ 365 = 15,025,000 × 3 % ÷ 365 = 1234.9 fen.
                    "W1 2023-12 102 interest-carried 12.35 2023-12 2023-12-31",
                    // 100.00 from the last day of each month on, for 335 + 307 + 276 + 246 + 215 + 185 + 154 + 123 + 93 +
                    // 62 + 32 + 1 = 2029 days: 10,000 fen × 2029 × 2 % ÷ 365 = 1111.8 fen.
                    "W1 2023-12 102 interest-this-year 11.12 2023-12 2023-12-31",
                    "R1 2023-12 102 interest-this-year 11.12 2023-12 2023-12-31",
                    // 500.00 + 1200.00 − 150.00 + 23.47 = 1573.47 carried, for the 59 days before 29 February, then 1523.47
                    // for 307: (157,347 × 59 + 152,347 × 307) fen × 3 % ÷ 366 = 56,054,002 × 3 % ÷ 366 = 4594.6 fen.
                    "W1 2024-12 102 interest-carried 45.95 2024-12 2024-12-31",
                    // 336 + 307 + 276 + 246 + 215 + 185 + 154 + 123 + 93 + 62 + 32 + 1 = 2030 days:
                    // 10,000 fen × 2030 × 2 % ÷ 366 = 1109.3 fen.
                    "W1 2024-12 102 interest-this-year 11.09 2024-12 2024-12-31",
                    // 1211.12 for 366 days: 3 % exactly, 36.3336.
                    "R1 2024-12 102 interest-carried 36.33 2024-12 2024-12-31",
                    // 9,876 fen × 2030 × 2 % ÷ 366 = 1095.5 fen.
                    "R1 2024-12 102 interest-this-year 10.96 2024-12 2024-12-31",
                ])
            try database.expect(
                """
                SELECT concat_ws(' ', psn_no, year, opening, brought_in, credit, interest, other_out, closing,
                                 closing_this_year, closing_last_year, closing_earlier)
                FROM report.account_year ORDER BY year, psn_no DESC
                """,
                is: [
                    // The premium takes the oldest money: 350.00 of the opening are left.
                    "W1 2023 0.00 500.00 1200.00 23.47 150.00 1573.47 1223.47 350.00 0.00",
                    "R1 2023 0.00 0.00 1200.00 11.12 0.00 1211.12 1211.12 0.00 0.00",
                    "W1 2024 1573.47 0.00 1200.00 57.04 50.00 2780.51 1257.04 1223.47 300.00",
                    "R1 2024 1211.12 0.00 1185.12 47.29 0.00 2443.53 1232.41 1211.12 0.00",
                ])
            // 23.47 + 11.12 = 34.59; 57.04 + 47.29 = 104.33.
            #expect(
                try interestVouchers(database)
                    == ["34.59", "104.33"].flatMap {
                        ["1003 \($0) 0.00", "4301 0.00 \($0)", "4301 \($0) 0.00", "3002 0.00 \($0)"]
                    })
            #expect(try await database.verify(nil, JobOptions(rules: rules)).map(\.mismatches) == [[], []])
        }

        private func interestVouchers(_ database: ScratchDatabase) throws -> [String] {
            try database.rows(
                """
                SELECT concat_ws(' ', subject_code, debit, credit) FROM report.voucher_line
                WHERE kind = 'account_interest' ORDER BY posting_month, line_no
                """)
        }

        /// 500.00 + 1200.00 − 150.00 = 1550.00 and 1200.00 on 31 December.
        @Test func `of one rate on the balance of the year's end`() async throws {
            let rules = try TestRules.bearing(
                demand: 200, threeMonth: 300, changing: "{value: two_tier,", to: "{value: year_end_balance,")
            let database = try await database(rules, years: 2023...2023)
            #expect(
                try interest(database) == [
                    "W1 2023-12 102 interest-year-end-balance 46.50 2023-12 2023-12-31",
                    "R1 2023-12 102 interest-year-end-balance 36.00 2023-12 2023-12-31",
                ])
            #expect(
                try interestVouchers(database) == [
                    "1003 82.50 0.00", "4301 0.00 82.50", "4301 82.50 0.00", "3002 0.00 82.50",
                ])
        }

        @Test func `and of no rates there is none`() async throws {
            let database = try await database(try TestRules.supplied(), years: 2023...2023)
            #expect(try interest(database) == [])
            #expect(try interestVouchers(database) == [])
            try database.expect(
                "SELECT DISTINCT interest::text FROM report.account_year", is: ["0.00"])
        }

        @Test func `which the summary says, rate by rate`() async throws {
            let database = try await YearEndTown.settled()
            var dry = YearEndTown.options
            dry.isDryRun = true
            guard case .dryRun(let none) = try await database.yearEnd(2023, dry) else {
                Issue.record("it was no dry run")
                return
            }
            #expect(
                none.missingRates.map(\.rawValue) == [
                    "account.demand_interest_rate", "account.three_month_interest_rate",
                ])
            #expect(!none.hasInterest)
            dry.rules = try TestRules.bearing(demand: 200, threeMonth: 300)
            guard case .dryRun(let all) = try await database.yearEnd(2023, dry) else {
                Issue.record("it was no dry run")
                return
            }
            #expect(all.missingRates == [])
            #expect(all.hasInterest)
            #expect(all.rows("entry.interest") > 0)
        }
    }
}
