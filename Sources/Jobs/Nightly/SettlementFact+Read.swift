import Money
import Postgres
import Settlement

extension SettlementFact {
    /// What ``init(_:withCounter:)`` reads, of `intake.settlement s`: 19 columns, and 3 more of what the counter reported.
    ///
    /// - Parameter byVisit: whether a rule asks which visit a settlement is of; the visit stays empty if none does.
    static func columns(byVisit: Bool, withCounter: Bool) -> SQLText {
        """
        s.person_id, s.setl_id, s.setl_time, \(byVisit ? "s.mdtrt_id" : "''"), s.fixmedins_code, s.rx_fixmedins_code,
        s.insutype, s.med_type, s.dise_codg, s.medfee_sumamt_fen, s.fulamt_ownpay_amt_fen, s.overlmt_selfpay_fen,
        s.preselfpay_amt_fen, s.inscp_scp_amt_fen, s.acct_pay_fen, s.acct_mulaid_pay_fen, s.hosp_part_amt_fen,
        s.acct_mulaid_person_id, s.init_setl_id
        \(withCounter ? ", s.act_pay_dedc_fen, s.hifp_pay_fen, s.psn_cash_pay_fen" : "")
        """
    }

    static func columnCount(withCounter: Bool) -> Int { withCounter ? 22 : 19 }

    /// - Throws: ``JobError/identifierTooLong(table:)``, `DatabaseError`.
    init(_ row: inout CopyRow, withCounter: Bool) throws {
        let table = "intake.settlement"
        person = try row.int64()
        id = try row.factID(table)
        time = CivilTime(secondNumber: try row.int64() / 1_000_000)
        visit = try row.factID(table)
        institution = try row.factID(table)
        prescriber = try row.optionalFactID(table)
        insurance = try row.int16()
        medicalType = try row.int32()
        disease = try row.optionalFactID(table) ?? FactID()
        let (total, fullSelfPay, overLimit) = (try row.fen(), try row.fen(), try row.fen())
        let (advance, eligible) = (try row.fen(), try row.fen())
        let (account, family) = (try row.fen(), try row.fen())
        let institutionBorne = try row.optionalInt64().map(Fen.init) ?? .zero
        claim = Claim(
            total: total, fullSelfPay: fullSelfPay, overLimitSelfPay: overLimit, advanceSelfPay: advance,
            eligible: eligible, accountPaid: account, familyAccountPaid: family, institutionBorne: institutionBorne)
        familyOwner = try row.optionalInt64()
        original = try row.optionalFactID(table)
        reportedDeductible = withCounter ? try row.optionalInt64().map(Fen.init) : nil
        reportedPool = withCounter ? try row.optionalInt64().map(Fen.init) : nil
        reportedCash = withCounter ? try row.optionalInt64().map(Fen.init) : nil
    }
}
