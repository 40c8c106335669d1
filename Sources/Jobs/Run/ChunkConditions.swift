import Money
import Postgres

/// The conditions by which a chunk of a run chooses its rows. Columns are named by the caller; the values are integers,
/// which COPY of a query takes only as text.
struct ChunkConditions {
    let run: Run
    let range: PersonRange

    func inRange(_ column: SQLText) -> SQLText {
        "\(column) BETWEEN \(literal: range.first) AND \(literal: range.last)"
    }

    func day(_ date: CivilDate) -> SQLText { .day(date) }

    /// One of the persons, at least one.
    func isOne(of persons: [Int64], _ column: SQLText) -> SQLText {
        "\(column) IN (\(persons.map { "\(literal: $0)" as SQLText }.joined(separator: ", ")))"
    }

    /// A version delivered in a batch that the run knows.
    func isKnown(batch: SQLText) -> SQLText {
        "\(batch) <= \(literal: run.horizon.batch)"
    }

    /// A fact of a batch that the run knows, dated up to its horizon.
    func isKnown(batch: SQLText, date: SQLText) -> SQLText {
        "\(isKnown(batch: batch)) AND \(date) <= \(day(run.horizon.date))"
    }

    /// A version that the job's run before did not know.
    func isNewVersion(batch: SQLText, after previous: Horizon) -> SQLText {
        "\(batch) > \(literal: previous.batch) AND \(isKnown(batch: batch))"
    }

    /// A fact with a time of day: compared as it stands so that partitions and statistics serve.
    func isKnown(batch: SQLText, time: SQLText) -> SQLText {
        "\(isKnown(batch: batch)) AND \(time) < \(dayAfter(run.horizon.date))"
    }

    /// Known now and not to the job's run before. Batches whose facts were all known then are left out by their number,
    /// which the index by batch serves.
    func isNew(batch: SQLText, date: SQLText) -> SQLText {
        let known = isKnown(batch: batch, date: date)
        guard let previous = run.previous else { return known }
        return "\(known) AND \(isLater(batch: batch, than: previous, or: "\(date) > \(day(previous.date))"))"
    }

    func isNew(batch: SQLText, time: SQLText) -> SQLText {
        let known = isKnown(batch: batch, time: time)
        guard let previous = run.previous else { return known }
        return "\(known) AND \(isLater(batch: batch, than: previous, or: "\(time) >= \(dayAfter(previous.date))"))"
    }

    private func isLater(batch: SQLText, than previous: Horizon, or isDatedLater: SQLText) -> SQLText {
        """
        (\(batch) > \(literal: previous.batch) OR \(isDatedLater))
        AND \(batch) IN (SELECT b.batch_id FROM intake.batch b
                         WHERE b.batch_id > \(literal: previous.batch) OR b.latest_fact_on > \(day(previous.date)))
        """
    }

    private func dayAfter(_ date: CivilDate) -> SQLText { "\(day(date.adding(days: 1)))::timestamp" }
}

extension SQLText {
    /// A date as COPY of a query takes it.
    static func day(_ date: CivilDate) -> SQLText {
        "(date '2000-01-01' + \(literal: date.dayNumber))"
    }
}
