import Money
import Postgres

/// Persons and months, other than those settled for everyone, of which something is new: a contribution, or the person's
/// own data, which touches every month that has been settled. They are few, and asked for once: to look for them chunk by
/// chunk would read every month of everybody where an office delivers a year at once.
struct TouchedMonths: Sendable {
    fileprivate struct Touched: Sendable {
        let person: Int64
        let month: Month
    }

    /// By contribution, ascending by person, month.
    private var touched: [Touched] = []
    /// Persons of whom a new version of anything that decides standing or level has come, ascending.
    private var changed: [Int64] = []
    /// Persons with a balance brought in that is new, ascending; `nil` looks at everybody's.
    private var opened: [Int64]? = nil
    /// The months that a changed person's data touches.
    private var settledMonths: [Month] = []

    static let none = TouchedMonths()

    private init() {}

    /// - Parameters:
    ///   - months: those settled for everyone.
    ///   - earlier: all months settled by earlier runs; `nil` if there are none.
    init(
        _ run: Run, outside months: ClosedRange<Month>, earlier: ClosedRange<Month>?,
        _ connection: inout Connection
    ) throws {
        let rows = ChunkConditions(run: run, range: PersonRange(number: 0, of: 1))
        try readContributions(rows, outside: months, &connection)
        // A first run knows no opening yet, and a proof, which has nothing new, looks at all of them.
        if let previous = run.previous, previous != run.horizon { try readOpened(rows, after: previous, &connection) }
        guard let previous = run.previous, previous.batch < run.horizon.batch, let earlier else { return }
        settledMonths = earlier.filter { !months.contains($0) }
        try readChangedPersons(rows, after: previous, &connection)
    }

    private mutating func readContributions(
        _ rows: ChunkConditions, outside months: ClosedRange<Month>, _ connection: inout Connection
    ) throws {
        // By the bounds of partitions, so that those of the months themselves are not read.
        let (first, end) = (months.lowerBound.firstDay, months.upperBound.next.firstDay)
        let opened = try OpenedBatches.ask(after: rows.previous, &connection)
        let statement = Statement(
            "touched months",
            """
            COPY (SELECT n.person_id, n.covered_month FROM intake.contribution n
                  WHERE (n.covered_month < \(.day(first)) OR n.covered_month >= \(.day(end)))
                    AND \(rows.isNew(batch: "n.batch_id", date: "n.clct_time", opened: opened))
                  GROUP BY n.person_id, n.covered_month ORDER BY n.person_id, n.covered_month) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 2) { row in
            touched.append(Touched(person: try row.int64(), month: try row.month()))
        }
    }

    /// Batches are not left out by their latest date, which is that of events only.
    private mutating func readOpened(
        _ rows: ChunkConditions, after previous: Horizon, _ connection: inout Connection
    ) throws {
        let statement = Statement(
            "newly opened persons",
            """
            COPY (SELECT DISTINCT n.person_id FROM intake.account_opening n
                  WHERE \(rows.isKnown(batch: "n.batch_id", date: "n.balance_date"))
                    AND (n.batch_id > \(literal: previous.batch) OR n.balance_date > \(.day(previous.date)))
                  ORDER BY n.person_id) TO STDOUT (FORMAT binary)
            """)
        var persons: [Int64] = []
        _ = try connection.copyOut(statement, columns: 1) { row in persons.append(try row.int64()) }
        opened = persons
    }

    private mutating func readChangedPersons(
        _ rows: ChunkConditions, after previous: Horizon, _ connection: inout Connection
    ) throws {
        let isNew = rows.isNewVersion(batch: "v.batch_id", after: previous)
        let statement = Statement(
            "changed persons",
            """
            COPY (SELECT v.person_id FROM intake.person v WHERE \(isNew)
                  UNION SELECT v.person_id FROM intake.enrolment v WHERE \(isNew)
                  UNION SELECT v.person_id FROM intake.fixed_credit v WHERE \(isNew)
                  ORDER BY 1) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 1) { row in changed.append(try row.int64()) }
    }

    /// Whether no opening is new to the run.
    var hasNoOpenings: Bool { opened?.isEmpty ?? false }

    /// Persons of a range whose opening is new; `nil` if everybody's is to be looked at.
    func opened(in range: PersonRange) -> [Int64]? {
        opened.map { Array($0.within(range, by: \.self)) }
    }

    /// Those of a range as a table of `person_id` and `covered_month`.
    func rows(of range: PersonRange) -> SQLText {
        let (touched, changed) = (touched.within(range, by: \.person), changed.within(range, by: \.self))
        var tables: [SQLText] = []
        if let pairs = list(touched.map { "(\(literal: $0.person)::bigint, \(.day($0.month.firstDay)))" }) {
            tables.append("SELECT v.person_id, v.covered_month FROM (VALUES \(pairs)) v (person_id, covered_month)")
        }
        if let persons = list(changed.map { "(\(literal: $0)::bigint)" }),
            let months = list(settledMonths.map { "(\(.day($0.firstDay)))" })
        {
            tables.append(
                """
                SELECT p.person_id, m.covered_month FROM (VALUES \(persons)) p (person_id)
                CROSS JOIN (VALUES \(months)) m (covered_month)
                """)
        }
        guard let first = tables.first else {
            return "SELECT NULL::bigint AS person_id, NULL::date AS covered_month WHERE false"
        }
        return tables.count == 1 ? first : tables.joined(separator: " UNION ")
    }

    private func list(_ rows: [SQLText]) -> SQLText? {
        rows.isEmpty ? nil : rows.joined(separator: ", ")
    }
}

extension Array {
    /// The elements of the persons of a range, in a list ascending by person.
    fileprivate func within(_ range: PersonRange, by person: (Element) -> Int64) -> ArraySlice<Element> {
        self[
            partitioningIndex { person($0) >= range.first }..<partitioningIndex { person($0) > range.last }]
    }

    /// The first index from which on a condition holds that holds to the end once it does.
    private func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
