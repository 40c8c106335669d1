import Jobs
import Money
import Postgres
import Testing

/// What arrives after its night changes what was settled, and the change says why.
@Suite(.serialized, .scratch) struct `A night posts the difference to what earlier nights settled` {
    private func adjudications(_ database: ScratchDatabase) throws -> [String] {
        try database.rows(
            """
            SELECT concat_ws(' ', setl_id, psn_category, level, deductible, pool_payment, account_payment, cash_payment,
                             revision, cause)
            FROM report.adjudication ORDER BY setl_time, setl_id
            """)
    }

    private func entries(_ database: ScratchDatabase) throws -> [String] {
        try database.rows(
            """
            SELECT concat_ws(' ', psn_no, covered_month, acct_incexpd_type, source, amount, revision)
            FROM report.account_entry ORDER BY covered_month, acct_incexpd_type, source, revision
            """)
    }

    private func accumulators(_ database: ScratchDatabase) throws -> [String] {
        try database.rows(
            """
            SELECT concat_ws(' ', psn_no, benefit_year, deductible, pool_payment, eligible, visits)
            FROM report.accumulator ORDER BY psn_no, benefit_year
            """)
    }

    /// What the vouchers of the last night owe institutions.
    private func owedAnew(_ database: ScratchDatabase) throws -> [String] {
        try database.rows(
            """
            SELECT concat_ws(' ', fixmedins_code, sum(credit - debit)) FROM report.voucher_line
            WHERE subject_code = '2101' AND run_id = (SELECT max(run_id) FROM run.run)
            GROUP BY fixmedins_code ORDER BY fixmedins_code
            """)
    }

    @Test func `a settlement that comes late takes the deductible from the one after it`() async throws {
        let database = try NightlyTown.database()
        try database.load(NightlyTown.settlements(NightlySettlement("b")))
        try await database.nightly("2023-01-10")
        #expect(try adjudications(database) == ["b active tertiary 750.00 150.00 0.00 850.00 0 new"])

        try database.load(
            NightlyTown.settlements(
                NightlySettlement("a") { ($0.time, $0.total) = ("2023-01-10 08:59:59", Fen(200_00)) }))
        try await database.nightly("2023-01-11")
        #expect(
            try adjudications(database) == [
                "a active tertiary 200.00 0.00 0.00 200.00 0 new",
                "b active tertiary 550.00 270.00 0.00 730.00 1 late_fact",
            ])
        #expect(try owedAnew(database) == ["T 120.00"])
        #expect(try accumulators(database) == ["W 2023 750.00 270.00 1200.00 2"])
    }

    /// One second earlier and it is the first of the two; in the same second the number decides.
    @Test(arguments: [
        (id: "a", time: "2023-01-10 09:00:00", isFirst: true), ("c", "2023-01-10 09:00:00", false),
        ("z", "2023-01-10 08:59:59", true), ("0", "2023-01-10 09:00:01", false),
    ])
    func `late means before in time, or with a smaller number in the same second`(
        id: String, time: String, isFirst: Bool
    ) async throws {
        let database = try NightlyTown.database()
        try database.load(NightlyTown.settlements(NightlySettlement("b")))
        try await database.nightly("2023-01-10")
        try database.load(NightlyTown.settlements(NightlySettlement(id) { $0.time = time }))
        try await database.nightly("2023-01-11")
        #expect(try database.revisions() == (isFirst ? ["b 1 late_fact"] : []))
    }

    @Test func `a refund gives back what an earlier night settled`() async throws {
        let database = try NightlyTown.database()
        let settlement = NightlySettlement("a") { $0.account = Fen(300_00) }
        try database.load(NightlyTown.settlements(settlement))
        try await database.nightly("2023-01-10")
        #expect(try entries(database) == ["W 2023-01 201 a -300.00 0"])

        try database.load(NightlyTown.settlements(settlement.refunded("b", at: "2023-03-01 10:00:00")))
        try await database.nightly("2023-03-01")
        #expect(
            try adjudications(database) == [
                "a active tertiary 750.00 150.00 300.00 550.00 0 new",
                "b active tertiary -750.00 -150.00 -300.00 -550.00 0 new",
            ])
        #expect(try entries(database) == ["W 2023-01 201 a -300.00 0", "W 2023-03 109 b 300.00 0"])
        #expect(try accumulators(database) == ["W 2023 0.00 0.00 0.00 0"])
        #expect(try owedAnew(database) == ["T -450.00"])
    }

    @Test func `a refund of next year gives back to the year of its original`() async throws {
        let database = try NightlyTown.database()
        let old = NightlySettlement("a") { $0.time = "2023-12-31 23:59:59" }
        try database.load(
            NightlyTown.settlements(old, NightlySettlement("b") { $0.time = "2024-01-01 00:00:00" }))
        try await database.nightly("2024-01-01")
        #expect(
            try accumulators(database) == ["W 2023 750.00 150.00 1000.00 1", "W 2024 750.00 150.00 1000.00 1"])

        try database.load(NightlyTown.settlements(old.refunded("c", at: "2024-02-01 10:00:00")))
        try await database.nightly("2024-02-01")
        #expect(try accumulators(database) == ["W 2023 0.00 0.00 0.00 0", "W 2024 750.00 150.00 1000.00 1"])
        try database.expect("SELECT benefit_year::text FROM report.adjudication WHERE setl_id = 'c'", is: ["2023"])
        #expect(try owedAnew(database) == ["T -150.00"])
    }

    /// The original of a refund may itself come late, from the year before.
    @Test func `a refund whose original was not there is settled when it comes`() async throws {
        let database = try NightlyTown.database()
        let old = NightlySettlement("a") { $0.time = "2023-12-31 10:00:00" }
        try database.load(NightlyTown.settlements(old.refunded("b", at: "2024-01-05 10:00:00")))
        try await database.nightly("2024-01-05")
        try database.expect("SELECT verdict FROM report.adjudication", is: ["refund_without_original"])
        try database.load(NightlyTown.settlements(old))
        try await database.nightly("2024-01-06")
        #expect(
            try adjudications(database) == [
                "a active tertiary 750.00 150.00 0.00 850.00 0 new",
                "b active tertiary -750.00 -150.00 0.00 -850.00 1 late_fact",
            ])
        #expect(try accumulators(database).first == "W 2023 0.00 0.00 0.00 0")
        #expect(try owedAnew(database) == [])
    }

    /// It changes what stood after the refund, not what stood between the two.
    @Test func `a refund that comes late names itself as the cause`() async throws {
        let database = try NightlyTown.database()
        let first = NightlySettlement("a") { $0.time = "2023-01-05 09:00:00" }
        let between = NightlySettlement("b") { $0.time = "2023-01-06 09:00:00" }
        let after = NightlySettlement("d") { $0.time = "2023-01-08 09:00:00" }
        try database.load(NightlyTown.settlements(first, between, after))
        try await database.nightly("2023-01-08")
        try database.load(NightlyTown.settlements(first.refunded("c", at: "2023-01-07 09:00:00")))
        try await database.nightly("2023-01-09")
        #expect(
            try adjudications(database) == [
                "a active tertiary 750.00 150.00 0.00 850.00 0 new", "b active tertiary 0.00 600.00 0.00 400.00 0 new",
                "c active tertiary -750.00 -150.00 0.00 -850.00 0 new",
                "d active tertiary 750.00 150.00 0.00 850.00 1 refund",
            ])
        try database.expect(
            "SELECT concat_ws(' ', kind, source, expected, found) FROM report.finding ORDER BY source",
            is: [
                "kept_after_refund b 150.00 600.00"
            ])
    }

    /// The first refund leaves both settlements after it, the second one the last of them.
    @Test func `a settlement that two refunds of a night leave as it was is found once`() async throws {
        let database = try NightlyTown.database()
        let first = NightlySettlement("a") { ($0.time, $0.total) = ("2023-01-05 09:00:00", Fen(400_00)) }
        let second = NightlySettlement("b") { ($0.time, $0.total) = ("2023-01-06 09:00:00", Fen(400_00)) }
        let kept = NightlySettlement("c") { $0.time = "2023-01-07 09:00:00" }
        try database.load(
            NightlyTown.settlements(
                first, second, kept, first.refunded("d", at: "2023-01-08 09:00:00"),
                second.refunded("e", at: "2023-01-09 09:00:00")))
        try await database.nightly("2023-01-31")
        try database.expect(
            "SELECT concat_ws(' ', kind, source, found) FROM report.finding ORDER BY source",
            is: [
                "kept_after_refund b 30.00", "kept_after_refund c 600.00",
            ])
    }

    @Test func `a retirement that becomes known late counts from the month after it`() async throws {
        let database = try NightlyTown.database()
        try database.load(
            NightlyTown.settlements(
                NightlySettlement("a") { ($0.time, $0.total) = ("2023-02-28 09:00:00", Fen(650_00)) },
                NightlySettlement("b") { $0.time = "2023-03-01 09:00:00" }))
        try await database.nightly("2023-03-01")
        #expect(
            try adjudications(database) == [
                "a active tertiary 650.00 0.00 0.00 650.00 0 new", "b active tertiary 100.00 540.00 0.00 460.00 0 new",
            ])
        try database.load(
            ["enrolment.csv": "psn_no,insutype,psn_type,begndate\nW,310,1201,2023-02-15\n"])
        try await database.nightly("2023-03-02")
        // The standard of 600.00 is used up; nothing is given back for February.
        #expect(
            try adjudications(database) == [
                "a active tertiary 650.00 0.00 0.00 650.00 0 new",
                "b retired tertiary 0.00 600.00 0.00 400.00 1 changed_data",
            ])
        #expect(try owedAnew(database) == ["T 60.00"])
    }

    @Test func `an institution's level that becomes known late counts from its day`() async throws {
        let database = try NightlyTown.database()
        try database.load(
            NightlyTown.settlements(
                NightlySettlement("a") { $0.time = "2023-01-31 23:59:59" },
                NightlySettlement("b") { $0.time = "2023-02-01 00:00:00" },
                NightlySettlement("c") {
                    ($0.time, $0.medicalType, $0.institution, $0.prescriber) = ("2023-02-02 09:00:00", "41", "P", "T")
                },
                NightlySettlement("d") { ($0.person, $0.time) = ("R", "2023-01-10 09:00:00") }))
        try await database.nightly("2023-02-02")
        try database.load(
            ["institution.csv": NightlyTown.institutionHeader + "T,三级医院,1,05,320703,2023-02-01\n"])
        try await database.nightly("2023-02-03")
        #expect(try database.revisions() == ["b 1 changed_data", "c 1 changed_data"])
        #expect(
            try adjudications(database).suffix(2) == [
                "b active secondary 0.00 650.00 0.00 350.00 1 changed_data",
                "c active secondary 0.00 650.00 0.00 350.00 1 changed_data",
            ])
        #expect(try owedAnew(database) == ["P 50.00", "T 50.00"])
    }

    @Test func `a death that becomes known late refuses what was settled after it, and gives the account back`()
        async throws
    {
        let database = try NightlyTown.database()
        try database.load(NightlyTown.settlements(NightlySettlement("a") { $0.account = Fen(100_00) }))
        try await database.nightly("2023-01-10")
        try database.load(["person.csv": "psn_no,insu_admdvs,death_date\nW,320703,2023-01-09\n"])
        try await database.nightly("2023-01-11")
        try database.expect(
            "SELECT concat_ws(' ', verdict, pool_payment, account_payment) FROM report.adjudication",
            is: ["dead 0.00 0.00"])
        #expect(try entries(database) == ["W 2023-01 201 a -100.00 0", "W 2023-01 201 a 100.00 1"])
        #expect(try owedAnew(database) == ["T -250.00"])
    }
}
