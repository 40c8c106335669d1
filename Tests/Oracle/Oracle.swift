internal import Money

/// A second adjudication of outpatient pooling, written from the notice alone to be compared with the first one: plain,
/// slow and obvious. It keeps no running sums: whatever it needs to know it adds up again from everything that went
/// before.
package struct Oracle: Sendable {
    let notice: Notice
    let institutions: [String: [OracleInstitution]]

    package init(_ notice: Notice = Notice(), institutions: [OracleInstitution]) {
        self.notice = notice
        self.institutions = Dictionary(grouping: institutions) { $0.code }
    }

    /// What becomes of all settlements of one person, whatever their years and the order they come in. The answers are
    /// in the order of settling.
    package func answers(_ person: OraclePerson, _ settlements: [OracleSettlement]) -> [OracleAnswer] {
        book(person, settlements, listsKept: true).map(\.answer)
    }

    /// The sums of the years in which anything was delivered, ascending.
    package func years(_ person: OraclePerson, _ settlements: [OracleSettlement]) -> [OracleYear] {
        let book = book(person, settlements, listsKept: false)
        return Set(book.map(\.answer.year)).sorted().map { year in
            let lines = book.filter { $0.answer.year == year && $0.answer.verdict == "settled" }
            let stretch = lines.map(\.stretch).max() ?? 0
            let current = lines.filter { $0.stretch == stretch }
            var answer = OracleYear(year: year)
            answer.eligible = sum(lines) { $0.eligible }
            answer.deductible = sum(lines) { $0.deductible }
            answer.pool = sum(lines) { $0.pool }
            answer.deductibleCounted = sum(current) { $0.deductible }
            answer.counted = sum(current) { $0.counted }
            for line in lines { answer.visits += line.row.original.isEmpty ? 1 : -1 }
            return answer
        }
    }

    /// A settlement that was looked at.
    struct Line {
        var row: OracleSettlement
        var answer: OracleAnswer
        /// How often the year's sums had begun anew.
        var stretch = 0
        /// Visit and day of a settlement, of the original for a mirror row.
        var visit: String
        var day: CivilDate
        /// Of a settlement: what is left after its refunds, and what had been used before it.
        var left: OracleSettlement
        var isRefundedWhole = false
        var deductibleUsed: Int64 = 0
        var ceilingUsed: Int64 = 0

        init(_ row: OracleSettlement, _ answer: OracleAnswer) {
            self.row = row
            self.answer = answer
            (visit, day, left) = (row.visit, row.day, row)
        }
    }

    func book(_ person: OraclePerson, _ settlements: [OracleSettlement], listsKept: Bool) -> [Line] {
        var book: [Line] = []
        for row in settlements.sorted(by: { $0.comes(before: $1) }) {
            if row.original.isEmpty {
                book.append(settle(row, person, after: book))
            } else {
                var line = refund(row, person, &book)
                if listsKept, line.answer.verdict == "settled" {
                    line.answer.kept = kept(row, person, settlements, book + [line])
                }
                book.append(line)
            }
        }
        return book
    }

    func sum(_ lines: [Line], _ amount: (OracleAnswer) -> Int64) -> Int64 {
        var sum: Int64 = 0
        for line in lines { sum += amount(line.answer) }
        return sum
    }
}
