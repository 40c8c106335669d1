import Money

/// A row of `settlement.csv` whose whole fee is in scope: 1000.00 of the worker W at the tertiary hospital T, unless said
/// otherwise. At T the fund pays 60 % above 750.00, of the retiree R above 600.00.
struct NightlySettlement {
    var id: String
    var person = "W"
    var institution = "T"
    var time = "2023-01-10 09:00:00"
    var medicalType = "11"
    var prescriber = ""
    var total = Fen(1000_00)
    /// Of the total.
    var fullSelfPay = Fen.zero
    var account = Fen.zero
    var family = Fen.zero
    var owner = ""
    /// What the counter reported; `nil` where it says nothing.
    var deductible: Fen?
    var pool: Fen?
    var cash: Fen?
    var original = ""

    init(_ id: String, _ change: (inout NightlySettlement) -> Void = { _ in }) {
        self.id = id
        change(&self)
    }

    /// The mirror row of the whole settlement.
    func refunded(_ id: String, at time: String) -> NightlySettlement {
        var mirror = self
        func mirrored(_ amount: Fen) -> Fen { Fen(-amount.rawValue) }
        (mirror.id, mirror.time, mirror.original) = (id, time, self.id)
        (mirror.total, mirror.fullSelfPay) = (mirrored(total), mirrored(fullSelfPay))
        (mirror.account, mirror.family) = (mirrored(account), mirrored(family))
        (mirror.deductible, mirror.pool, mirror.cash) = (nil, nil, nil)
        return mirror
    }

    fileprivate var line: String {
        func text(_ amount: Fen?) -> String { amount.map { "\($0)" } ?? "" }
        let eligible = Fen(total.rawValue - fullSelfPay.rawValue)
        let cells = [
            id, original.isEmpty ? "visit-\(id)" : "visit-\(original)", person, "310", medicalType, institution, time,
            "\(total)", "\(fullSelfPay)", "0.00", "0.00", "\(eligible)", text(deductible), text(pool), "\(account)",
            "\(family)", owner, text(cash), original.isEmpty ? "0" : "1", original,
            prescriber.isEmpty ? "" : "rx-\(id)",
            prescriber,
        ]
        return cells.joined(separator: ",") + "\n"
    }
}

/// Three persons, of whom the worker W is the parent of the retiree R's grandchild G, and three hospitals.
enum NightlyTown {
    static let files = [
        "person.csv": "psn_no,insu_admdvs\nW,320703\nR,320703\nG,320703\nV,320703\n",
        "enrolment.csv": """
        psn_no,insutype,psn_type,begndate
        W,310,1101,2010-01-01
        R,310,1201,2010-01-01
        G,310,1101,2010-01-01
        V,310,34,2010-01-01

        """,
        "institution.csv": institutionHeader + """
            T,三级医院,1,01,320703,2010-01-01
            S,二级医院,1,05,320703,2010-01-01
            P,卫生院,1,09,320703,2010-01-01

            """,
        "family_link.csv": """
        psn_no,rlts_psn_no,rlts_type,begndate,enddate
        W,G,child,2020-01-01,
        W,R,parent,2020-01-01,2022-12-31

        """,
        "account_opening.csv": "psn_no,balance_date,balance\nW,2022-12-31,500.00\nR,2022-12-31,100.00\n",
    ]

    static let institutionHeader =
        "fixmedins_code,fixmedins_name,fixmedins_type,hosp_lv,fix_blng_admdvs,begndate\n"

    static let accountUseHeader =
        "acct_use_id,psn_no,acct_incexpd_type,use_kind,bnft_psn_no,amount,use_date,init_acct_use_id\n"

    static func settlements(_ rows: NightlySettlement...) -> [String: String] { settlements(rows) }

    static func settlements(_ rows: [NightlySettlement]) -> [String: String] {
        let header = """
            setl_id,mdtrt_id,psn_no,insutype,med_type,fixmedins_code,setl_time,medfee_sumamt,fulamt_ownpay_amt,\
            overlmt_selfpay,preselfpay_amt,inscp_scp_amt,act_pay_dedc,hifp_pay,acct_pay,acct_mulaid_pay,\
            acct_mulaid_psn_no,psn_cash_pay,refd_setl_flag,init_setl_id,rx_no,rx_fixmedins_code

            """
        return ["settlement.csv": rows.reduce(header) { $0 + $1.line }]
    }

    /// A migrated database with the town's facts.
    static func database() throws -> ScratchDatabase {
        let database = try Scratch.database()
        try database.load(files)
        return database
    }
}
