import Money
import Postgres

extension Statement {
    fileprivate static let institutionNames = Statement(
        "institution names",
        """
        SELECT DISTINCT ON (fixmedins_code, begndate) fixmedins_code, begndate, valid, fixmedins_name
        FROM intake.institution WHERE fixmedins_code = ANY($1)
        ORDER BY fixmedins_code, begndate, batch_id DESC
        """)
}

/// What a few institutions are called, by date.
struct InstitutionNames {
    private struct Dated {
        let begin: CivilDate
        let name: String
    }

    /// Ascending by begin, valid rows only.
    private var rows: [FactID: [Dated]] = [:]

    init(of codes: Set<FactID>, _ connection: inout Connection) throws {
        guard !codes.isEmpty else { return }
        var rows: [FactID: [Dated]] = [:]
        try connection.forEachRow(.institutionNames, codes.map(\.description)) { row in
            guard try row[2, as: Bool.self] else { return }
            let dated = Dated(begin: try row[1, as: CivilDate.self], name: try row[3, as: String.self])
            rows[try row.factID(0, of: "intake.institution"), default: []].append(dated)
        }
        self.rows = rows
    }

    /// The name on the day; of an institution that was not there yet its first one, of an unknown one its code.
    func name(of code: FactID, on date: CivilDate) -> String {
        let dated = rows[code] ?? []
        return (dated.last { $0.begin <= date } ?? dated.first)?.name ?? code.description
    }
}
