package import Money

/// What a city's files hold, counted while they were made: the figures a reader of the files must find again.
package struct CityCensus: Hashable, Sendable {
    package private(set) var people = 0
    /// Rows delivered, of all versions, by file.
    package private(set) var rows: [CityFile: Int] = [:]
    /// Own and employer's parts received, refunds and differences included, fen.
    package private(set) var ownContributions = Fen.zero
    package private(set) var employerContributions = Fen.zero
    private var cases = CaseCounts()

    package init() {}

    package subscript(awkwardCase: AwkwardCase) -> Int { cases[awkwardCase] }

    package mutating func count(_ facts: PersonFacts) {
        people += 1
        cases.add(facts.cases)
        for contribution in facts.contributions {
            ownContributions = Fen(ownContributions.rawValue + contribution.own.rawValue)
            employerContributions = Fen(employerContributions.rawValue + contribution.employer.rawValue)
        }
    }

    mutating func countRow(of file: CityFile) {
        rows[file, default: 0] += 1
    }
}

/// A number for each awkward case.
package struct CaseCounts: Hashable, Sendable {
    private var counts = [Int](repeating: 0, count: AwkwardCase.allCases.count)

    package subscript(awkwardCase: AwkwardCase) -> Int { counts[awkwardCase.rawValue] }

    mutating func count(_ awkwardCase: AwkwardCase, times: Int = 1) {
        counts[awkwardCase.rawValue] += times
    }

    mutating func add(_ other: CaseCounts) {
        for index in counts.indices {
            counts[index] += other.counts[index]
        }
    }
}
