package import Money
package import Policy
package import Postgres
package import Reports

/// The reports of the office, each read from completed runs in one look at the database.
///
/// A further report is a type of facts with its statements (`…Facts+Read.swift`), a function from facts to ``Report``
/// (`…Report.swift`), and a method here.
package struct OfficeReports: Sendable {
    let settings: ConnectionSettings
    let rules: RuleSet
    /// 经办机构, as the head of a report names it; `nil` leaves it out.
    let office: String?
    /// Rows of a slice of persons, about; the figures are the same whatever it is.
    package var rowsInSlice = PersonSlices.usualRows

    package init(settings: ConnectionSettings, rules: RuleSet, office: String?) {
        self.settings = settings
        self.rules = rules
        self.office = office
    }

    /// 日对账.
    ///
    /// - Throws: ``ReportGap``, ``JobError``, `DatabaseError`.
    package func reconciliation(_ date: CivilDate) throws -> [Report] {
        try look { connection in
            [try ReconciliationFacts(date, &connection).report(office: office)]
        }
    }

    /// 个人账户计入月报.
    ///
    /// - Throws: ``ReportGap``, ``JobError``, `PolicyError`, `DatabaseError`.
    package func crediting(_ month: Month) throws -> [Report] {
        try look { connection in
            [try CreditingFacts(month, rules: rules, rowsInSlice: rowsInSlice, &connection).report(office: office)]
        }
    }

    /// 月结算, and the payment notices of its institutions.
    ///
    /// - Throws: ``ReportGap``, ``JobError``, `PolicyError`, `DatabaseError`.
    package func clearing(_ month: Month) throws -> [Report] {
        try look { connection in
            let facts = try ClearingMonthFacts(month, rules: rules, &connection)
            return [try facts.report(office: office), try facts.notices(office: office)]
        }
    }

    /// 基金运行监测 of a year as far as it is settled.
    ///
    /// - Throws: ``ReportGap``, ``JobError``, `PolicyError`, `DatabaseError`.
    package func watch(year: Int) throws -> [Report] {
        try watch(.year(year))
    }

    /// 基金运行监测 of a month's year up to the month.
    ///
    /// - Throws: ``ReportGap``, ``JobError``, `PolicyError`, `DatabaseError`.
    package func watch(_ month: Month) throws -> [Report] {
        try watch(.month(month))
    }

    private func watch(_ period: WatchFacts.Period) throws -> [Report] {
        try look { connection in
            [try WatchFacts(period, rules: rules, rowsInSlice: rowsInSlice, &connection).report(office: office)]
        }
    }

    /// 年度结算 of a closed year.
    ///
    /// - Throws: ``ReportGap``, ``JobError``, `PolicyError`, `DatabaseError`.
    package func annual(_ year: Int) throws -> [Report] {
        try look { connection in
            [try AnnualFacts(year, rules: rules, &connection).report(office: office)]
        }
    }

    /// All reports of a month at once, each on a connection of its own: 日对账 of its last day, 个人账户计入月报, 月结算 with the
    /// payment notices, 基金运行监测.
    ///
    /// - Throws: ``ReportGap``, ``JobError``, `PolicyError`, `DatabaseError`.
    package func all(of month: Month) async throws -> [Report] {
        struct Part: Sendable {
            let place: Int
            let reports: [Report]
        }
        return try await withThrowingTaskGroup(of: Part.self) { group in
            group.addTask { Part(place: 0, reports: try reconciliation(month.lastDay)) }
            group.addTask { Part(place: 1, reports: try crediting(month)) }
            group.addTask { Part(place: 2, reports: try clearing(month)) }
            group.addTask { Part(place: 3, reports: try watch(month)) }
            var parts: [Part] = []
            for try await part in group { parts.append(part) }
            return parts.sorted { $0.place < $1.place }.flatMap(\.reports)
        }
    }

    /// How the office stands.
    package func glance() throws -> Glance {
        try look { connection in try OfficeState(&connection).glance }
    }

    func look<R>(_ body: (inout Connection) throws -> R) throws -> R {
        var connection = try Connection(settings)
        return try connection.look("report") { connection in
            try Migrator().verify(&connection)
            try connection.prepareForReports()
            return try body(&connection)
        }
    }
}

extension Run {
    /// The head of a report about the run.
    func origin(office: String?) throws -> ReportOrigin {
        guard let finishedAt else { throw ReportGap.notDone(instance) }
        return ReportOrigin(
            run: id, instance: instance.phrase, finishedAt: finishedAt.civil, rulesDigest: rulesDigest, office: office)
    }
}

extension Statement {
    /// For the transaction alone: compiling takes longer than what is compiled saves, and rows of a million persons are sorted
    /// in memory.
    fileprivate static let reportSettings = Statement(
        "report settings",
        """
        SELECT set_config('jit', 'off', true),
               set_config('work_mem', greatest(pg_size_bytes(current_setting('work_mem')) / 1024, 131072)::text, true)
        """)
}

extension Statement {
    fileprivate static let sorting = Statement("sorting", "SELECT set_config('enable_sort', $1, true)")
}

extension Connection {
    fileprivate mutating func prepareForReports() throws {
        _ = try rows(.reportSettings) { _ throws(DatabaseError) in true }
    }

    /// Lends the connection to a body whose statements group by hashing. The planner takes the columns of a key for
    /// independent, expects one row where there are millions, and would sort them all to group them.
    mutating func hashing<R>(_ body: (inout Connection) throws -> R) throws -> R {
        _ = try rows(.sorting, "off") { _ throws(DatabaseError) in true }
        let result = try body(&self)
        _ = try rows(.sorting, "on") { _ throws(DatabaseError) in true }
        return result
    }

    /// The only figure of an answer; nothing is zero.
    mutating func figure(_ statement: Statement, _ first: any ParameterValue, _ second: any ParameterValue) throws
        -> Int64
    {
        try self.first(statement, first, second) { row throws(DatabaseError) in try row[0, as: Int64.self] } ?? 0
    }
}
