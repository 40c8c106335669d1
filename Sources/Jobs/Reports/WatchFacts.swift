import Money
import Policy

/// What 基金运行监测 is made of: the outpatient pooling that nights and annual settlements posted in the settled months of
/// a year.
///
/// A visit is a settlement that takes part in outpatient pooling; what is refunded or refused later counts back.
struct WatchFacts {
    struct Institution: Hashable {
        /// `fixmedins_code`.
        let code: String
        let name: String
        let level: InstitutionLevel?
        let visits: Int64
        /// Persons with at least one visit left.
        let people: Int64
        let pool: Fen

        /// 次均统筹支付, fen, half up; `nil` without visits.
        func poolPerVisit() throws(MoneyOverflow) -> Int64? {
            guard visits > 0 else { return nil }
            return try Fen(Int128(pool.rawValue), dividedBy: Int128(visits), rounding: .halfUp).rawValue
        }

        /// 百人就诊人次, half up; `nil` without people.
        var visitsPerHundred: Int64? {
            guard people > 0 else { return nil }
            let quotient = Rounding.halfUp.quotient(Int128(visits) * 100, by: Int128(people))
            return Int64(clamping: quotient)
        }
    }

    /// How far above the median of their category persons lie, in deviations.
    enum Band: Int16, CaseIterable {
        case upToMedian
        case withinThree
        case withinSix
        case withinTen
        case beyond
    }

    /// Persons of a category whose visits lie in a band.
    struct PeopleBand: Hashable {
        /// `nil` where nothing of them is settled any more.
        let category: InsuredCategory?
        let band: Band
        /// Visits of the category's median; `nil` where nobody has any.
        let median: Int64?
        /// The median deviation, at least one visit.
        let deviation: Int64?
        let people: Int64
        let visits: Int64
        let pool: Fen
    }

    let period: Period
    /// The newest run that posted into the months.
    let run: Run
    let burn: FundBurn
    /// Debited to 50010001 by the runs' vouchers.
    let vouched: Fen
    /// By code.
    let institutions: [Institution]
    /// By category and band.
    let people: [PeopleBand]
    /// The farthest from their category, masked.
    let farPeople: [FarPerson]
    let priorYears: PriorYears

    /// How many far ones a list shows.
    static let shown = 20

    enum Period: Hashable {
        case year(Int)
        case month(Month)

        var year: Int {
            switch self {
            case .year(let year): year
            case .month(let month): month.year
            }
        }
    }
}
