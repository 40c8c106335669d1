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
    /// Months that are over and not settled.
    package let months: [Month]

    /// An instance whose last run left something to wait for.
    package struct Waiting: Hashable, Sendable {
        package let instance: Instance
        package let waitsFor: String
        /// Whether the rules are others than those of its last run, so that trying again makes sense.
        package let mayGoOn: Bool
    }

    /// Asks the database.
    ///
    /// Months begin with the first month that contributions cover and the rules know; before any facts nothing is due.
    ///
    /// - Parameter today: months that end before this day are over.
    package static func ask(
        _ connection: inout Connection, rules: RuleSet, today: CivilDate
    ) throws -> DueInstances {
        let runs = try RunStore.all(&connection)
        let schedule = MonthEndSchedule(runs)
        let lastOver = today.month.previous
        var first = schedule.settledThrough?.next
        if first == nil, let firstRule = firstRuleMonth(rules, upTo: lastOver) {
            first = try connection.first(.firstPaidMonth, firstRule) { row throws(DatabaseError) in
                try row[0, as: Month?.self]
            } ?? nil
        }
        return DueInstances(
            interrupted: runs.first { $0.state == .running },
            waiting: schedule.waiting.map { run in
                Waiting(
                    instance: run.instance, waitsFor: run.waitsFor ?? "", mayGoOn: run.rulesDigest != rules.digest)
            },
            months: first.map { $0 <= lastOver ? Array($0...lastOver) : [] } ?? [])
    }

    /// The first month that the rules know, of those up to `last` without a gap.
    private static func firstRuleMonth(_ rules: RuleSet, upTo last: Month) -> Month? {
        var first: Month?
        var month = last
        while (try? rules.creditTerms(for: month)) != nil {
            first = month
            month = month.previous
        }
        return first
    }
}
