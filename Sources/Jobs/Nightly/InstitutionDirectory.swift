import Money
import Policy
import Postgres
import Settlement

extension Statement {
    static let institutions = Statement(
        "institutions",
        """
        SELECT fixmedins_code, begndate, enddate, valid, hosp_lv, batch_id FROM intake.institution
        WHERE batch_id <= $1 ORDER BY fixmedins_code, begndate, batch_id
        """)
}

/// All designated institutions with their dated levels: a few thousand rows, read once a run.
struct InstitutionDirectory: Sendable {
    private struct Dated: Sendable {
        let begin: CivilDate
        let end: CivilDate?
        let isValid: Bool
        /// `hosp_lv`; `nil` if the institution has none.
        let levelCode: String?
    }

    /// By institution, ascending by begin, the newest version of each row.
    private var rows: [Dated] = []
    /// Where the rows of each institution stand.
    private var places: [FactID: Range<Int>] = [:]
    /// Whether a version came after the previous run, so that earlier settlements may come to something else.
    private(set) var hasChanged = false

    init(_ connection: inout Connection, batchUpto: Int64, previousBatch: Int64?) throws {
        try connection.forEachRow(.institutions, batchUpto) { row in
            guard let code = FactID(try row[0, as: String.self].utf8) else {
                throw JobError.identifierTooLong(table: "intake.institution")
            }
            let dated = Dated(
                begin: try row[1, as: CivilDate.self], end: try row[2, as: CivilDate?.self],
                isValid: try row[3, as: Bool.self], levelCode: try row[4, as: String?.self])
            if let previousBatch, try row[5, as: Int64.self] > previousBatch { hasChanged = true }
            let first = places[code]?.lowerBound ?? rows.endIndex
            if first < rows.endIndex, rows[rows.endIndex - 1].begin == dated.begin { rows.removeLast() }
            rows.append(dated)
            places[code] = first..<rows.endIndex
        }
    }

    /// The same directory in memory of its own, see `OutpatientTable.copied()`.
    func copied() -> InstitutionDirectory {
        var directory = self
        directory.rows = rows.map(\.self)
        directory.places = places.mapValues(\.self)
        return directory
    }

    /// The level of an institution on a day: the row begun last, if it has not ended.
    func place(of code: FactID, on date: CivilDate, levels: InstitutionLevelTable) -> PlaceLevel {
        guard let row = rowBegunLast(of: code, on: date) else { return .unknownInstitution }
        if let end = rows[row].end, end < date { return .unknownInstitution }
        return levels.level(of: rows[row].levelCode).map(PlaceLevel.level) ?? .unknownLevel
    }

    /// The level that an institution had last, up to a day, whether or not it has ended since; `nil` if it is not known.
    func lastLevel(of code: FactID, through date: CivilDate, levels: InstitutionLevelTable) -> InstitutionLevel? {
        rowBegunLast(of: code, on: date).flatMap { levels.level(of: rows[$0].levelCode) }
    }

    private func rowBegunLast(of code: FactID, on date: CivilDate) -> Int? {
        guard let place = places[code] else { return nil }
        for index in place.reversed() where rows[index].isValid && rows[index].begin <= date { return index }
        return nil
    }
}
