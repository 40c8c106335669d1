import Money
import Postgres

extension Statement {
    fileprivate static let beginAccountMonth = Statement("begin account month", "SELECT ledger.begin_account_month($1)")

    fileprivate static let beginAdjudicationYear = Statement(
        "begin adjudication year", "SELECT ledger.begin_adjudication_year($1)")

    fileprivate static let joinFresh = Statement("join fresh tables", "SELECT ledger.join_fresh()")
}

/// The months and years of the ledger that a run is the first to fill. Their tables stand beside the ledger and have no
/// keys while they fill, and join it when the run completes. A run that is resumed finds them as it left them.
struct FreshTables: Sendable {
    /// Covered months of account entries, ascending.
    private(set) var months: [Month] = []
    /// Benefit years of adjudications, ascending.
    private(set) var years: [Int] = []

    /// Nothing is filled for the first time: a proof, a dry run.
    static let none = FreshTables()

    private init() {}

    /// Makes the tables that are not there. Empty ones do no harm, so this needs no place in the run.
    ///
    /// - Parameters:
    ///   - months: that entries of the run may cover.
    ///   - years: of the adjudications that it may write.
    init(months: some Sequence<Month>, years: some Sequence<Int> = [], _ connection: inout Connection) throws {
        for month in Set(months).sorted() where try FreshTables.begin(.beginAccountMonth, month, &connection) {
            self.months.append(month)
        }
        for year in Set(years).sorted() where try FreshTables.begin(.beginAdjudicationYear, Int32(year), &connection) {
            self.years.append(year)
        }
    }

    private static func begin(
        _ statement: Statement, _ period: some ParameterValue, _ connection: inout Connection
    ) throws -> Bool {
        try connection.first(statement, period) { row throws(DatabaseError) in try row[0, as: Bool.self] } ?? false
    }

    /// Makes the tables parts of the ledger, with the keys that ``FreshKeys`` built: in the transaction that completes the
    /// run.
    func join(_ connection: inout Connection) throws {
        guard !months.isEmpty || !years.isEmpty else { return }
        _ = try connection.first(.joinFresh) { row throws(DatabaseError) in row.columnCount }
    }
}
