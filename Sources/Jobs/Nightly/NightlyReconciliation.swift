import Money
import Postgres

extension Statement {
    fileprivate static let hasStatements = Statement(
        "has statements",
        """
        SELECT EXISTS (SELECT FROM intake.institution_statement WHERE stmt_begndate >= $1 AND stmt_enddate <= $2)
        """)
}

/// 日对账。 After a night the statements of its day are compared, and after a month's last night those of the month.
///
/// It is a run of its own, so a night that was interrupted between the two finds here that it is missing.
struct NightlyReconciliation {
    let context: JobContext
    let date: CivilDate

    /// Compares what has statements and has not been compared since the night.
    func catchUp() throws {
        var connection = try Connection(context.settings)
        let runs = try RunStore.all(&connection)
        for period in periods where !runs.contains(where: { $0.instance == period.instance }) {
            let isStated = try connection.first(.hasStatements, period.firstDay, period.lastDay) {
                row throws(DatabaseError) in try row[0, as: Bool.self]
            }
            if isStated == true { _ = try ReconcileJob(context, period: period).run() }
        }
    }

    /// How the institutions stand in the month so far.
    func summary() throws -> ReconcileSummary {
        var connection = try Connection(context.settings)
        return try ReconcileSummary.ask(&connection, from: date.month.firstDay, through: date)
    }

    private var periods: [ReconcilePeriod] {
        [.day(date)] + (date == date.month.lastDay ? [.month(date.month)] : [])
    }
}
