import Money
import Postgres

/// The conditions by which a chunk of a run chooses its rows. Columns are named by the caller; the values are integers,
/// which COPY of a query takes only as text.
struct ChunkConditions {
    /// What the run knows.
    let horizon: Horizon
    /// What the job's run before knew; `nil` for its first.
    let previous: Horizon?
    let range: PersonRange

    /// - Parameter range: everybody unless it is said whom.
    init(horizon: Horizon, previous: Horizon?, range: PersonRange = PersonRange(number: 0, of: 1)) {
        self.horizon = horizon
        self.previous = previous
        self.range = range
    }

    init(run: Run, range: PersonRange) {
        self.init(horizon: run.horizon, previous: run.previous, range: range)
    }

    func inRange(_ column: SQLText) -> SQLText {
        "\(column) BETWEEN \(literal: range.first) AND \(literal: range.last)"
    }

    func day(_ date: CivilDate) -> SQLText { .day(date) }

    /// One of some persons or batches. Given as a list, they are looked up in the order of the column's key: given as a
    /// table, one here and one there.
    func isOne(of values: [Int64], _ column: SQLText) -> SQLText {
        "\(column) = ANY (\(literals: values))"
    }

    /// A version delivered in a batch that the run knows.
    func isKnown(batch: SQLText) -> SQLText {
        "\(batch) <= \(literal: horizon.batch)"
    }

    /// A fact of a batch that the run knows, dated up to its horizon.
    func isKnown(batch: SQLText, date: SQLText) -> SQLText {
        "\(isKnown(batch: batch)) AND \(date) <= \(day(horizon.date))"
    }

    /// A version that the job's run before did not know.
    func isNewVersion(batch: SQLText, after previous: Horizon) -> SQLText {
        "\(batch) > \(literal: previous.batch) AND \(isKnown(batch: batch))"
    }

    /// A fact with a time of day: compared as it stands so that partitions and statistics serve.
    func isKnown(batch: SQLText, time: SQLText) -> SQLText {
        "\(isKnown(batch: batch)) AND \(time) < \(dayAfter(horizon.date))"
    }

    /// Known now and not to the job's run before: of later batches, or of earlier ones that hold facts of later days.
    ///
    /// - Parameter opened: those earlier batches, see ``OpenedBatches``.
    func isNew(batch: SQLText, date: SQLText, opened: [Int64]) -> SQLText {
        let known = isKnown(batch: batch, date: date)
        guard let previous else { return known }
        return "\(known) AND \(isLater(batch, than: previous, opened, "\(date) > \(day(previous.date))"))"
    }

    func isNew(batch: SQLText, time: SQLText, opened: [Int64]) -> SQLText {
        let known = isKnown(batch: batch, time: time)
        guard let previous else { return known }
        return "\(known) AND \(isLater(batch, than: previous, opened, "\(time) >= \(dayAfter(previous.date))"))"
    }

    private func isLater(
        _ batch: SQLText, than previous: Horizon, _ opened: [Int64], _ isDatedLater: SQLText
    ) -> SQLText {
        let isOfLaterBatch: SQLText = "\(batch) > \(literal: previous.batch)"
        guard !opened.isEmpty else { return isOfLaterBatch }
        // Most facts of an earlier batch fail by their date.
        return "(\(isOfLaterBatch) OR (\(isDatedLater) AND \(isOne(of: opened, batch))))"
    }

    private func dayAfter(_ date: CivilDate) -> SQLText { "\(day(date.adding(days: 1)))::timestamp" }
}

extension SQLText {
    /// A date as COPY of a query takes it.
    static func day(_ date: CivilDate) -> SQLText {
        "(date '2000-01-01' + \(literal: date.dayNumber))"
    }
}
