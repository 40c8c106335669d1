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
        table(ofSpan: span(on: date))
    }

    /// The days of one number have the same rules. Who goes through settlements in order asks for the rules only where it
    /// changes: to take them counts a reference, which costs more than to look.
    package func span(on date: CivilDate) -> Int {
        var index = spans.endIndex
        while index > spans.startIndex, spans[index - 1].from > date { index -= 1 }
        return index
    }

    /// `nil` if no rule covers the days of the number.
    package func table(ofSpan number: Int) -> OutpatientTable? {
        number == spans.startIndex ? nil : spans[number - 1].table
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
