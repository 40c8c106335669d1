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

/// What the runs say about a year, for any of its accounts.
struct BooksOfYear {
    private let year: Int
    private let runs: [Run]
    private let certificate: String?

    init(_ year: Int, _ connection: inout Connection) throws {
        self.year = year
        runs = try RunStore.all(&connection)
        certificate = try connection.first(.certificateOfYear, Int16(clamping: year)) { row throws(DatabaseError) in
            try row[0, as: String.self]
        }
    }

    /// - Parameter keeper: the run that closed an account of the year; `nil` if it has no closing.
    /// - Throws: ``StatementError/notReachedYet(year:reached:)``.
    func state(keptBy keeper: Int64? = nil) throws -> StatementBooks {
        if let run = closing(keptBy: keeper) {
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

    /// The run that closed the year, or in a year that is open the last one that settled.
    var latestRun: Run? {
        closing() ?? runs.last { [.nightly, .monthEnd].contains($0.instance.job) && $0.state == .completed }
    }

    private func closing(keptBy keeper: Int64? = nil) -> Run? {
        runs.last { keeper == $0.id || $0.instance == .yearEnd(year) && $0.isDone }
    }
}

extension StatementBooks {
    /// December, or the last month that any run has reached where that comes before. A run of a later month knows the
    /// whole year.
    func lastMonth(of year: Int) -> Month {
        guard case .open(let night, let month) = self else { return .last(of: year) }
        return [night?.month, month].compactMap(\.self).max().map { min($0, .last(of: year)) } ?? .last(of: year)
    }
}
