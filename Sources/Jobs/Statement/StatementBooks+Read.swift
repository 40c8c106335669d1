import Money
import Postgres

extension Statement {
    fileprivate static let certificateOfYear = Statement(
        "certificate of year",
        """
        SELECT c.digest FROM run.certificate c JOIN run.run r ON r.run_id = c.run_id AND r.state = 'completed'
        WHERE c.year = $1
        """)
}

extension StatementBooks {
    /// - Parameter keeper: the run that closed the person's account of the year; `nil` if it has no closing.
    static func read(of year: Int, keptBy keeper: Int64?, _ connection: inout Connection) throws -> StatementBooks {
        let runs = try RunStore.all(&connection)
        if let run = runs.last(where: { keeper == $0.id || $0.instance == .yearEnd(year) && $0.isDone }) {
            let certificate = try connection.first(.certificateOfYear, Int16(clamping: year)) {
                row throws(DatabaseError) in
                try row[0, as: String.self]
            }
            return .closed(run: run.id, finishedAt: run.finishedAt?.civil, certificate: certificate)
        }
        let night = NightlySchedule(runs).latest?.horizon.date
        let month = MonthEndSchedule(runs).settledThrough
        let reached = [night?.month, month].compactMap(\.self).max()
        guard let reached, reached >= .first(of: year) else {
            throw StatementError.notReachedYet(year: year, reached: reached)
        }
        return .open(night: night, month: month)
    }

    /// December, or the last month that any run has reached where that comes before. A run of a later month knows the
    /// whole year.
    func lastMonth(of year: Int) -> Month {
        guard case .open(let night, let month) = self else { return .last(of: year) }
        return [night?.month, month].compactMap(\.self).max().map { min($0, .last(of: year)) } ?? .last(of: year)
    }
}
