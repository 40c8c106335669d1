package import Money
package import Postgres

/// A difference between what another side says and what is due, with its newest amounts and state.
package struct Discrepancy: Hashable, Sendable {
    package let id: DiscrepancyID
    package let kind: DiscrepancyClass
    /// The amount that differs, by its interface name.
    package let item: String
    package let institution: String
    /// `nil` where the difference is about a statement's totals.
    package let settlement: String?
    package let theirs: Fen?
    package let ours: Fen?
    package let openedOn: CivilDate
    package let state: DiscrepancyState
    /// What was said when the state was decided; `nil` if nobody has decided.
    package let reason: String?

    /// Theirs less ours, a side that does not know the settlement counted as nothing; `nil` if both are unknown.
    package var difference: Fen? {
        get throws(MoneyOverflow) {
            if theirs == nil, ours == nil { return nil }
            return try (theirs ?? .zero) - (ours ?? .zero)
        }
    }

    /// In days, never below zero.
    package func age(on day: CivilDate) -> Int {
        Int(max(0, day.dayNumber - openedOn.dayNumber))
    }
}

extension Discrepancy {
    /// Which discrepancies to list; `nil` does not restrict.
    package struct Filter: Hashable, Sendable {
        package var isOpen = false
        package var kind: DiscrepancyClass?
        package var institution: String?

        package init(isOpen: Bool = false, kind: DiscrepancyClass? = nil, institution: String? = nil) {
            self.isOpen = isOpen
            self.kind = kind
            self.institution = institution
        }
    }

    /// Oldest first; one after the other, since there may be many.
    package static func forEach(
        _ filter: Filter, _ connection: inout Connection, body: (Discrepancy) throws -> Void
    ) throws {
        let state: DiscrepancyState? = filter.isOpen ? .open : nil
        try connection.forEachRow(.listDiscrepancies, state, filter.kind, filter.institution) { row in
            try body(try Discrepancy(row))
        }
    }

    package static func find(_ id: DiscrepancyID, _ connection: inout Connection) throws -> Discrepancy? {
        try connection.first(.findDiscrepancy, id.rawValue, decode: Discrepancy.init)
    }

    /// How many are open, with the oldest of them.
    static func open(_ connection: inout Connection) throws -> ReconcileSummary.OpenDiscrepancies {
        let open = try connection.first(.openDiscrepancies) { row throws(DatabaseError) in
            ReconcileSummary.OpenDiscrepancies(count: try row[10, as: Int64.self], oldest: try Discrepancy(row))
        }
        return open ?? ReconcileSummary.OpenDiscrepancies(count: 0, oldest: nil)
    }

    private init(_ row: borrowing Row) throws(DatabaseError) {
        id = DiscrepancyID(rawValue: try row[0, as: Int64.self])
        kind = try row[1, as: DiscrepancyClass.self]
        item = try row[2, as: String.self]
        institution = try row[3, as: String.self]
        settlement = try row[4, as: String?.self]
        theirs = try row[5, as: Fen?.self]
        ours = try row[6, as: Fen?.self]
        openedOn = try row[7, as: CivilDate.self]
        state = try row[8, as: DiscrepancyState.self]
        reason = try row[9, as: String?.self]
    }
}

extension Statement {
    private static let discrepancyColumns: SQLText = """
        d.discrepancy_id, d.class, d.item, d.fixmedins_code, d.setl_id, (d.amount_theirs * 100)::bigint,
        (d.amount_ours * 100)::bigint, d.opened_on, d.state, d.reason
        """

    private static let oldestFirst: SQLText =
        "ORDER BY d.opened_on, d.fixmedins_code, d.setl_id NULLS FIRST, d.class, d.item"

    fileprivate static let listDiscrepancies = Statement(
        "list discrepancies",
        """
        SELECT \(discrepancyColumns) FROM report.discrepancy d
        WHERE d.state = coalesce($1, d.state) AND d.class = coalesce($2, d.class)
          AND d.fixmedins_code = coalesce($3, d.fixmedins_code)
        \(oldestFirst)
        """)

    fileprivate static let findDiscrepancy = Statement(
        "find discrepancy", "SELECT \(discrepancyColumns) FROM report.discrepancy d WHERE d.discrepancy_id = $1")

    /// Asked for once, since the view weighs all of them.
    fileprivate static let openDiscrepancies = Statement(
        "open discrepancies",
        """
        SELECT \(discrepancyColumns), count(*) OVER () FROM report.discrepancy d WHERE d.state = 'open' \(oldestFirst) LIMIT 1
        """)
}
