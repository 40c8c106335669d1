import Policy
import Settlement

// The small numbers by which ledger.adjudication keeps its codes; the lookup tables of the schema say the same.

extension Verdict {
    var code: Int16 {
        switch self {
        case .settled: 0
        case .outside: 1
        case .refused(let refusal):
            switch refusal {
            case .unknownPerson: 10
            case .noRule: 11
            case .dead: 12
            case .notEnrolled: 13
            case .unknownStatus: 14
            case .unknownInstitution: 15
            case .unknownLevel: 16
            case .wrongSign: 17
            case .doesNotAddUp: 18
            case .refundWithoutOriginal: 19
            case .originalRefused: 20
            case .refundedTwice: 21
            case .refundOverOriginal: 22
            }
        }
    }
}

extension InsuredCategory {
    var code: Int16 {
        switch self {
        case .active: 1
        case .flexible: 2
        case .retired: 3
        case .veteran: 4
        }
    }
}

extension PoolingCategory {
    /// The accumulator keeps only what the sums depend on, by the code of a category of its kind.
    var code: Int16 {
        switch self {
        case .active: InsuredCategory.active.code
        case .retired: InsuredCategory.retired.code
        case .veteran: InsuredCategory.veteran.code
        }
    }

    init?(code: Int16) {
        guard let category = PoolingCategory.allCases.first(where: { $0.code == code }) else { return nil }
        self = category
    }
}

extension InstitutionLevel {
    var code: Int16 {
        switch self {
        case .primary: 1
        case .secondary: 2
        case .tertiary: 3
        }
    }
}

/// Why a revision of an adjudication is written.
package enum RevisionCause: Int16, Hashable, Sendable {
    case new = 0
    /// A settlement arrived after later ones had been settled.
    case lateFact = 1
    /// A refund of a settlement that an earlier night had settled.
    case refund = 2
    /// The person's or an institution's own data came in another version.
    case changedData = 3
    /// A proof found that the rules have changed since.
    case changedRules = 4
    /// A proof found that the ledger does not hold what its runs wrote.
    case alteredLedger = 5
    /// A proof found something else than what is due.
    case proof = 6
}
