/// The contract: every file an office may deliver. Column names are those of the national interface where it has one.
extension IntakeFile {
    /// In the order they are loaded. The order is for the reader of the log: no file needs another to be there.
    package static let all: [IntakeFile] = [
        institution, person, enrolment, familyLink, fixedCredit, accountOpening, contribution, accountUse, settlement,
        institutionStatement, institutionStatementLine,
    ]

    package static let person = IntakeFile(
        "person", .versioned, key: ["psn_no"],
        columns: [
            .required("psn_no", .person),
            .confidential("psn_name", .name),
            .optional("gend", .text),
            .optional("brdy", .date),
            .confidential("certno", .text),
            .required("insu_admdvs", .text),
            .optional("death_date", .date),
            .optional("vali_flag", .validity),
        ])

    package static let enrolment = IntakeFile(
        "enrolment", .versioned, key: ["psn_no", "insutype", "begndate"],
        rules: [.notBefore(date: "enddate", start: "begndate")],
        columns: [
            .required("psn_no", .person),
            .required("insutype", .code),
            .required("psn_type", .text),
            .required("begndate", .date),
            .optional("enddate", .date),
            .optional("vali_flag", .validity),
            .optional("emp_no", .text),
        ])

    package static let contribution = IntakeFile(
        "contribution", .event(dated: "clct_time"), key: ["clct_id"],
        columns: [
            .required("clct_id", .text),
            .required("psn_no", .person),
            .required("insutype", .code),
            .required("clct_type", .contributionType),
            .required("accrym", .month),
            .required("clct_base", .money),
            .required("psn_clct_amt", .money),
            .required("emp_clct_amt", .money),
            .required("clct_time", .date),
            .optional("init_clct_id", .text),
        ])

    package static let fixedCredit = IntakeFile(
        "fixed_credit", .versioned, key: ["psn_no", "year"],
        columns: [
            .required("psn_no", .person),
            .required("year", .year),
            .required("year_total", .amountNotNegative),
            .optional("december_amount", .amountNotNegative),
        ])

    package static let accountOpening = IntakeFile(
        "account_opening", .versioned, key: ["psn_no"],
        columns: [
            .required("psn_no", .person),
            .required("balance_date", .date),
            .required("balance", .money),
        ])

    package static let institution = IntakeFile(
        "institution", .versioned, key: ["fixmedins_code", "begndate"],
        rules: [.notBefore(date: "enddate", start: "begndate")],
        columns: [
            .required("fixmedins_code", .text),
            .required("fixmedins_name", .name),
            .required("fixmedins_type", .institutionType),
            .optional("hosp_lv", .text),
            .required("fix_blng_admdvs", .text),
            .required("begndate", .date),
            .optional("enddate", .date),
            .optional("vali_flag", .validity),
        ])

    package static let settlement = IntakeFile(
        "settlement", .event(dated: "setl_time"), key: ["setl_id"],
        rules: [.flagNeeds(flag: "refd_setl_flag", column: "init_setl_id")],
        columns: [
            .required("setl_id", .text),
            .required("mdtrt_id", .text),
            .required("psn_no", .person),
            .required("insutype", .code),
            .required("med_type", .longCode),
            .required("fixmedins_code", .text),
            .required("setl_time", .time),
            .optional("dise_codg", .text),
            .required("medfee_sumamt", .money),
            .required("fulamt_ownpay_amt", .money),
            .required("overlmt_selfpay", .money),
            .required("preselfpay_amt", .money),
            .required("inscp_scp_amt", .money),
            .optional("act_pay_dedc", .money),
            .optional("hifp_pay", .money),
            .required("acct_pay", .money),
            .required("acct_mulaid_pay", .money),
            .optional("acct_mulaid_psn_no", .person),
            .optional("psn_cash_pay", .money),
            .optional("hosp_part_amt", .money),
            .required("refd_setl_flag", .flag),
            .optional("init_setl_id", .text),
            .optional("rx_no", .text),
            .optional("rx_fixmedins_code", .text),
        ])

    package static let institutionStatement = IntakeFile(
        "institution_statement", .versioned,
        key: ["fixmedins_code", "insutype", "clr_type", "stmt_begndate", "stmt_enddate"],
        rules: [.notBefore(date: "stmt_enddate", start: "stmt_begndate")],
        columns: [
            .required("fixmedins_code", .text),
            .required("insutype", .code),
            .required("clr_type", .code),
            .required("stmt_begndate", .date),
            .required("stmt_enddate", .date),
            .required("medfee_sumamt", .money),
            .required("fund_pay_sumamt", .money),
            .required("acct_pay", .money),
            .required("fixmedins_setl_cnt", .count),
            .required("refd_setl_flag", .flag),
        ])

    package static let institutionStatementLine = IntakeFile(
        "institution_statement_line", .versioned, key: ["fixmedins_code", "setl_id", "refd_setl_flag"],
        columns: [
            .required("fixmedins_code", .text),
            .required("setl_id", .text),
            .required("mdtrt_id", .text),
            // The person as the institution names them, which may be nobody here: kept as written.
            .required("psn_no", .text),
            .required("medfee_sumamt", .money),
            .required("fund_pay_sumamt", .money),
            .required("acct_pay", .money),
            .required("refd_setl_flag", .flag),
        ])

    package static let accountUse = IntakeFile(
        "account_use", .event(dated: "use_date"), key: ["acct_use_id"],
        columns: [
            .required("acct_use_id", .text),
            .required("psn_no", .person),
            .required("acct_incexpd_type", .code),
            .required("use_kind", .text),
            .optional("bnft_psn_no", .person),
            .required("amount", .money),
            .required("use_date", .date),
            .optional("init_acct_use_id", .text),
        ])

    package static let familyLink = IntakeFile(
        "family_link", .versioned, key: ["psn_no", "rlts_psn_no", "begndate"],
        rules: [.notBefore(date: "enddate", start: "begndate")],
        columns: [
            .required("psn_no", .person),
            .required("rlts_psn_no", .person),
            .required("rlts_type", .relation),
            .required("begndate", .date),
            .optional("enddate", .date),
            .optional("vali_flag", .validity),
        ])
}
