package import Money

/// All facts about one person that a city's core system delivers, with the versions in which it delivered them.
package struct PersonFacts: Hashable, Sendable {
    /// 0 to people − 1.
    package let number: Int
    package internal(set) var persons: [Delivered<PersonRecord>] = []
    package internal(set) var enrolments: [Delivered<EnrolmentRecord>] = []
    /// Events, delivered in the month in which they were received.
    package internal(set) var contributions: [ContributionRecord] = []
    package internal(set) var fixedCredit: Delivered<FixedCreditRecord>?
    package internal(set) var opening: AccountOpeningRecord?
    /// In the order of settlement: time, then `setl_id`.
    package internal(set) var settlements: [SettlementRecord] = []
    /// What careless institutions state about the person's settlements, instead of what they settled.
    package internal(set) var statementLines: [StatementLineRecord] = []
    package internal(set) var accountUses: [AccountUseRecord] = []
    package internal(set) var familyLink: Delivered<FamilyLinkRecord>?
    package internal(set) var cases = CaseCounts()

    init(number: Int) {
        self.number = number
    }

    /// `psn_no`.
    package var personNumber: PersonNumber { PersonNumber(number: number) }

    /// The person as last delivered.
    package var person: PersonRecord? { persons.last?.record }

    /// The enrolment rows in force, in the order of their beginning.
    package var enrolmentsInForce: [EnrolmentRecord] {
        enrolments.filter { !$0.isSuperseded && $0.record.isValid }.map(\.record).sorted { $0.begins < $1.begins }
    }
}

/// A version of a fact, with the month in which it arrived.
package struct Delivered<Record: Hashable & Sendable>: Hashable, Sendable {
    package let month: Month
    package let record: Record
    /// A later version of the same key replaces this one.
    package internal(set) var isSuperseded = false
}

/// A row of `person.csv`.
package struct PersonRecord: Hashable, Sendable {
    package var name: String
    package var isWoman: Bool
    package var born: CivilDate
    /// `insu_admdvs`.
    package var district: Int
    package var died: CivilDate?
}

/// A row of `enrolment.csv`.
package struct EnrolmentRecord: Hashable, Sendable {
    package var insurance: Insurance
    package var status: PersonStatus
    package var begins: CivilDate
    package var ends: CivilDate?
    package var isValid = true
    /// The unit's number, of which `emp_no` is made; `nil` for who is enrolled without one.
    package var unit: Int?
}

/// `insutype`.
package enum Insurance: String, Hashable, Sendable {
    case employees = "310"
    case residents = "390"
}

/// `psn_type`.
package enum PersonStatus: String, Hashable, Sendable {
    case employee = "1101"
    case flexible = "1103"
    case retired = "1201"
    case flexibleRetired = "1203"
    case veteran = "34"
    case veteranWorker = "136003"
    case veteranCadre = "136013"
    case resident = "1506"

    package var isWorking: Bool { self == .employee || self == .flexible }

    /// Whether such a person is enrolled with a unit, or was when retiring.
    var hasUnit: Bool {
        switch self {
        case .employee, .retired, .veteran, .veteranWorker, .veteranCadre: true
        case .flexible, .flexibleRetired, .resident: false
        }
    }
}

/// A row of `contribution.csv`, all of `insutype` 310.
package struct ContributionRecord: Hashable, Sendable {
    /// The row's place among the person's; with the person's number it makes `clct_id`.
    package var sequence: Int
    package var kind: ContributionKind
    package var covers: Month
    /// Signed in differences and refunds, as the two parts are.
    package var base: Fen
    package var own: Fen
    package var employer: Fen
    package var received: CivilDate
    /// `init_clct_id`, as the sequence of the contribution meant.
    package var original: Int?
}

/// `clct_type`.
package enum ContributionKind: String, Hashable, Sendable {
    case normal = "10"
    case refund = "20"
    case backCollection = "30"
    case lumpSum = "32"
    case baseDifference = "34"
    case rateDifference = "35"
}

/// A row of `fixed_credit.csv`.
package struct FixedCreditRecord: Hashable, Sendable {
    package var year: Int
    package var yearTotal: Fen
    package var decemberAmount: Fen?
}

/// A row of `account_opening.csv`.
package struct AccountOpeningRecord: Hashable, Sendable {
    package var date: CivilDate
    package var balance: Fen
}
