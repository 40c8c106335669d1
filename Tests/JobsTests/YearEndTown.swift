import Jobs
import Money
import Policy
import Testing

/// A ``SmallTown`` with a year of everything that the proof looks at: settlements at each level, over the deductible and
/// over the ceiling, a refund, a family payment, one outside and one refused, openings, a premium and a transfer.
///
/// Workers W1 to W6 and retirees R1 to R4; the hospitals of ``NightlyTown``.
enum YearEndTown {
    static let settlements = [
        // (1000.00 − 750.00) × 60 % = 150.00.
        NightlySettlement("a") { ($0.person, $0.account) = ("W1", Fen(100_00)) },
        // 2000.00 × 65 % = 1300.00, the deductible is used up.
        NightlySettlement("b") {
            ($0.person, $0.institution, $0.time) = ("W1", "S", "2023-03-10 09:00:00")
            ($0.total, $0.account) = (Fen(2000_00), Fen(50_00))
        },
        // (900.00 − 750.00) × 70 % = 105.00; W1 pays 20.00 for the spouse W2.
        NightlySettlement("c") {
            ($0.person, $0.institution, $0.time) = ("W2", "P", "2023-02-11 10:00:00")
            ($0.total, $0.account, $0.family, $0.owner) = (Fen(900_00), Fen(30_00), Fen(20_00), "W1")
        },
        // (1600.00 − 600.00) × 60 % = 600.00, and given back.
        refunded,
        refunded.refunded("e", at: "2023-07-01 08:00:00"),
        // (800.00 − 750.00) × 60 % = 30.00, on the last day but one.
        NightlySettlement("f") {
            ($0.person, $0.time, $0.total, $0.account) = ("W3", "2023-12-30 23:59:59", Fen(800_00), Fen(60_00))
        },
        // (12000.00 − 750.00) × 60 % = 6750.00, of which the ceiling leaves 6000.00; the counter did not know.
        NightlySettlement("g") {
            ($0.person, $0.time, $0.total) = ("W4", "2023-08-08 12:00:00", Fen(12_000_00))
            $0.pool = Fen(6750_00)
        },
        // Chronic disease: outside.
        NightlySettlement("h") { ($0.person, $0.medicalType, $0.account) = ("R2", "14", Fen(10_00)) },
        // No such hospital: refused.
        NightlySettlement("i") { ($0.person, $0.institution) = ("W5", "X") },
    ]

    private static let refunded = NightlySettlement("d") {
        ($0.person, $0.time, $0.total, $0.account) = ("R1", "2023-05-05 09:00:00", Fen(1600_00), Fen(5_00))
    }

    /// The year's facts.
    static func files() throws -> [String: String] {
        var files = try SmallTown(months: "2023-01"..."2023-12", workers: 6, retirees: 4).files()
        files["institution.csv"] = NightlyTown.files["institution.csv"]
        files["account_opening.csv"] =
            "psn_no,balance_date,balance\nW1,2022-12-31,500.00\nW2,2023-02-01,200.00\nR1,2022-12-31,100.00\n"
        files["family_link.csv"] = "psn_no,rlts_psn_no,rlts_type,begndate,enddate\nW1,W2,spouse,2020-01-01,\n"
        files["account_use.csv"] =
            NightlyTown.accountUseHeader + "u1,W1,205,serious_illness_premium,,40.00,2023-06-01,\n"
            + "u2,W3,107,transfer,,70.00,2023-03-05,\n"
        files.merge(NightlyTown.settlements(settlements)) { $1 }
        files.merge(statements) { $1 }
        return files
    }

    /// What S says of March: a yuan more than b, which its detail shows.
    private static let statements = [
        "institution_statement.csv": """
        fixmedins_code,insutype,clr_type,stmt_begndate,stmt_enddate,medfee_sumamt,fund_pay_sumamt,acct_pay,\
        fixmedins_setl_cnt,refd_setl_flag
        S,310,11,2023-03-01,2023-03-31,2001.00,1300.00,50.00,1,1

        """,
        "institution_statement_line.csv": """
        fixmedins_code,setl_id,mdtrt_id,psn_no,medfee_sumamt,fund_pay_sumamt,acct_pay,refd_setl_flag
        S,b,visit-b,W1,2001.00,1300.00,50.00,0

        """,
    ]

    /// Chunks of a year-end hold a quarter of the persons that those of a month-end hold: five of two persons here.
    static let options = JobOptions(chunkSize: 8)

    /// The town with its year settled, by one night and one month-end that makes up for all months.
    static func settled(_ options: JobOptions = options) async throws -> ScratchDatabase {
        let database = try Scratch.database()
        try database.load(files())
        try await database.settle(months: "2023-12"..."2023-12", options)
        return database
    }

    static func closed(_ options: JobOptions = options) async throws -> ScratchDatabase {
        let database = try await settled(options)
        try await database.close(2023, options)
        return database
    }
}
