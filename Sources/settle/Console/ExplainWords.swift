import Jobs
import Money
import Policy
import Reports
import Settlement

// What codes are called in an explanation.

extension ExplainLanguage {
    func name(_ category: InsuredCategory) -> String { self(category.phrase) }

    func name(_ level: InstitutionLevel) -> String { self(level.phrase) }

    func name(_ standing: Standing) -> String { self(standing.phrase) }

    func name(_ refusal: Refusal) -> String { refusal.englishTitle }

    func remedy(_ refusal: Refusal) -> String { refusal.englishRemedy }

    /// - Parameter medicalType: `med_type`.
    func reason(_ reason: OutsideReason, medicalType: Int32) -> String {
        switch reason {
        case .otherInsurance:
            self("险种不是本制度（insutype）", "it belongs to another insurance (insutype)")
        case .otherBenefit:
            self(
                "医疗类别 \(medicalType) 有单独的待遇（门诊慢特病、住院等），不进普通门诊统筹",
                "medical type \(medicalType) has a benefit of its own (chronic disease, inpatient, ...)")
        case .noPrescription:
            self(
                "药店购药（医疗类别 \(medicalType)）没有关联定点医疗机构的处方",
                "a pharmacy sale (medical type \(medicalType)) without a prescription of an institution")
        case .unpaidGap:
            self("结算当月没有到账缴费，不享受门诊统筹", "no contribution has been received for the month of settlement")
        }
    }

    func remedy(_ reason: OutsideReason) -> String {
        switch reason {
        case .otherInsurance: self("按该险种的待遇办理", "settle it by the rules of that insurance")
        case .otherBenefit: self("按该项待遇办理", "settle it by the rules of that benefit")
        case .noPrescription:
            self(
                "有处方的，由药店退费后关联处方（rx_fixmedins_code）重新结算",
                "if there is a prescription, the pharmacy refunds the sale and settles it again with rx_fixmedins_code")
        case .unpaidGap: self("补缴到账后自动重算", "collect it; the night after it is received settles anew")
        }
    }

    func name(_ revision: LedgerRevision) -> String {
        switch revision.cause {
        case .new: self(revision.causeTitle, "first settled")
        case .lateFact: self(revision.causeTitle, "anew for a late settlement")
        case .refund: self(revision.causeTitle, "anew for a refund")
        case .changedData: self(revision.causeTitle, "anew for new data of person or institution")
        case .changedRules: self(revision.causeTitle, "rules changed, found by the proof of the year")
        case .alteredLedger: self(revision.causeTitle, "ledger altered, restored by the proof of the year")
        case .proof: self(revision.causeTitle, "found by the proof of the year")
        }
    }

    /// An amount of the interface, by its field.
    func name(field: String) -> String {
        switch field {
        case "act_pay_dedc": self("起付标准", "deductible")
        case "hifp_pay": self("统筹基金", "pooling fund")
        case "acct_pay": self("个人账户", "own account")
        case "acct_mulaid_pay": self("家庭共济账户", "family account")
        case "psn_cash_pay": self("现金", "cash")
        default: field
        }
    }

    func name(_ state: DiscrepancyState) -> String {
        switch state {
        case .open: self("待处理", "open")
        case .explained: self("已说明", "explained")
        case .accepted: self("已认可", "accepted")
        case .corrected: self("已更正", "corrected")
        }
    }

    func name(_ period: DeductiblePeriod) -> String {
        switch period {
        case .calendarYear: self("按自然年度", "calendar year")
        case .visit: self("按次", "each visit")
        case .day: self("按日", "each day")
        }
    }

    func name(_ instance: Instance) -> String {
        switch instance.job {
        case .nightly: self("\(instance.name) 夜间批", "night of \(instance.name)")
        case .monthEnd: self("\(instance.name) 月末", "month-end \(instance.name)")
        case .reconcileDay, .reconcileMonth, .reconcileYear:
            self("\(instance.name) 对账", "reconciliation of \(instance.name)")
        case .yearEnd: self("\(instance.name) 年度结算", "annual settlement \(instance.name)")
        case .reprove: self("\(instance.name) 年度复核", "proof of \(instance.name), once more")
        }
    }

    /// An instance with its run.
    func name(_ instance: Instance, run: Int64) -> String {
        self("\(name(instance))（运行 \(run)）", "\(name(instance)) (run \(run))")
    }

    /// How a product of money and rate became whole fen; empty where it was whole.
    func rounding(of amount: Fen, at rate: Rate, by rounding: Rounding) -> String {
        let product = Int128(amount.rawValue) * Int128(rate.basisPoints)
        guard !product.isMultiple(of: Int128(Rate.whole.basisPoints)) else { return "" }
        return switch rounding {
        case .halfUp: self("（四舍五入到分）", " (rounded half up to the fen)")
        case .down: self("（舍去不足一分）", " (parts of a fen dropped)")
        }
    }
}
