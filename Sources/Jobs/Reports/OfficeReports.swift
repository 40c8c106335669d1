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
            [try CreditingFacts(month, rules: rules, &connection).report(office: office)]
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
            [try WatchFacts(period, rules: rules, &connection).report(office: office)]
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

    /// How the office stands.
    package func glance() throws -> Glance {
        try look { connection in try OfficeState(&connection).glance }
    }

    func look<R>(_ body: (inout Connection) throws -> R) throws -> R {
        var connection = try Connection(settings)
        return try connection.look("report") { connection in
            try Migrator().verify(&connection)
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

extension Connection {
    /// The only figure of an answer; nothing is zero.
    mutating func figure(_ statement: Statement, _ first: any ParameterValue, _ second: any ParameterValue) throws
        -> Int64
    {
        try self.first(statement, first, second) { row throws(DatabaseError) in try row[0, as: Int64.self] } ?? 0
    }
}
