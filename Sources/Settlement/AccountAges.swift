package import Money
internal import Policy

/// 个人账户资金账龄: the balance of an account by the year in which its money came in.
///
/// The three always add up to the balance. Where more was taken than the account had, ``thisYear`` is negative and no
/// other money is left.
package struct AccountAges: Hashable, Sendable {
    /// 当年: money that came in during the year.
    package var thisYear: Fen
    /// 上年: money of the year before.
    package var lastYear: Fen
    /// 历年: older money.
    package var earlier: Fen

    package init(thisYear: Fen = .zero, lastYear: Fen = .zero, earlier: Fen = .zero) {
        self.thisYear = thisYear
        self.lastYear = lastYear
        self.earlier = earlier
    }

    package static let zero = AccountAges()
}

extension AccountAges {
    /// The balance.
    package var total: Fen {
        get throws(MoneyOverflow) { try thisYear + lastYear + earlier }
    }

    /// 结转: what the next year opens with. Money of this year is last year's then, and last year's is an earlier one's.
    package func carriedForward() throws(MoneyOverflow) -> AccountAges {
        AccountAges(thisYear: .zero, lastYear: thisYear, earlier: try lastYear + earlier)
    }

    /// Money of earlier years, 历年结转.
    var carried: Fen {
        get throws(MoneyOverflow) { try lastYear + earlier }
    }
}

/// Which money goes first, of the three ages.
enum TakingOrder {
    /// Earlier years, last year, this year.
    case oldestFirst
    /// This year, last year, earlier years.
    case newestFirst
    /// Last year, earlier years, this year.
    case carriedFirst

    init(_ order: SpendingOrder) {
        switch order {
        case .oldestFirst: self = .oldestFirst
        case .currentYearFirst: self = .newestFirst
        }
    }
}

extension AccountAges {
    /// Brings in money of this year.
    mutating func addThisYear(_ amount: Fen) throws(MoneyOverflow) {
        try thisYear += amount
    }

    /// Brings in money of last year; what the account stands below zero is made up first.
    mutating func addLastYear(_ amount: Fen) throws(MoneyOverflow) {
        let missing = thisYear < .zero ? min(amount, try thisYear.negated()) : .zero
        try thisYear += missing
        try lastYear += amount - missing
    }

    /// Takes money out in that order; what exceeds all money leaves this year's negative.
    ///
    /// Taking twice comes to the same as taking the sum once.
    mutating func take(_ amount: Fen, _ order: TakingOrder) throws(MoneyOverflow) {
        var rest = amount
        switch order {
        case .oldestFirst:
            try AccountAges.take(&rest, from: &earlier)
            try AccountAges.take(&rest, from: &lastYear)
        case .newestFirst:
            try AccountAges.take(&rest, from: &thisYear)
            try AccountAges.take(&rest, from: &lastYear)
            try AccountAges.take(&rest, from: &earlier)
        case .carriedFirst:
            try AccountAges.take(&rest, from: &lastYear)
            try AccountAges.take(&rest, from: &earlier)
        }
        try thisYear -= rest
    }

    /// Moves what stands below zero to this year and makes it up from money that is there, so that only this year's can
    /// be negative: an account that closed below zero opens so.
    mutating func gatherDebt() throws(MoneyOverflow) {
        guard min(thisYear, lastYear, earlier) < .zero else { return }
        var debt = Fen.zero
        try AccountAges.gather(&debt, from: &earlier)
        try AccountAges.gather(&debt, from: &lastYear)
        try AccountAges.gather(&debt, from: &thisYear)
        try take(debt, .oldestFirst)
    }

    private static func take(_ rest: inout Fen, from age: inout Fen) throws(MoneyOverflow) {
        guard .zero < age else { return }
        let part = age < rest ? age : rest
        try age -= part
        try rest -= part
    }

    private static func gather(_ debt: inout Fen, from age: inout Fen) throws(MoneyOverflow) {
        guard age < .zero else { return }
        try debt -= age
        age = .zero
    }
}
