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

    /// Ascending by begin, the newest version of each row.
    private var rows: [FactID: [Dated]] = [:]
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
            if rows[code]?.last?.begin == dated.begin { rows[code]?.removeLast() }
            rows[code, default: []].append(dated)
        }
    }

    /// The level of an institution on a day: the row begun last, if it has not ended.
    func place(of code: FactID, on date: CivilDate, levels: InstitutionLevelTable) -> PlaceLevel {
        guard let dated = rows[code]?.last(where: { $0.isValid && $0.begin <= date }) else {
            return .unknownInstitution
        }
        if let end = dated.end, end < date { return .unknownInstitution }
        return levels.level(of: dated.levelCode).map(PlaceLevel.level) ?? .unknownLevel
    }

    /// The level that an institution had last, up to a day, whether or not it has ended since; `nil` if it is not known.
    func lastLevel(of code: FactID, through date: CivilDate, levels: InstitutionLevelTable) -> InstitutionLevel? {
        rows[code]?.last { $0.isValid && $0.begin <= date }.flatMap { levels.level(of: $0.levelCode) }
    }
}
