import Postgres

extension ScratchDatabase {
    /// The views of schema `report` that have rows, but for those that show facts or the chart of accounts alone and have
    /// them before any run.
    func shownInReports() throws -> [String] {
        let views = try rows(
            """
            SELECT viewname::text FROM pg_views
            WHERE schemaname = 'report' AND definition ~ '\\m(run|ledger)\\.' AND viewname <> 'subject' ORDER BY 1
            """)
        var connection = try connect()
        var shown: [String] = []
        for view in views {
            let statement = Statement("is shown", "SELECT EXISTS (SELECT FROM report.\(identifier: view))")
            let hasRows = try connection.first(statement) { row throws(DatabaseError) in try row[0, as: Bool.self] }
            if hasRows == true { shown.append("report.\(view)") }
        }
        return shown
    }

    func reportViews() throws -> [String] {
        try rows("SELECT viewname::text FROM pg_views WHERE schemaname = 'report' ORDER BY 1")
    }
}
