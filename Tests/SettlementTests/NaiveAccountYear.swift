/// An account lived through day by day, in plain numbers: what the year must come to, without any of the engine's code.
///
/// It keeps what is owed apart from what is there, and one balance for every day of the year.
struct NaiveAccountYear {
    /// A movement as the ledger has it; days are ISO dates, which compare as texts.
    struct Item {
        var kind: Int16
        var amount: Int64
        var day: String
        var covers: Int
        var isBroughtIn: Bool
    }

    private(set) var thisYear: Int64 = 0
    private(set) var lastYear: Int64
    private(set) var earlier: Int64
    private var owed: Int64 = 0
    private(set) var thisYearInterest: Int64 = 0
    private(set) var carriedInterest: Int64 = 0
    private(set) var singleInterest: Int64 = 0

    init(_ year: Int, lastYear: Int64, earlier: Int64, items: [Item], plan: InterestPlan) {
        self.lastYear = max(0, lastYear)
        self.earlier = max(0, earlier)
        spend(max(0, -lastYear) + max(0, -earlier), "ely")

        let days = NaiveAccountYear.days(of: year)
        var opened = (thisYear: Int64(0), carried: Int64(0))
        var closed: [(thisYear: Int64, carried: Int64)] = []
        live(items.filter { $0.day < days[0] }.sorted { $0.day < $1.day }, year, days, plan)
        opened = (self.thisYear, self.lastYear + self.earlier)
        for (index, day) in days.enumerated() {
            let isLast = index == days.count - 1
            live(items.filter { $0.day == day || isLast && $0.day > day }, year, days, plan)
            closed.append((self.thisYear, self.lastYear + self.earlier))
        }

        var (young, old) = (Int128(0), Int128(0))
        if plan.accrual == "by_day" {
            for (day, balance) in zip(days, closed) {
                young += Int128(balance.thisYear) * Int128(NaiveAccountYear.rate(plan.demand, on: day))
                old += Int128(balance.carried) * Int128(NaiveAccountYear.rate(plan.threeMonth, on: day))
            }
        } else {
            for (index, day) in days.enumerated() where day.hasSuffix("-01") {
                let balance = index == 0 ? opened : closed[index - 1]
                young += Int128(balance.thisYear) * Int128(NaiveAccountYear.rate(plan.demand, on: day))
                old += Int128(balance.carried) * Int128(NaiveAccountYear.rate(plan.threeMonth, on: day))
            }
        }
        let parts = plan.accrual == "by_month" ? 12 : plan.dayCount == "days_360" ? 360 : days.count
        if plan.method == "two_tier" {
            thisYearInterest = NaiveAccountYear.nearest(young, to: 10_000 * Int128(parts))
            carriedInterest = NaiveAccountYear.nearest(old, to: 10_000 * Int128(parts))
        } else {
            let balance = self.thisYear + self.lastYear + self.earlier
            let rate = NaiveAccountYear.rate(plan.threeMonth, on: days[days.count - 1])
            singleInterest = NaiveAccountYear.nearest(Int128(balance) * Int128(rate), to: 10_000)
        }
        earn(thisYearInterest + carriedInterest + singleInterest)
        self.thisYear -= owed
        owed = 0
    }

    var closing: Int64 { thisYear + lastYear + earlier }

    var interest: Int64 { thisYearInterest + carriedInterest + singleInterest }

    /// The movements of one day; or of all days before the year, which ones come before which is said by their days.
    private mutating func live(_ items: [Item], _ year: Int, _ days: [String], _ plan: InterestPlan) {
        for day in Set(items.map { min($0.day, days[days.count - 1]) }).sorted() {
            let today = items.filter { min($0.day, days[days.count - 1]) == day }
            let isBefore = day < days[0]
            for item in today where item.amount > 0 && item.isBroughtIn && isBefore { earnLastYear(item.amount) }
            for item in today where item.amount > 0 && !(item.isBroughtIn && isBefore) { earn(item.amount) }
            let losses = today.filter { $0.amount < 0 }
            for item in losses where isIncome(item) && !isOld(item, year, isBefore) { spend(-item.amount, "yle") }
            for item in losses where isIncome(item) && isOld(item, year, isBefore) { spend(-item.amount, "ley") }
            let order = plan.order == "oldest_first" ? "ely" : "yle"
            for item in losses where !isIncome(item) { spend(-item.amount, order) }
        }
    }

    private func isIncome(_ item: Item) -> Bool {
        item.isBroughtIn || item.kind / 100 == 1 && item.kind != 109
    }

    private func isOld(_ item: Item, _ year: Int, _ isBefore: Bool) -> Bool {
        item.isBroughtIn ? isBefore : item.covers < year
    }

    private mutating func earn(_ amount: Int64) {
        let repaid = min(owed, amount)
        owed -= repaid
        thisYear += amount - repaid
    }

    private mutating func earnLastYear(_ amount: Int64) {
        let repaid = min(owed, amount)
        owed -= repaid
        lastYear += amount - repaid
    }

    /// `order` names the ages by letter: y this year, l last year, e earlier.
    private mutating func spend(_ amount: Int64, _ order: String) {
        var rest = amount
        for age in order {
            let there = age == "y" ? thisYear : age == "l" ? lastYear : earlier
            let part = min(there, rest)
            if age == "y" { thisYear -= part } else if age == "l" { lastYear -= part } else { earlier -= part }
            rest -= part
        }
        owed += rest
    }

    static func days(of year: Int) -> [String] {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return lengths.enumerated().flatMap { month, length in
            (1...length).map { day in "\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(day < 10 ? "0" : "")\(day)" }
        }
    }

    /// The newest rate not after the day; no interest where there is none yet.
    private static func rate(_ rates: [(from: String, basisPoints: Int64)], on day: String) -> Int64 {
        rates.last { $0.from <= day }?.basisPoints ?? 0
    }

    private static func nearest(_ value: Int128, to unit: Int128) -> Int64 {
        Int64((2 * value + unit) / (2 * unit))
    }
}
