import Money

/// What the runs so far say about years.
package struct YearEndSchedule: Hashable, Sendable {
    private let runs: [Run]

    /// - Parameters:
    ///   - runs: all runs, in the order they were begun.
    ///   - run: the one that is about to complete.
    package init(_ runs: [Run], begun run: Run? = nil) {
        self.runs = runs.filter { $0.state == .completed || $0.id == run?.id }
    }

    package func settlingRun(of year: Int) -> Run? {
        runs.first { $0.instance == .yearEnd(year) }
    }

    /// The first year that the books are kept for and that is not closed; `nil` before any run.
    package var firstOpen: Int? {
        guard var year = runs.map(\.postingMonth.year).min() else { return nil }
        while settlingRun(of: year) != nil { year += 1 }
        return year
    }

    /// The last month whose books a month-end may close, of those up to `month`: the annual settlement posts into
    /// December, which stays open until then, and books close in order.
    func closable(upTo month: Month) -> Month {
        guard let firstOpen else { return month }
        return min(month, Month.last(of: firstOpen).previous)
    }
}
