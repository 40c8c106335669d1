import Money

/// A person's enrolment as employee (310) in its final form, and what it says about days and months.
struct EnrolmentHistory {
    /// In the order of their beginning.
    let rows: [EnrolmentRecord]
    let died: CivilDate?

    init(_ facts: PersonFacts) {
        rows = facts.enrolmentsInForce.filter { $0.insurance == .employees }
        died = facts.person?.died
    }

    /// The row in force on a day; it ends where the next one begins, whether or not it has an end of its own.
    func enrolment(on date: CivilDate) -> EnrolmentRecord? {
        guard let row = rows.last(where: { $0.begins <= date }) else { return nil }
        if let ends = row.ends, ends < date { return nil }
        return row
    }

    /// Enrolled and alive.
    func isInsured(on date: CivilDate) -> Bool {
        if let died, died < date { return false }
        return enrolment(on: date) != nil
    }

    /// The status that counts for a month: the one in force at the end of the month before, or else the first one in
    /// the month; `nil` if the enrolment does not reach the month.
    func status(in month: Month) -> PersonStatus? {
        let firstDay = month.firstDay
        guard let before = enrolment(on: firstDay.adding(days: -1)) else {
            return rows.first { $0.begins.month == month }?.status
        }
        return enrolment(on: firstDay) == nil ? nil : before.status
    }

    /// Whether a contribution covers a month after death, retirement or departure.
    func isOutOfPlace(_ month: Month) -> Bool {
        if let died, month > died.month { return true }
        guard let last = rows.last else { return true }
        if !last.status.isWorking { return month > last.begins.month }
        return last.ends.map { month > $0.month } ?? false
    }
}
