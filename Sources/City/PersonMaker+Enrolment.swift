import Money

extension PersonMaker {
    mutating func makeEnrolments() {
        let history = makeHistory()
        let status = history.status
        switch life.turn {
        case .nothing, .arrival:
            break
        case .departure(let month):
            var row = history
            row.ends = month.lastDay
            deliver(row, in: month)
        case .absence(let lastMonth, let returns):
            var row = history
            row.ends = lastMonth.lastDay
            deliver(row, in: lastMonth)
            deliver(EnrolmentRecord(insurance: .employees, status: status, begins: returns), in: returns.month)
        case .becomesFlexible(let date):
            deliver(EnrolmentRecord(insurance: .employees, status: .flexible, begins: date), in: date.month)
        case .retirement(let retirement):
            makeRetirement(retirement, from: status)
        case .death(let death):
            guard death.endsEnrolment else { break }
            var row = history
            row.ends = death.date
            deliver(row, in: death.reported)
        }
    }

    private mutating func makeRetirement(_ retirement: Retirement, from status: PersonStatus) {
        var row = EnrolmentRecord(
            insurance: .employees, status: status == .flexible ? .flexibleRetired : .retired, begins: retirement.date)
        deliver(row, in: retirement.decided)
        guard let correction = retirement.correction, correction.delivered <= months.upperBound else { return }
        facts.cases.count(.retirementCorrected)
        row.isValid = false
        deliver(row, in: correction.delivered)
        row.isValid = true
        row.begins = correction.date
        deliver(row, in: correction.delivered)
    }

    /// The rows from before the city's months, or the first of a newcomer.
    ///
    /// - Returns: the last of them.
    private mutating func makeHistory() -> EnrolmentRecord {
        let first = months.lowerBound
        let delivered: Month
        var row: EnrolmentRecord
        switch life.standing {
        case .working(let status), .retired(let status), .veteran(let status):
            row = EnrolmentRecord(insurance: .employees, status: status, begins: first.firstDay)
        }
        if case .arrival(let date) = life.turn {
            row.begins = date
            delivered = date.month
        } else {
            delivered = first
            // The scheme of the city began in 2001.
            let years = first.year - 2001
            let worked = first.adding(months: -dice.within(1...(max(1, years) * 12)))
            row.begins = worked.firstDay
            if case .retired(let status) = life.standing, dice.happens(6000) {
                deliver(
                    EnrolmentRecord(
                        insurance: .employees, status: status == .retired ? .employee : .flexible,
                        begins: worked.previous.firstDay), in: delivered)
                let elapsed = Int(first.firstDay.dayNumber - worked.firstDay.dayNumber)
                row.begins = worked.firstDay.adding(days: dice.below(elapsed))
            }
        }
        if row.status.isWorking, dice.happens(specification.shares[.formerResident]) {
            facts.cases.count(.formerResident)
            let began = row.begins.adding(days: -dice.within(400...3000))
            deliver(
                EnrolmentRecord(
                    insurance: .residents, status: .resident, begins: began, ends: row.begins.adding(days: -1)),
                in: delivered)
        }
        deliver(row, in: delivered)
        return row
    }
}
