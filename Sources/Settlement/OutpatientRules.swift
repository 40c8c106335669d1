package import Money
package import Policy

/// The outpatient rules of all dates, looked up by day.
package struct OutpatientRules: Sendable {
    private struct Span: Sendable {
        let from: CivilDate
        /// `nil` while there is no rule.
        let table: OutpatientTable?
    }

    /// Ascending by date.
    private let spans: [Span]

    private init(_ spans: [Span]) {
        self.spans = spans
    }

    /// - Throws: `figureNotSupplied` if a figure that pooling needs is only expected.
    package init(_ rules: RuleSet) throws(PolicyError) {
        var spans: [Span] = []
        for date in Set(rules.listing().map(\.from)).sorted() {
            do throws(PolicyError) {
                spans.append(Span(from: date, table: try rules.outpatientTable(on: date)))
            } catch .noRule {
                spans.append(Span(from: date, table: nil))
            }
        }
        self.spans = spans
    }

    /// The same rules in objects of their own, see ``OutpatientTable/copied()``.
    package func copied() -> OutpatientRules {
        OutpatientRules(spans.map { Span(from: $0.from, table: $0.table?.copied()) })
    }

    /// `nil` if no rule covers the day.
    package func table(on date: CivilDate) -> OutpatientTable? {
        // By position, so that no reference to a table passed over is counted: this is asked for every settlement.
        var index = spans.endIndex
        while index > spans.startIndex {
            index -= 1
            if spans[index].from <= date { return spans[index].table }
        }
        return nil
    }

    /// Whether any of the rules pools paid months only, so that contributions matter to adjudication.
    package var poolsPaidMonthsOnly: Bool {
        spans.contains { $0.table?.decisions.unpaidGap == .notPooled }
    }

    /// Whether any of the rules runs the deductible by visit, so that it matters which visit a settlement is of.
    package var deductibleRunsByVisit: Bool {
        spans.contains { $0.table?.decisions.deductiblePeriod == .visit }
    }

    /// Whether any of the rules names the benefit year by the date of service.
    package var goesByServiceDate: Bool {
        spans.contains { $0.table?.decisions.benefitYear == .serviceDate }
    }

    /// The rules of each span that has any, ascending by date.
    package var tables: [OutpatientTable] { spans.compactMap(\.table) }
}
