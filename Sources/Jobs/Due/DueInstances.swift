package import Money
package import Policy
package import Postgres

extension Statement {
    static let firstPaidMonth = Statement(
        "first paid month", "SELECT min(covered_month) FROM intake.contribution WHERE covered_month >= $1")
}

/// What is due and not done on a day, in the order in which it has to be done.
package struct DueInstances: Hashable, Sendable {
    /// An interrupted run, which comes first.
    package let interrupted: Run?
    /// Instances that waited for a figure.
    package let waiting: [Waiting]
    /// Nights, months and years that are over and not settled: by day, the night before the month-end of the same day, and
    /// that before the year-end.
    package let instances: [Instance]

    /// An instance whose last run left something to wait for.
    package struct Waiting: Hashable, Sendable {
        package let instance: Instance
        package let waitsFor: String
        /// Whether the rules are others than those of its last run, so that trying again makes sense.
        package let mayGoOn: Bool
    }

    /// Asks the database.
    ///
    /// Years begin with that of the first month; a year with a month that waits is not due as long as that may not go on.
    /// Months begin with the first that contributions cover and the rules know, nights with the first settlement or
    /// account use that the rules know, but not in months whose books are closed; before any facts nothing is due.
    ///
    /// - Parameter today: what ends before this day is over.
    package static func ask(
        _ connection: inout Connection, rules: RuleSet, today: CivilDate
    ) throws -> DueInstances {
        let runs = try RunStore.all(&connection)
        let schedule = MonthEndSchedule(runs)
        let lastMonth = today.month.previous
        let lastNight = today.adding(days: -1)
        let firstRule = firstRuleMonth(rules, upTo: lastMonth)

        var firstMonth = schedule.settledThrough?.next
        if firstMonth == nil, let firstRule {
            firstMonth =
                try connection.first(.firstPaidMonth, firstRule) { row throws(DatabaseError) in
                    try row[0, as: Month?.self]
                } ?? nil
        }
        var firstNight = NightlySchedule(runs).latest?.instance.businessDate.adding(days: 1)
        if firstNight == nil, let firstRule {
            firstNight =
                try connection.first(.firstNightFact, firstRule.firstDay) { row throws(DatabaseError) in
                    try row[0, as: CivilDate?.self]
                } ?? nil
        }
        // Closed books take no night: what is dated there is late for the first night after them.
        if let closed = try PeriodStore.lastClosed(&connection) {
            firstNight = firstNight.map { max($0, closed.next.firstDay) }
        }
        let months = firstMonth.map { $0 <= lastMonth ? ($0...lastMonth).map(Instance.monthEnd) : [] } ?? []
        let nights = firstNight.map { $0 <= lastNight ? days($0, lastNight).map(Instance.nightly) : [] } ?? []
        let firstYear = YearEndSchedule(runs).firstOpen ?? firstMonth?.year
        let waiting = schedule.waiting.map { run in
            Waiting(instance: run.instance, waitsFor: run.waitsFor ?? "", mayGoOn: run.rulesDigest != rules.digest)
        }
        let blockedFrom = waiting.filter { !$0.mayGoOn }.map(\.instance.businessDate.year).min() ?? today.year
        let years =
            firstYear.map { first in (first..<max(first, min(today.year, blockedFrom))).map(Instance.yearEnd) } ?? []
        return DueInstances(
            interrupted: runs.first { $0.state == .running },
            waiting: waiting,
            instances: (nights + months + years).sorted {
                ($0.businessDate, $0.job.order) < ($1.businessDate, $1.job.order)
            })
    }

    private static func days(_ first: CivilDate, _ last: CivilDate) -> [CivilDate] {
        (first.dayNumber...last.dayNumber).map(CivilDate.init(dayNumber:))
    }

    /// The first month that the rules know, of those up to `last` without a gap.
    private static func firstRuleMonth(_ rules: RuleSet, upTo last: Month) -> Month? {
        var first: Month?
        var month = last
        while rules.hasCreditTerms(for: month) {
            first = month
            month = month.previous
        }
        return first
    }
}

extension Job {
    /// Of two instances of the same day, which comes first.
    fileprivate var order: Int {
        switch self {
        case .nightly: 0
        case .monthEnd: 1
        case .yearEnd: 2
        case .reconcileDay, .reconcileMonth, .reconcileYear, .reprove: 3
        }
    }
}

extension RuleSet {
    fileprivate func hasCreditTerms(for month: Month) -> Bool {
        do throws(PolicyError) {
            _ = try creditTerms(for: month)
            return true
        } catch {
            return false
        }
    }
}
