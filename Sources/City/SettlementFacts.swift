package import Money

/// A row of `settlement.csv`, all of `insutype` 310.
package struct SettlementRecord: Hashable, Sendable {
    /// The row's place among the person's; with the person's number it makes `setl_id`.
    package var sequence: Int
    /// The same for `mdtrt_id`: a refund belongs to the visit of its original.
    package var visit: Int
    package var medicalType: MedicalType
    package var institution: InstitutionCode
    package var time: CivilTime
    /// `dise_codg`.
    package var disease: String?
    package var fees: Fees
    package var payment: CounterPayment
    /// Whether the row carries what the counter worked out: deductible, pool, cash, hospital.
    package var isReported: Bool
    /// `acct_mulaid_psn_no`, as the owner's number in the city.
    package var familyOwner: Int?
    /// `refd_setl_flag`.
    package var isRefund: Bool
    /// `init_setl_id`, as the sequence of the settlement meant; 99999 is nobody's.
    package var original: Int?
    /// `rx_fixmedins_code`; `rx_no` follows the row's own number.
    package var prescriber: InstitutionCode?
    /// Month of arrival: that of the settlement, or a later one.
    package var delivered: Month
    /// What the generator's own reading of the rules makes of the row.
    package var expected: Expectation
}

/// `setl_time`, then `setl_id`: the numbers have one length, so that the sequence stands for the text.
extension SettlementRecord: Comparable {
    package static func < (left: SettlementRecord, right: SettlementRecord) -> Bool {
        (left.time, left.sequence) < (right.time, right.sequence)
    }
}

/// The parts of a fee; negative in a refund.
package struct Fees: Hashable, Sendable {
    package var total: Fen
    package var fullSelfPay: Fen
    package var overLimit: Fen
    package var advance: Fen
    package var eligible: Fen

    var mirrored: Fees {
        func mirror(_ amount: Fen) -> Fen { Fen(-amount.rawValue) }
        return Fees(
            total: mirror(total), fullSelfPay: mirror(fullSelfPay), overLimit: mirror(overLimit),
            advance: mirror(advance), eligible: mirror(eligible))
    }
}

/// Who paid at the counter: `act_pay_dedc`, `hifp_pay`, `acct_pay`, `acct_mulaid_pay`, `psn_cash_pay`, `hosp_part_amt`.
package struct CounterPayment: Hashable, Sendable {
    package var deductible = Fen.zero
    package var pool = Fen.zero
    package var account = Fen.zero
    package var family = Fen.zero
    package var cash = Fen.zero
    package var hospital = Fen.zero

    var mirrored: CounterPayment {
        func mirror(_ amount: Fen) -> Fen { Fen(-amount.rawValue) }
        return CounterPayment(
            deductible: mirror(deductible), pool: mirror(pool), account: mirror(account), family: mirror(family),
            cash: mirror(cash), hospital: mirror(hospital))
    }
}

package enum Expectation: Hashable, Sendable {
    /// Under ordinary outpatient pooling, with the deductible used and the pool's payment that are due.
    case pooled(deductible: Fen, pool: Fen)
    /// Another benefit, or none: the sums of ordinary pooling stay untouched.
    case outside
    /// A row that no engine can settle.
    case refused
}

/// `med_type`.
package enum MedicalType: String, Hashable, Sendable {
    case outpatient = "11"
    case outpatientPooling = "110104"
    case emergency = "13"
    case chronic = "14"
    case chronicDisease = "140104"
    case specialDisease = "140201"
    case inpatient = "21"
    case pharmacy = "41"

    /// `clr_type`.
    var clearingType: ClearingType {
        switch self {
        case .outpatient, .outpatientPooling, .emergency, .chronic, .chronicDisease, .specialDisease: .outpatient
        case .inpatient: .inpatient
        case .pharmacy: .pharmacy
        }
    }
}

/// `clr_type`.
package enum ClearingType: Int, CaseIterable, Hashable, Sendable {
    case outpatient = 11
    case inpatient = 21
    case pharmacy = 41
}

/// A row of `institution_statement_line.csv`, for the month of `day`.
package struct StatementLineRecord: Hashable, Sendable {
    package var institution: InstitutionCode
    package var clearingType: ClearingType
    package var month: Month
    package var sequence: Int
    package var visit: Int
    package var total: Fen
    package var fund: Fen
    package var account: Fen
    package var isRefund: Bool
}

/// A row of `account_use.csv`.
package struct AccountUseRecord: Hashable, Sendable {
    package var sequence: Int
    /// The account's owner, by number in the city.
    package var owner: Int
    package var kind: AccountMovement
    package var use: String
    /// `bnft_psn_no`; `nil` is the owner.
    package var beneficiary: Int?
    /// Negative if it takes back another one.
    package var amount: Fen
    package var date: CivilDate
    /// `init_acct_use_id`, as the sequence of the use meant.
    package var original: Int?
}

/// `acct_incexpd_type`.
package enum AccountMovement: Int, Hashable, Sendable {
    case transferredIn = 107
    case spending = 201
    case premium = 205
    case transferredOut = 207
    case toHeirs = 208
}

/// A row of `family_link.csv`.
package struct FamilyLinkRecord: Hashable, Sendable {
    /// Whose account may pay, by number in the city.
    package var owner: Int
    /// `rlts_type`: what the person is to the owner.
    package var relation: FamilyRelation
    package var begins: CivilDate
    package var ends: CivilDate?
}

package enum FamilyRelation: String, Hashable, Sendable {
    case spouse
    case parent
    case child
}
