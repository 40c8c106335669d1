/// Who does the work.
enum SideName: String, CaseIterable, Codable {
    /// The shipped command, everything on.
    case settle
    /// The best set-based SQL inside the database.
    case sql
    /// A stored procedure that loops over rows, on a tenth of the persons.
    case rowLoop = "row loop"
    /// The same bytes out and in by COPY, nothing computed.
    case floor
}

/// One of the ways to do a job.
struct Side {
    let name: SideName
    /// Puts the state back; not timed.
    let prepare: () throws -> Void
    /// The program and its arguments; timed from its start to its end.
    let words: [String]
    /// What the time is multiplied by to stand for the whole: 10 where a tenth is done.
    var scale = 1.0
}

/// A job that several sides do.
struct Contest {
    let job: String
    /// What rows are, as `settlements`.
    let unit: String
    let rows: Int64
    let sides: [Side]
}
