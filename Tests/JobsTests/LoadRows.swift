import Intake

/// One row of every file of the contract, with every column filled, and the row it should become.
enum LoadRows {
    /// Files by name; `number` makes the keys differ.
    static func oneOfEach(_ number: String) -> [String: String] {
        [
            "person.csv": """
            psn_no,psn_name,gend,brdy,certno,insu_admdvs,death_date,vali_flag
            P\(number),"某, 某",1,1950-02-03,320700195002030000,320703,2023-09-09,0
            """,
            "enrolment.csv": """
            psn_no,insutype,psn_type,begndate,enddate,vali_flag,emp_no
            P\(number),310,1101,2001-07-01,2023-09-30,1,U\(number)
            """,
            "contribution.csv": """
            clct_id,psn_no,insutype,clct_type,accrym,clct_base,psn_clct_amt,emp_clct_amt,clct_time,init_clct_id
            C\(number),P\(number),310,34,2023-04,-100.50,-2.01,-7.04,2023-12-20,C0
            """,
            "fixed_credit.csv": """
            psn_no,year,year_total,december_amount
            P\(number),2022,1500.00,125.00
            """,
            "account_opening.csv": """
            psn_no,balance_date,balance
            P\(number),2022-12-31,0.01
            """,
            "institution.csv": """
            fixmedins_code,fixmedins_name,fixmedins_type,hosp_lv,fix_blng_admdvs,begndate,enddate,vali_flag
            H\(number),医院,1,01,320700,2020-01-01,2024-12-31,1
            """,
            "settlement.csv": """
            setl_id,mdtrt_id,psn_no,insutype,med_type,fixmedins_code,setl_time,dise_codg,medfee_sumamt,\
            fulamt_ownpay_amt,overlmt_selfpay,preselfpay_amt,inscp_scp_amt,act_pay_dedc,hifp_pay,acct_pay,\
            acct_mulaid_pay,acct_mulaid_psn_no,psn_cash_pay,hosp_part_amt,refd_setl_flag,init_setl_id,rx_no,\
            rx_fixmedins_code
            S\(number),M1,P\(number),310,110104,H1,2023-05-06 07:08:09,J06.9,-10.00,-0.01,-0.02,-0.03,-9.94,-0.04,\
            -0.05,-0.06,-0.07,P7,-0.08,-0.09,1,S0,RX1,H9
            """,
            "institution_statement.csv": """
            fixmedins_code,insutype,clr_type,stmt_begndate,stmt_enddate,medfee_sumamt,fund_pay_sumamt,acct_pay,\
            fixmedins_setl_cnt,refd_setl_flag
            H\(number),310,11,2023-01-01,2023-01-31,1000000.00,500000.00,1.00,-12,1
            """,
            "institution_statement_line.csv": """
            fixmedins_code,setl_id,mdtrt_id,psn_no,medfee_sumamt,fund_pay_sumamt,acct_pay,refd_setl_flag
            H\(number),S1,M1,P1,10.00,5.00,1.00,0
            """,
            "account_use.csv": """
            acct_use_id,psn_no,acct_incexpd_type,use_kind,bnft_psn_no,amount,use_date,init_acct_use_id
            U\(number),P\(number),205,大病保费,P7,100.00,2023-06-30,U0
            """,
            "family_link.csv": """
            psn_no,rlts_psn_no,rlts_type,begndate,enddate,vali_flag
            P\(number),P7,spouse,2023-01-01,2023-12-31,1
            """,
        ]
    }

    /// Tables and the row as PostgreSQL writes it, in the order of the table's columns; `number` is also the batch.
    static func stored(_ number: String) -> [(table: String, row: String)] {
        let (person, relative) = (PersonID(number: "P\(number)").rawValue, PersonID(number: "P7").rawValue)
        let key = "\(person),\(number)"
        return [
            ("person", "(\(key),1950-02-03,2023-09-09,f,P\(number),\"某, 某\",1,320700195002030000,320703)"),
            ("enrolment", "(\(key),2001-07-01,2023-09-30,310,t,1101,U\(number))"),
            ("contribution", "(\(key),-10050,-201,-704,2023-04-01,2023-12-20,310,34,C\(number),C0)"),
            ("fixed_credit", "(\(key),150000,12500,2022)"),
            ("account_opening", "(\(key),1,2022-12-31)"),
            ("institution", "(\(number),2020-01-01,2024-12-31,t,1,H\(number),医院,01,320700)"),
            (
                "settlement",
                "(\(key),\"2023-05-06 07:08:09\",-1000,-1,-2,-3,-994,-6,-7,-4,-5,-8,-9,\(relative),110104,310,t,"
                    + "S\(number),H1,M1,S0,J06.9,RX1,H9)"
            ),
            (
                "institution_statement",
                "(\(number),100000000,50000000,100,-12,2023-01-01,2023-01-31,310,11,t,H\(number))"
            ),
            ("institution_statement_line", "(\(number),1000,500,100,f,H\(number),S1,M1,P1)"),
            ("account_use", "(\(key),10000,\(relative),2023-06-30,205,U\(number),大病保费,U0)"),
            ("family_link", "(\(person),\(relative),\(number),2023-01-01,2023-12-31,t,spouse)"),
        ]
    }
}
