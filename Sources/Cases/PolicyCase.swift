import Money
package import Policy
import Settlement

/// One case of a policy clerk: a person, what happens, and what must come of it, to the fen.
package struct PolicyCase: Sendable {
    package let name: String
    package let place: RulePlace
    /// The pack with the case's own parameters in it.
    let rules: RuleSet
    let person: CasePerson
    let settlements: [CaseSettlement]
    let contributions: [CaseContribution]
    let months: [CaseMonth]
    let years: [CaseYear]
    /// Months after it have not been credited yet; `nil` if all have.
    let settledThrough: Month?
}

struct CasePerson: Sendable {
    /// Ascending by `begin`.
    let enrolment: [CaseStatus]
    let death: CivilDate?
    let ownLevel: OwnLevel?

    /// The enrolment as the rules of a day or month see it.
    func statuses(by categories: PersonCategoryTable?) -> [EnrolmentStatus] {
        enrolment.map { status in
            EnrolmentStatus(
                begin: status.begin, end: status.end, category: status.type.category(by: categories))
        }
    }
}

struct CaseStatus: Sendable {
    enum PersonType: Hashable, Sendable {
        case category(InsuredCategory)
        /// `psn_type`.
        case code(String)

        func category(by categories: PersonCategoryTable?) -> InsuredCategory? {
            switch self {
            case .category(let category): category
            case .code(let code): categories?.category(of: code)
            }
        }
    }

    let type: PersonType
    let begin: CivilDate
    let end: CivilDate?
}

struct CaseSettlement: Sendable {
    enum Site: Hashable, Sendable {
        case level(InstitutionLevel)
        /// `hosp_lv`; empty for an institution without a level.
        case code(String)
        case unknownInstitution
    }

    let place: RulePlace
    let id: FactID
    let time: CivilTime
    let visit: FactID
    let insurance: Int16
    let medicalType: Int32
    let disease: FactID
    /// Of the prescriber, if there is one.
    let site: Site
    let hasPrescriber: Bool
    let claim: Claim
    let original: FactID?
    let expected: [Expected<SettlementFigure>]
}

struct CaseContribution: Sendable {
    let place: RulePlace
    let month: Month
    let contribution: Contribution
    let expected: [Expected<ContributionFigure>]
}

struct CaseMonth: Sendable {
    let place: RulePlace
    let month: Month
    let expected: [Expected<CreditFigure>]
}

struct CaseYear: Sendable {
    let place: RulePlace
    let year: Int
    let expected: [Expected<YearFigure>]
}
