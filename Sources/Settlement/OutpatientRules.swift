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

    /// `nil` if no rule covers the day.
    package func table(on date: CivilDate) -> OutpatientTable? {
        spans.last { $0.from <= date }?.table
    }

    /// Whether any of the rules pools paid months only, so that contributions matter to adjudication.
    package var poolsPaidMonthsOnly: Bool {
        spans.contains { $0.table?.decisions.unpaidGap == .notPooled }
    }

    /// Whether any of the rules names the benefit year by the date of service.
    package var goesByServiceDate: Bool {
        spans.contains { $0.table?.decisions.benefitYear == .serviceDate }
    }

    /// Every citation of a pool rate, each once.
    package var rateCitations: Set<String> {
        var citations: Set<String> = []
        for table in spans.compactMap(\.table) {
            for category in PoolingCategory.allCases {
                for level in InstitutionLevel.allCases {
                    citations.insert(table[category].citations.poolRates[level])
                }
            }
        }
        return citations
    }
}
