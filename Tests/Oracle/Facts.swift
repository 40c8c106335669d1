package import Money

/// Who is insured, as `person.csv` and `enrolment.csv` say it: newest versions only, of the insurance settled.
package struct OraclePerson: Sendable {
    package var isKnown: Bool
    package var death: CivilDate?
    package var enrolment: [OracleEnrolment]

    package init(isKnown: Bool = true, death: CivilDate? = nil, enrolment: [OracleEnrolment]) {
        self.isKnown = isKnown
        self.death = death
        self.enrolment = enrolment
    }
}

package struct OracleEnrolment: Sendable {
    package var begin: CivilDate
    package var end: CivilDate?
    /// `psn_type`.
    package var type: String

    package init(begin: CivilDate, end: CivilDate? = nil, type: String) {
        self.begin = begin
        self.end = end
        self.type = type
    }
}

/// A row of `institution.csv`, newest version only.
package struct OracleInstitution: Sendable {
    package var code: String
    package var begin: CivilDate
    package var end: CivilDate?
    /// `hosp_lv`; empty if it has none.
    package var level: String

    package init(code: String, begin: CivilDate, end: CivilDate? = nil, level: String) {
        self.code = code
        self.begin = begin
        self.end = end
        self.level = level
    }
}

/// A row of `settlement.csv`, amounts in fen; what is not reported is empty or zero.
package struct OracleSettlement: Sendable {
    package var id: String
    package var visit: String
    package var day: CivilDate
    package var secondOfDay: Int
    /// `insutype`.
    package var insurance: Int16 = 310
    /// `med_type`.
    package var medicalType = "11"
    package var disease = ""
    package var institution: String
    /// `rx_fixmedins_code`.
    package var prescriber = ""
    package var total: Int64 = 0
    package var fullSelfPay: Int64 = 0
    package var overLimit: Int64 = 0
    package var advance: Int64 = 0
    package var eligible: Int64 = 0
    package var account: Int64 = 0
    package var family: Int64 = 0
    package var institutionBorne: Int64 = 0
    /// `init_setl_id` of a mirror row; empty on a settlement.
    package var original = ""

    package init(id: String, visit: String, day: CivilDate, secondOfDay: Int, institution: String) {
        self.id = id
        self.visit = visit
        self.day = day
        self.secondOfDay = secondOfDay
        self.institution = institution
    }

    var amounts: [Int64] {
        [total, fullSelfPay, overLimit, advance, eligible, account, family, institutionBorne]
    }

    func plus(_ other: OracleSettlement) -> OracleSettlement {
        var sum = self
        sum.total += other.total
        sum.fullSelfPay += other.fullSelfPay
        sum.overLimit += other.overLimit
        sum.advance += other.advance
        sum.eligible += other.eligible
        sum.account += other.account
        sum.family += other.family
        sum.institutionBorne += other.institutionBorne
        return sum
    }

    func comes(before other: OracleSettlement) -> Bool {
        if day != other.day { return day < other.day }
        if secondOfDay != other.secondOfDay { return secondOfDay < other.secondOfDay }
        return Array(id.utf8).lexicographicallyPrecedes(Array(other.id.utf8))
    }
}
