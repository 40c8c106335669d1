internal import Money

extension Oracle {
    func settle(_ row: OracleSettlement, _ person: OraclePerson, after book: [Line]) -> Line {
        var answer = OracleAnswer(id: row.id, year: row.day.year, verdict: verdict(of: row, person))
        if answer.verdict == "outside" {
            dividePersonPart(of: row, &answer)
        }
        guard answer.verdict == "settled", let category = category(of: person, on: row.day),
            let level = level(of: place(of: row), on: row.day)
        else { return Line(row, answer) }
        (answer.category, answer.level) = (category, level)

        var line = Line(row, answer)
        let year = book.filter { $0.answer.year == answer.year && $0.answer.verdict == "settled" }
        if notice.restartsOnChange, let last = year.last(where: { $0.row.original.isEmpty }) {
            line.stretch = last.stretch + (tableRow(last.answer.category) == tableRow(category) ? 0 : 1)
        }
        let stretch = year.filter { $0.stretch == line.stretch }
        switch notice.deductiblePeriod {
        case .year: line.deductibleUsed = sum(stretch) { $0.deductible }
        case .visit: line.deductibleUsed = sum(year.filter { $0.visit == row.visit }) { $0.deductible }
        case .day: line.deductibleUsed = sum(year.filter { $0.day == row.day }) { $0.deductible }
        }
        line.ceilingUsed = sum(stretch) { $0.counted }
        decide(row, &line.answer, deductibleUsed: line.deductibleUsed, ceilingUsed: line.ceilingUsed)
        return line
    }

    /// The notice's steps, one after the other.
    func decide(
        _ row: OracleSettlement, _ answer: inout OracleAnswer, deductibleUsed: Int64, ceilingUsed: Int64
    ) {
        let deductibleLeft = max(0, notice.deductible(answer.category) - deductibleUsed)
        let ceilingLeft = max(0, notice.ceiling(answer.category) - ceilingUsed)
        answer.eligible = row.eligible
        answer.deductible = min(row.eligible, deductibleLeft)
        answer.percent = notice.percent(answer.category, answer.level)
        let above = row.eligible - answer.deductible
        answer.payable = notice.share(above, answer.percent)
        if notice.ceilingCountsEligible {
            answer.counted = min(above, ceilingLeft)
            answer.pool = notice.share(answer.counted, answer.percent)
        } else {
            answer.pool = min(answer.payable, ceilingLeft)
            answer.counted = answer.pool
        }
        dividePersonPart(of: row, &answer)
    }

    /// What neither the fund nor the institution bears: the accounts as far as they paid, the rest in cash.
    func dividePersonPart(of row: OracleSettlement, _ answer: inout OracleAnswer) {
        var open = row.total - answer.pool - row.institutionBorne
        func take(_ paid: Int64) -> Int64 {
            let part = max(0, min(paid, open))
            open -= part
            return part
        }
        if notice.familyAccountFirst {
            answer.family = take(row.family)
            answer.account = take(row.account)
        } else {
            answer.account = take(row.account)
            answer.family = take(row.family)
        }
        answer.cash = open
    }

    /// The row of the notice's table.
    private func tableRow(_ category: String) -> String {
        category == "flexible" ? "active" : category
    }

    /// The first reason that holds, in the order of the notice's table of reasons.
    private func verdict(of row: OracleSettlement, _ person: OraclePerson) -> String {
        if row.insurance != 310 { return "outside" }
        if !person.isKnown { return "unknown_person" }
        if row.day.description < notice.since { return "no_rule" }
        if let death = person.death, row.day > death { return "dead" }
        guard enrolled(person, on: row.day) != nil else { return "not_enrolled" }
        guard category(of: person, on: row.day) != nil else { return "unknown_status" }
        guard institution(place(of: row), on: row.day) != nil else { return "unknown_institution" }
        if isPooled(row), level(of: place(of: row), on: row.day) == nil { return "unknown_level" }
        if row.amounts.contains(where: { $0 < 0 }) { return "wrong_sign" }
        if row.fullSelfPay + row.overLimit + row.advance + row.eligible != row.total { return "parts_do_not_add_up" }
        return isPooled(row) ? "settled" : "outside"
    }

    private func isPooled(_ row: OracleSettlement) -> Bool {
        switch row.medicalType {
        case "11", "110104", "13": true
        case "41": !row.prescriber.isEmpty
        default: notice.movedDiseases.contains(row.disease)
        }
    }

    private func place(of row: OracleSettlement) -> String {
        row.medicalType == "41" && !row.prescriber.isEmpty ? row.prescriber : row.institution
    }

    private func institution(_ code: String, on day: CivilDate) -> OracleInstitution? {
        var found: OracleInstitution?
        for row in institutions[code] ?? [] where row.begin <= day {
            if let other = found, other.begin > row.begin { continue }
            found = row
        }
        if let end = found?.end, end < day { return nil }
        return found
    }

    private func level(of code: String, on day: CivilDate) -> String? {
        institution(code, on: day).flatMap { notice.level($0.level) }
    }
}

// MARK: Who a person is

extension Oracle {
    /// The row in force on a day: the one that began last, if it has not ended.
    private func enrolled(_ person: OraclePerson, on day: CivilDate) -> OracleEnrolment? {
        var found: OracleEnrolment?
        for row in person.enrolment where row.begin <= day {
            if let other = found, other.begin > row.begin { continue }
            found = row
        }
        if let end = found?.end, end < day { return nil }
        return found
    }

    /// The status in force on the last day of the month before; a person who was not enrolled then has the first one of
    /// the month.
    private func category(of person: OraclePerson, on day: CivilDate) -> String? {
        if notice.changesOnTheDay {
            return enrolled(person, on: day).flatMap { notice.category($0.type) }
        }
        var look = day.month.firstDay.adding(days: -1)
        while look <= day {
            if let row = enrolled(person, on: look) { return notice.category(row.type) }
            look = look.adding(days: 1)
        }
        return nil
    }
}
