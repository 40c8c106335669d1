/// The files of an intake directory, with their names and columns, in the order in which they are written.
package enum CityFile: Int, CaseIterable, Hashable, Sendable {
    case person
    case enrolment
    case contribution
    case fixedCredit
    case accountOpening
    case institution
    case settlement
    case accountUse
    case familyLink
    case institutionStatement
    case institutionStatementLine

    package var name: String {
        switch self {
        case .person: "person.csv"
        case .enrolment: "enrolment.csv"
        case .contribution: "contribution.csv"
        case .fixedCredit: "fixed_credit.csv"
        case .accountOpening: "account_opening.csv"
        case .institution: "institution.csv"
        case .settlement: "settlement.csv"
        case .accountUse: "account_use.csv"
        case .familyLink: "family_link.csv"
        case .institutionStatement: "institution_statement.csv"
        case .institutionStatementLine: "institution_statement_line.csv"
        }
    }

    /// The header row, without the end of line.
    package var header: String {
        switch self {
        case .person:
            "psn_no,psn_name,gend,brdy,certno,insu_admdvs,death_date,vali_flag"
        case .enrolment:
            "psn_no,insutype,psn_type,begndate,enddate,vali_flag,emp_no"
        case .contribution:
            "clct_id,psn_no,insutype,clct_type,accrym,clct_base,psn_clct_amt,emp_clct_amt,clct_time,init_clct_id"
        case .fixedCredit:
            "psn_no,year,year_total,december_amount"
        case .accountOpening:
            "psn_no,balance_date,balance"
        case .institution:
            "fixmedins_code,fixmedins_name,fixmedins_type,hosp_lv,fix_blng_admdvs,begndate,enddate,vali_flag"
        case .settlement:
            "setl_id,mdtrt_id,psn_no,insutype,med_type,fixmedins_code,setl_time,dise_codg,medfee_sumamt,"
                + "fulamt_ownpay_amt,overlmt_selfpay,preselfpay_amt,inscp_scp_amt,act_pay_dedc,hifp_pay,acct_pay,"
                + "acct_mulaid_pay,acct_mulaid_psn_no,psn_cash_pay,hosp_part_amt,refd_setl_flag,init_setl_id,rx_no,"
                + "rx_fixmedins_code"
        case .accountUse:
            "acct_use_id,psn_no,acct_incexpd_type,use_kind,bnft_psn_no,amount,use_date,init_acct_use_id"
        case .familyLink:
            "psn_no,rlts_psn_no,rlts_type,begndate,enddate,vali_flag"
        case .institutionStatement:
            "fixmedins_code,insutype,clr_type,stmt_begndate,stmt_enddate,medfee_sumamt,fund_pay_sumamt,acct_pay,"
                + "fixmedins_setl_cnt,refd_setl_flag"
        case .institutionStatementLine:
            "fixmedins_code,setl_id,mdtrt_id,psn_no,medfee_sumamt,fund_pay_sumamt,acct_pay,refd_setl_flag"
        }
    }

    /// Whether the file is about settlements, and not there in a city without any.
    package var isAboutSettlements: Bool { rawValue >= CityFile.institution.rawValue }

    /// Whether the rows follow the persons of the city, one after the other.
    package var isAboutPersons: Bool { self != .institution && self != .institutionStatement }
}
