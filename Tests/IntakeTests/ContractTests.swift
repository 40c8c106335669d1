import Intake
import Testing

@Suite struct `The contract with the office's systems` {
    /// Files and columns as the contract lists them; `?` marks what may be empty.
    @Test(arguments: [
        "person: psn_no, psn_name?, gend?, brdy?, certno?, insu_admdvs, death_date?, vali_flag?",
        "enrolment: psn_no, insutype, psn_type, begndate, enddate?, vali_flag?, emp_no?",
        "contribution: clct_id, psn_no, insutype, clct_type, accrym, clct_base, psn_clct_amt, emp_clct_amt, clct_time, "
            + "init_clct_id?",
        "fixed_credit: psn_no, year, year_total, december_amount?",
        "account_opening: psn_no, balance_date, balance",
        "institution: fixmedins_code, fixmedins_name, fixmedins_type, hosp_lv?, fix_blng_admdvs, begndate, enddate?, "
            + "vali_flag?",
        "settlement: setl_id, mdtrt_id, psn_no, insutype, med_type, fixmedins_code, setl_time, dise_codg?, "
            + "medfee_sumamt, fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt, act_pay_dedc?, "
            + "hifp_pay?, acct_pay, acct_mulaid_pay, acct_mulaid_psn_no?, psn_cash_pay?, hosp_part_amt?, "
            + "refd_setl_flag, init_setl_id?, rx_no?, rx_fixmedins_code?",
        "institution_statement: fixmedins_code, insutype, clr_type, stmt_begndate, stmt_enddate, medfee_sumamt, "
            + "fund_pay_sumamt, acct_pay, fixmedins_setl_cnt, refd_setl_flag",
        "institution_statement_line: fixmedins_code, setl_id, mdtrt_id, psn_no, medfee_sumamt, fund_pay_sumamt, "
            + "acct_pay, refd_setl_flag",
        "account_use: acct_use_id, psn_no, acct_incexpd_type, use_kind, bnft_psn_no?, amount, use_date, "
            + "init_acct_use_id?",
        "family_link: psn_no, rlts_psn_no, rlts_type, begndate, enddate?, vali_flag?",
    ])
    func `has these files and columns`(line: String) throws {
        let table = String(line.prefix { $0 != ":" })
        let file = try #require(IntakeFile.named(table + ".csv"))
        let columns = file.columns.map { $0.name + ($0.isOptional ? "?" : "") }.joined(separator: ", ")
        #expect("\(table): \(columns)" == line)
    }

    @Test func `has eleven files, and three of them are events`() {
        #expect(IntakeFile.all.count == 11)
        let events = IntakeFile.all.filter { $0.history != .versioned }.map(\.name)
        #expect(events == ["contribution.csv", "account_use.csv", "settlement.csv"])
    }

    @Test(arguments: IntakeFile.all)
    func `has keys of columns that are required`(file: IntakeFile) {
        #expect(!file.key.isEmpty)
        for name in file.key {
            #expect(file.columns.contains { $0.name == name && !$0.isOptional })
        }
    }
}

@Suite struct `The internal key of a person` {
    /// SHA-256 of the empty text begins e3b0c44298fc1c14, of "abc" ba7816bf8f01cfea: the top bit is taken off.
    @Test(arguments: [("", 0x63b0_c442_98fc_1c14), ("abc", 0x3a78_16bf_8f01_cfea)] as [(String, Int64)])
    func `is the first 63 bits of the digest of the number`(number: String, key: Int64) {
        #expect(PersonID(number: number).rawValue == key)
    }
}
