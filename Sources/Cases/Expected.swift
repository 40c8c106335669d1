import Money
import Settlement

/// What a clerk writes below `expect`, by name: an amount, one of some words, or a count.
protocol CaseFigure: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    var shape: FigureShape { get }
}

enum FigureShape {
    case amount
    case count
    case word([String])
}

/// A figure and what it must be. Two values are the same if their texts are.
struct Expected<Figure: CaseFigure>: Hashable, Sendable {
    let figure: Figure
    let value: String
}

enum SettlementFigure: String, CaseFigure {
    case verdict, eligible, deductible, pool, person, account
    case familyAccount = "family_account"
    case cash

    var shape: FigureShape {
        switch self {
        case .verdict: .word([Verdict.settled.name, "outside"] + Refusal.allCases.map(\.rawValue))
        case .eligible, .deductible, .pool, .person, .account, .familyAccount, .cash: .amount
        }
    }
}

enum YearFigure: String, CaseFigure {
    case eligible, deductible, pool, visits

    var shape: FigureShape {
        switch self {
        case .visits: .count
        case .eligible, .deductible, .pool: .amount
        }
    }
}

/// What a month comes to for the account.
enum CreditFigure: String, CaseFigure {
    case credit, exception
    case notDue = "not_due"

    var shape: FigureShape {
        switch self {
        case .credit: .amount
        case .exception: .word(CreditException.allCases.map(\.rawValue))
        case .notDue: .word(NotDue.allCases.map(\.rawValue))
        }
    }
}

enum ContributionFigure: String, CaseFigure {
    case credit, exception
    case notDue = "not_due"
    /// What the own part should be by the rates (二（三）).
    case ownPart = "own_part"
    /// What the employer's part should be.
    case employerPart = "employer_part"
    /// What of the money received goes to the pooling fund.
    case pool

    var shape: FigureShape {
        switch self {
        case .credit, .ownPart, .employerPart, .pool: .amount
        case .exception: CreditFigure.exception.shape
        case .notDue: CreditFigure.notDue.shape
        }
    }
}
