internal import Money

extension Oracle {
    /// A mirror row gives back to the original's year what the original got; if it takes a part only, what is left of
    /// the original is decided again as of its own time.
    func refund(_ row: OracleSettlement, _ person: OraclePerson, _ book: inout [Line]) -> Line {
        let found = book.firstIndex { $0.row.id == row.original && $0.row.original.isEmpty }
        let year = found.map { book[$0].answer.year } ?? row.day.year
        let isOther = row.insurance != 310
        func refused(_ reason: String) -> Line {
            Line(row, OracleAnswer(id: row.id, year: year, verdict: isOther ? "outside" : reason))
        }
        if !person.isKnown, !isOther { return refused("unknown_person") }
        if row.amounts.contains(where: { $0 > 0 }) { return refused("wrong_sign") }
        if row.fullSelfPay + row.overLimit + row.advance + row.eligible != row.total {
            return refused("parts_do_not_add_up")
        }
        guard let found else { return refused("refund_without_original") }
        let original = book[found]
        if isOther, original.row.insurance == 310 { return refused("refund_without_original") }
        guard ["settled", "outside"].contains(original.answer.verdict) else { return refused("original_refused") }
        if original.isRefundedWhole { return refused("refunded_twice") }
        let left = original.left.plus(row)
        if left.amounts.contains(where: { $0 < 0 }) { return refused("refund_over_original") }

        var line = original
        line.row = row
        let before = decided(original.left, original)
        line.answer = difference(left.total == 0 ? nothing(like: before) : decided(left, original), before)
        line.answer.id = row.id
        book[found].left = left
        book[found].isRefundedWhole = left.total == 0
        return line
    }

    /// What an amount of the original comes to as of the original's time.
    private func decided(_ row: OracleSettlement, _ original: Line) -> OracleAnswer {
        var answer = OracleAnswer(id: row.id, year: original.answer.year, verdict: original.answer.verdict)
        (answer.category, answer.level) = (original.answer.category, original.answer.level)
        answer.percent = original.answer.percent
        if answer.verdict == "settled" {
            decide(row, &answer, deductibleUsed: original.deductibleUsed, ceilingUsed: original.ceilingUsed)
        } else {
            dividePersonPart(of: row, &answer)
        }
        return answer
    }

    private func nothing(like answer: OracleAnswer) -> OracleAnswer {
        var nothing = OracleAnswer(id: answer.id, year: answer.year, verdict: answer.verdict)
        (nothing.category, nothing.level, nothing.percent) = (answer.category, answer.level, answer.percent)
        return nothing
    }

    private func difference(_ new: OracleAnswer, _ old: OracleAnswer) -> OracleAnswer {
        var difference = new
        difference.eligible -= old.eligible
        difference.deductible -= old.deductible
        difference.payable -= old.payable
        difference.pool -= old.pool
        difference.counted -= old.counted
        difference.account -= old.account
        difference.family -= old.family
        difference.cash -= old.cash
        return difference
    }
}

// MARK: What was kept

extension Oracle {
    /// Settles everything up to the refund once more, with no more of the original than is left of it, and looks which of
    /// the settlements after it come to something else.
    func kept(
        _ refund: OracleSettlement, _ person: OraclePerson, _ settlements: [OracleSettlement], _ book: [Line]
    ) -> [OracleKept] {
        guard let original = book.first(where: { $0.row.id == refund.original && $0.row.original.isEmpty }) else {
            return []
        }
        var others = settlements.filter {
            $0.comes(before: refund) && $0.id != refund.original && $0.original != refund.original
        }
        if !original.isRefundedWhole { others.append(original.left) }
        let without = self.book(person, others, listsKept: false)
        var kept: [OracleKept] = []
        for line in book
        where line.row.original.isEmpty && original.row.comes(before: line.row) && !line.isRefundedWhole
            && line.answer.verdict == "settled"
        {
            let (pool, other) = (pool(of: line.row.id, in: book), pool(of: line.row.id, in: without))
            if pool != other { kept.append(OracleKept(id: line.row.id, pool: pool, withoutRefunded: other)) }
        }
        return kept
    }

    /// What a settlement and its refunds come to together.
    private func pool(of id: String, in book: [Line]) -> Int64 {
        sum(book.filter { $0.row.id == id || $0.row.original == id }) { $0.pool }
    }
}
