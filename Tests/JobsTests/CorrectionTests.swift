import Jobs
import Money
import Postgres
import Testing

/// Late and corrected facts need no job of their own: the next month-end posts what is due less what is posted, in the open
/// month of the books, and names the month covered.
@Suite(.serialized, .scratch) struct `A correction is posted with the next month-end` {
    /// January to March are settled; then `files` come, and April is settled.
    ///
    /// - Returns: what April's run posted for earlier months: number, month covered, source, amount, month of the books.
    private func posted(afterLoading files: [String: String]...) async throws -> [String] {
        let database = try SmallTown(months: "2023-01"..."2023-04").database()
        try await database.runDue(JobOptions(today: "2023-04-01"))
        for files in files { try database.load(files) }
        try await database.monthEnd("2023-04")
        try CreditOracle.expectAgreement(with: database, through: "2023-04-30")
        return try database.rows(
            """
            SELECT concat_ws(' ', psn_no, covered_month, source, amount, posting_month) FROM report.account_entry
            WHERE run_id = 4 AND covered_month <> '2023-04' ORDER BY psn_no, covered_month, source
            """)
    }

    private func contribution(_ row: String) -> [String: String] {
        ["contribution.csv": SmallTown.contributionHeader + row + "\n"]
    }

    @Test func `a late back collection`() async throws {
        #expect(
            try await posted(afterLoading: contribution("late,W1,310,30,2023-02,1000.00,20.00,70.00,2023-04-20"))
                == ["W1 2023-02 late 20.00 2023-04"])
    }

    @Test func `a base difference of an odd fen, and a refund`() async throws {
        #expect(
            try await posted(
                afterLoading: contribution("up,W1,310,34,2023-01,0.25,0.01,0.02,2023-04-20"),
                contribution("down,W1,310,34,2023-01,-0.25,-0.01,-0.02,2023-04-21"),
                contribution("back,W2,310,20,2023-01,-5000.00,-100.00,-350.00,2023-04-22"))
                == ["W1 2023-01 down -0.01 2023-04", "W1 2023-01 up 0.01 2023-04", "W2 2023-01 back -100.00 2023-04"])
    }

    @Test func `one received after the month's last day waits for the next`() async throws {
        #expect(
            try await posted(afterLoading: contribution("may,W1,310,30,2023-02,1000.00,20.00,70.00,2023-05-01")) == [])
    }

    /// Retired on 15 January: from February on the worker's credits are taken back and the retiree's are due.
    @Test func `a retirement decided late`() async throws {
        #expect(
            try await posted(afterLoading: [
                "enrolment.csv": "psn_no,insutype,psn_type,begndate\nW1,310,1201,2023-01-15\n",
                "fixed_credit.csv": "psn_no,year,year_total\nW1,2022,600.06\n",
            ])
                == [
                    "W1 2023-02 2023-02-W1 -100.00 2023-04", "W1 2023-02 retiree-own-level 50.01 2023-04",
                    "W1 2023-03 2023-03-W1 -100.00 2023-04", "W1 2023-03 retiree-own-level 50.01 2023-04",
                ])
    }

    @Test func `a death reported late: the month of death is due, later ones are taken back`() async throws {
        #expect(
            try await posted(afterLoading: ["person.csv": "psn_no,insu_admdvs,death_date\nR1,320703,2023-02-01\n"])
                == ["R1 2023-03 retiree-own-level -100.00 2023-04"])
    }

    @Test func `an own level corrected`() async throws {
        #expect(
            try await posted(afterLoading: ["fixed_credit.csv": "psn_no,year,year_total\nR1,2022,1212.00\n"])
                == (1...3).map { "R1 2023-0\($0) retiree-own-level 1.00 2023-04" })
    }

    @Test func `a person withdrawn, and delivered again before the month-end`() async throws {
        let withdrawn = ["person.csv": "psn_no,insu_admdvs,vali_flag\nW1,320703,0\nR1,320703,0\n"]
        #expect(
            try await posted(afterLoading: withdrawn)
                == (1...3).map { "R1 2023-0\($0) retiree-own-level -100.00 2023-04" }
                + (1...3).map { "W1 2023-0\($0) 2023-0\($0)-W1 -100.00 2023-04" })
        #expect(
            try await posted(
                afterLoading: withdrawn, ["person.csv": "psn_no,insu_admdvs,vali_flag\nW1,320703,1\nR1,320703,1\n"])
                == [])
    }

    @Test func `of a correction of a correction every step is kept`() async throws {
        let database = try SmallTown(months: "2023-01"..."2023-04").database()
        for (month, total) in [("2023-01", "1200.00"), ("2023-02", "2400.00"), ("2023-03", "1200.00")] {
            try database.load(["fixed_credit.csv": "psn_no,year,year_total\nR1,2022,\(total)\n"])
            try await database.monthEnd(month)
        }
        try database.expect(
            """
            SELECT concat_ws(' ', revision, amount, posting_month) FROM report.account_entry
            WHERE psn_no = 'R1' AND covered_month = '2023-01' ORDER BY revision
            """, is: ["0 100.00 2023-01", "1 100.00 2023-02", "2 -100.00 2023-03"])
    }
}

@Suite(.serialized, .scratch) struct `The balance brought in` {
    private func openings(_ database: ScratchDatabase) throws -> [String] {
        try database.rows(
            """
            SELECT concat_ws(' ', covered_month, revision, amount, effective_on, posting_month) FROM report.account_entry
            WHERE acct_incexpd_type = '113' ORDER BY run_id, covered_month
            """)
    }

    private func opening(_ date: String, _ balance: String) -> [String: String] {
        ["account_opening.csv": "psn_no,balance_date,balance\nW1,\(date),\(balance)\n"]
    }

    @Test func `before the first month counts from its own date`() async throws {
        let database = try SmallTown(months: "2023-01"..."2023-02").database()
        try database.load(opening("2022-12-31", "55.55"))
        try await database.monthEnd("2023-01")
        #expect(try openings(database) == ["2022-12 0 55.55 2022-12-31 2023-01"])
    }

    @Test func `delivered before its date waits for the month it falls in`() async throws {
        let database = try SmallTown(months: "2023-01"..."2023-03").database()
        try database.load(opening("2023-02-15", "55.55"))
        try await database.monthEnd("2023-01")
        #expect(try openings(database) == [])
        try await database.monthEnd("2023-02")
        #expect(try openings(database) == ["2023-02 0 55.55 2023-02-15 2023-02"])
    }

    /// Of the month it falls in nothing else is looked at again.
    @Test func `delivered late falls into a month that is settled`() async throws {
        let database = try SmallTown(months: "2023-01"..."2023-03").database()
        try await database.runDue(JobOptions(today: "2023-03-01"))
        try database.load(opening("2023-01-31", "55.55"))
        try await database.monthEnd("2023-03")
        #expect(try openings(database) == ["2023-01 0 55.55 2023-01-31 2023-03"])
        try database.expect(
            "SELECT count(*)::text FROM report.account_entry WHERE run_id = 3 AND covered_month < '2023-03'", is: ["1"])
        try CreditOracle.expectAgreement(with: database, through: "2023-03-31")
    }

    @Test func `replaced by another amount or another date leaves the new one`() async throws {
        let database = try SmallTown(months: "2023-01"..."2023-03").database()
        try database.load(opening("2022-12-31", "55.55"))
        try await database.monthEnd("2023-01")
        try database.load(opening("2022-12-31", "50.00"))
        try await database.monthEnd("2023-02")
        try database.load(opening("2023-01-31", "50.00"))
        try await database.monthEnd("2023-03")
        #expect(
            try openings(database)
                == [
                    "2022-12 0 55.55 2022-12-31 2023-01", "2022-12 1 -5.55 2022-12-31 2023-02",
                    "2022-12 2 -50.00 2023-01-31 2023-03", "2023-01 0 50.00 2023-01-31 2023-03",
                ])
        try CreditOracle.expectAgreement(with: database, through: "2023-03-31")
    }
}
