import Money

/// Counting what a reader of the files can see, after all facts of the person are delivered.
extension PersonMaker {
    mutating func countStanding() {
        let rows = facts.enrolmentsInForce.filter { $0.insurance == .employees }
        guard let first = rows.first, let last = rows.last else { return }
        let firstDay = months.lowerBound.firstDay
        let died = facts.person?.died
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
        countContributionsOutOfPlace(last, died: died)
        countUnpaidMonths(rows, died: died)
    }

    private mutating func countContributionsOutOfPlace(_ last: EnrolmentRecord, died: CivilDate?) {
        for row in facts.contributions where row.kind == .normal || row.kind == .backCollection {
            if let died, row.covers > died.month {
                facts.cases.count(.contributionAfterDeath)
            } else if !last.status.isWorking, row.covers > last.begins.month {
                facts.cases.count(.contributionWhileRetired)
            } else if died == nil, let ends = last.ends, row.covers > ends.month {
                facts.cases.count(.contributionAfterDeparture)
            }
        }
    }

    /// `rows` are those of the employees' insurance in force.
    private mutating func countUnpaidMonths(_ rows: [EnrolmentRecord], died: CivilDate?) {
        var isPaid = [Bool](repeating: false, count: months.count)
        for row in facts.contributions where row.kind == .normal || row.kind == .backCollection {
            isPaid[Int(row.covers.monthNumber - months.lowerBound.monthNumber)] = true
        }
        for (offset, month) in months.enumerated() where !isPaid[offset] {
            if let died, died.month < month { break }
            if owesContribution(for: month, rows) { facts.cases.count(.unpaidMonth) }
        }
    }

    /// Enrolled in the month, and working by the status that counts for it: the one in force at the end of the month
    /// before, or else the first one in the month.
    private func owesContribution(for month: Month, _ rows: [EnrolmentRecord]) -> Bool {
        let firstDay = month.firstDay
        if let before = enrolment(on: firstDay.adding(days: -1), rows) {
            return before.status.isWorking && enrolment(on: firstDay, rows) != nil
        }
        return rows.first { $0.begins.month == month }?.status.isWorking ?? false
    }

    /// A row ends where the next one begins, whether or not it has an end of its own.
    private func enrolment(on date: CivilDate, _ rows: [EnrolmentRecord]) -> EnrolmentRecord? {
        guard let row = rows.last(where: { $0.begins <= date }) else { return nil }
        if let ends = row.ends, ends < date { return nil }
        return row
    }
}
