import Money

/// Counting what a reader of the files can see, after all facts of the person are delivered.
extension PersonMaker {
    mutating func countStanding() {
        let history = EnrolmentHistory(facts)
        let (rows, died) = (history.rows, history.died)
        guard let first = rows.first, let last = rows.last else { return }
        let firstDay = months.lowerBound.firstDay
        if first.begins >= firstDay {
            facts.cases.count(first.status.isWorking ? .movedIn : .movedInRetired)
        }
        if zip(rows, rows.dropFirst()).contains(where: { $0.0.ends != nil }) { facts.cases.count(.cameBack) }
        if zip(rows, rows.dropFirst()).contains(where: { $0.0.status == .employee && $0.1.status == .flexible }) {
            facts.cases.count(.becameFlexible)
        }
        if last.ends != nil, died == nil { facts.cases.count(.movedAway) }
        if let died {
            facts.cases.count(.died)
            if last.ends == nil { facts.cases.count(.deathWithoutEnd) }
            if let known = facts.persons.last?.month, known > died.month { facts.cases.count(.deathReportedLate) }
        }
        if !last.status.isWorking {
            if last.begins >= firstDay, rows.count > 1 { facts.cases.count(.retired) }
            if facts.fixedCredit == nil { facts.cases.count(.retireeWithoutLevel) }
            if case .retirement(let retirement) = life.turn, retirement.decided > retirement.date.month {
                facts.cases.count(.retirementDecidedLate)
            }
        }
        guard first.status.isWorking else { return }
        countContributionsOutOfPlace(history, last)
        countUnpaidMonths(history)
    }

    private mutating func countContributionsOutOfPlace(_ history: EnrolmentHistory, _ last: EnrolmentRecord) {
        for row in facts.contributions
        where (row.kind == .normal || row.kind == .backCollection) && history.isOutOfPlace(row.covers) {
            if let died = history.died, row.covers > died.month {
                facts.cases.count(.contributionAfterDeath)
            } else {
                facts.cases.count(last.status.isWorking ? .contributionAfterDeparture : .contributionWhileRetired)
            }
        }
    }

    private mutating func countUnpaidMonths(_ history: EnrolmentHistory) {
        var isPaid = [Bool](repeating: false, count: months.count)
        for row in facts.contributions where row.kind == .normal || row.kind == .backCollection {
            isPaid[Int(row.covers.monthNumber - months.lowerBound.monthNumber)] = true
        }
        for (offset, month) in months.enumerated() where !isPaid[offset] {
            if let died = history.died, died.month < month { break }
            if history.status(in: month)?.isWorking ?? false { facts.cases.count(.unpaidMonth) }
        }
    }
}
