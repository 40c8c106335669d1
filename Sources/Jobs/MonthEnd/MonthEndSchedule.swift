package import Money

/// What the runs so far say about month-ends: which months are settled, and what a new run has to settle.
package struct MonthEndSchedule: Hashable, Sendable {
    private let runs: [Run]

    /// - Parameter runs: all runs, in the order they were begun.
    package init(_ runs: [Run]) {
        self.runs = runs.filter { $0.instance.job == .monthEnd && $0.state == .completed }
    }

    /// The month-end whose run knew most: a new run looks only at what has come since.
    var latest: Run? { runs.last }

    /// The last month settled for everyone.
    package var settledThrough: Month? { runs.map(\.instance.businessDate.month).max() }

    /// The first month of a year that has been settled for everyone.
    func firstSettled(of year: Int) -> Month? {
        let settled = runs.map { max($0.monthsFrom, Month.first(of: year)) }
        return settled.filter { $0.year == year }.min()
    }

    /// The run by which a month was settled and is done; a month passed over was settled with the next one, and waits if
    /// that one does.
    package func settlingRun(of month: Month) -> Run? {
        let own = runs.filter { $0.instance == .monthEnd(month) }
        let settling =
            own.isEmpty ? runs.filter { $0.monthsFrom <= month && month <= $0.instance.businessDate.month } : own
        return settling.last.flatMap { $0.isDone ? $0 : nil }
    }

    /// The last runs of the instances that still wait, by month.
    package var waiting: [Run] {
        Dictionary(grouping: runs, by: \.instance).values.compactMap(\.last).filter { !$0.isDone }
            .sorted { $0.instance.businessDate < $1.instance.businessDate }
    }

    /// The first month that a run for `month` settles for everyone: the one after the last settled, so that a month
    /// passed over is made up for. An instance that waited is settled over the months of its first run again.
    ///
    /// - Parameter firstMonth: the first month that has rules.
    func monthsFrom(for month: Month, firstMonth: Month) -> Month {
        if let waiting = runs.first(where: { $0.instance == .monthEnd(month) }) { return waiting.monthsFrom }
        let before = runs.map(\.instance.businessDate.month).filter { $0 < month }.max()
        return before.map(\.next) ?? min(firstMonth, month)
    }

    /// The last month whose books can be closed once `month` is done: books close in order, so no month up to it may wait.
    func closable(afterDone month: Month) -> Month {
        let reached = max(month, settledThrough ?? month)
        let others = waiting.map(\.instance.businessDate.month).filter { $0 != month }
        return others.min().map { min($0.previous, reached) } ?? reached
    }
}
