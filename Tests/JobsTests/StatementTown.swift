import Jobs
import Money
import Postgres
import Testing

@testable import settle

/// The worker W of whom everything can be stated that an account does, the daughter G whom W's account pays for, and R
/// of whom nothing but a name has arrived. Months without a contribution are not credited.
///
/// At T the fund pays 60 %, at S 65 %, at P 70 %, above 750.00 and up to 6,000.00 a year.
struct StatementTown {
    let database: ScratchDatabase

    init() throws {
        database = try Scratch.database()
        try database.load(StatementTown.files)
    }

    /// Settled through December 2023; the year is not closed.
    static func settled() async throws -> StatementTown {
        let town = try StatementTown()
        try await town.settleJanuary()
        try await town.settleFebruary()
        try await town.settleMarch()
        try await town.settleDecember()
        return town
    }

    /// The same with the annual settlement of 2023, whose rows are written by hand.
    static func closed() async throws -> StatementTown {
        let town = try await settled()
        try town.close()
        return town
    }

    /// The same with January 2024, in which facts about 2023 arrive.
    static func continued() async throws -> StatementTown {
        let town = try await closed()
        try await town.settleJanuaryOf2024()
        return town
    }

    /// As a member of the batch role, which is all that stating needs, and of the one that may see names.
    func ask(_ person: String = "W", _ year: Int = 2023, naming: PersonNaming = .full) throws -> AccountStatement {
        var connection = try Connection(naming == .full ? try database.clerk() : database.settings())
        return try AccountStatement.ask(
            &connection, rules: try TestRules.supplied(), person: person, year: year, naming: naming)
    }

    func text(
        _ person: String = "W", _ year: Int = 2023, _ language: ExplainLanguage = .chinese,
        naming: PersonNaming = .full
    ) throws -> String {
        StatementText(try ask(person, year, naming: naming), language).text
    }
}

extension StatementTown {
    /// a: (1000.00 − 750.00) × 60 % = 150.00 from the fund, the other 850.00 from the account.
    func settleJanuary() async throws {
        try database.load(
            NightlyTown.settlements(
                NightlySettlement("a") { ($0.time, $0.account) = ("2023-01-10 09:00:00", Fen(850_00)) }))
        try await database.nightly("2023-01-31")
        try await database.monthEnd("2023-01")
    }

    /// e comes late and before a: it uses 100.00 of the deductible, so that a gets (1000.00 − 650.00) × 60 % = 210.00
    /// and takes 60.00 less from the account. b: 300.00 × 65 % = 195.00. g: 40.00 of the deductible of G.
    private func settleFebruary() async throws {
        try database.load(
            NightlyTown.settlements(
                NightlySettlement("e") {
                    ($0.institution, $0.time, $0.total) = ("P", "2023-01-05 08:30:00", Fen(100_00))
                }, StatementTown.b, StatementTown.g))
        try await database.nightly("2023-02-28")
        try await database.monthEnd("2023-02")
    }

    /// b and g are refunded, d is refused because nobody knows its institution, p is a pharmacy's sale without a
    /// prescription. A premium of 96.00; of February's contribution 1,000.00 × 2 % = 20.00 are taken back.
    private func settleMarch() async throws {
        try database.load(
            NightlyTown.settlements(
                StatementTown.b.refunded("b-refund", at: "2023-03-05 11:00:00"),
                NightlySettlement("d") {
                    ($0.institution, $0.time, $0.total, $0.account) = (
                        "X", "2023-03-10 09:00:00", Fen(80_00), Fen(10_00)
                    )
                },
                NightlySettlement("p") {
                    ($0.institution, $0.time, $0.medicalType) = ("D", "2023-03-12 18:05:00", "41")
                    ($0.total, $0.account) = (Fen(30_00), Fen(30_00))
                }, StatementTown.g.refunded("g-refund", at: "2023-03-20 10:00:00")))
        try database.load([
            "account_use.csv": NightlyTown.accountUseHeader + "u1,W,205,serious_illness_premium,,96.00,2023-03-15,\n"
        ])
        try await database.nightly("2023-03-31")
        try await database.monthEnd("2023-03")
    }

    /// k: 20,000.00 × 60 % = 12,000.00, of which the ceiling leaves 6000.00 − 210.00 = 5790.00. After it m gets nothing.
    private func settleDecember() async throws {
        try database.load(
            NightlyTown.settlements(
                NightlySettlement("k") { ($0.time, $0.total) = ("2023-11-11 14:00:00", Fen(20_000_00)) },
                NightlySettlement("m") { ($0.time, $0.total) = ("2023-12-20 10:00:00", Fen(50_00)) }))
        try await database.nightly("2023-12-31")
        try await database.monthEnd("2023-12")
    }

    /// Interest 12.34. Credits 3 × 100.00 − 20.00 = 280.00; payments 850.00 − 60.00 (a) + 50.00 − 50.00 (b)
    /// + 20.00 − 20.00 (g) + 30.00 (p) = 820.00; 2000.00 + 280.00 + 12.34 − 820.00 − 96.00 = 1376.34.
    private func close() throws {
        try database.tamper(
            """
            INSERT INTO run.run (run_id, job, business_date, posting_month, horizon, batch_upto, chunk_count, state,
                                 attempts, rule_pack_digest, program_version, started_at, finished_at)
            SELECT run_id + 1, 'year-end', '2023-12-31', '2023-12-01', '2023-12-31', batch_upto, 1, 'completed', 1,
                   rule_pack_digest, 'test', '2024-01-02 03:00:00+08', '2024-01-02 03:10:11+08'
            FROM run.run ORDER BY run_id DESC LIMIT 1;
            INSERT INTO run.certificate (year, run_id, digest) SELECT 2023, max(run_id), 'c0ffee' FROM run.run;
            INSERT INTO run.citation (citation_id, citation) SELECT max(citation_id) + 1, '测试利息' FROM run.citation;
            INSERT INTO ledger.account_entry (person_id, amount_fen, run_id, covered_month, effective_on, citation_id,
                                              kind, revision, source)
            SELECT intake.person_id('W'), 1234, (SELECT max(run_id) FROM run.run), '2023-12-01', '2023-12-31',
                   max(citation_id), 102, 0, 'interest' FROM run.citation;
            INSERT INTO ledger.account_year (person_id, run_id, opening_fen, brought_in_fen, credit_fen, interest_fen,
                other_in_fen, payment_fen, other_out_fen, closing_fen, prior_year_fen, closing_this_year_fen,
                closing_last_year_fen, closing_earlier_fen, year)
            SELECT intake.person_id('W'), max(run_id), 0, 200000, 28000, 1234, 0, 82000, 9600, 137634, 0, 1234, 0,
                   136400, 2023 FROM run.run;
            """)
    }

    /// The contribution of December is received, and f of December arrives late: both adjust 2023. a is refunded, which
    /// gives its 650.00 of the deductible and 210.00 of the fund back to the benefit year 2023, and its 790.00 to the
    /// account in 2024. n begins the new year: (800.00 − 750.00) × 60 % = 30.00.
    func settleJanuaryOf2024() async throws {
        try database.load(
            NightlyTown.settlements(
                NightlySettlement("a") { ($0.time, $0.account) = ("2023-01-10 09:00:00", Fen(850_00)) }
                    .refunded("a-refund", at: "2024-01-15 09:00:00"),
                NightlySettlement("f") {
                    ($0.time, $0.total, $0.account) = ("2023-12-28 16:00:00", Fen(10_00), Fen(5_00))
                }, NightlySettlement("n") { ($0.time, $0.total) = ("2024-01-20 09:00:00", Fen(800_00)) }))
        try database.load([
            "contribution.csv": SmallTown.contributionHeader + """
                c12,W,310,30,2023-12,5000.00,100.00,350.00,2024-01-10
                c13,W,310,10,2024-01,5000.00,100.00,350.00,2024-01-10

                """
        ])
        try await database.nightly("2024-01-31")
        try await database.monthEnd("2024-01")
    }

    private static let b = NightlySettlement("b") {
        ($0.institution, $0.time, $0.total, $0.account) = ("S", "2023-02-10 09:00:00", Fen(300_00), Fen(50_00))
    }

    private static let g = NightlySettlement("g") {
        ($0.person, $0.time, $0.total) = ("G", "2023-02-15 10:20:00", Fen(40_00))
        ($0.family, $0.owner) = (Fen(20_00), "W")
    }

    private static let files = [
        "person.csv": "psn_no,psn_name,insu_admdvs\nW,某甲,320703\nG,某乙,320703\nR,某丙,320703\n",
        "enrolment.csv": "psn_no,insutype,psn_type,begndate\nW,310,1101,2010-01-01\nG,310,1101,2010-01-01\n",
        "institution.csv": NightlyTown.institutionHeader + """
            T,三级医院,1,01,320703,2010-01-01
            S,二级医院,1,05,320703,2010-01-01
            P,卫生院,1,09,320703,2010-01-01
            D,药店,2,,320703,2010-01-01

            """,
        "family_link.csv": "psn_no,rlts_psn_no,rlts_type,begndate,enddate\nW,G,child,2020-01-01,\n",
        "account_opening.csv": "psn_no,balance_date,balance\nW,2022-12-31,2000.00\n",
        "contribution.csv": SmallTown.contributionHeader + """
            c1,W,310,10,2023-01,5000.00,100.00,350.00,2023-01-10
            c2,W,310,10,2023-02,5000.00,100.00,350.00,2023-02-10
            c3,W,310,10,2023-03,5000.00,100.00,350.00,2023-03-10
            c2-back,W,310,20,2023-02,-1000.00,-20.00,-70.00,2023-03-20

            """,
    ]
}
