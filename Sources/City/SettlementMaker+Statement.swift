import Money

extension SettlementMaker {
    /// What careless institutions write about the person's settlements.
    mutating func makeStatementLines() {
        let shares = specification.shares
        for record in facts.settlements {
            let month = record.time.date.month
            guard institutions.isCareless(record.institution.index, in: month) else { continue }
            var line = StatementLineRecord(
                institution: record.institution, clearingType: record.medicalType.clearingType, month: month,
                sequence: record.sequence, visit: record.visit, total: record.fees.total, fund: record.payment.pool,
                account: record.payment.account, isRefund: record.isRefund)
            if dice.happens(shares[.onlyAtInstitution]) {
                var extra = line
                extra.sequence += 50_000
                state(extra, .onlyAtInstitution)
            }
            var draw = dice.below(10_000)
            func falls(to awkwardCase: AwkwardCase) -> Bool {
                draw -= shares[awkwardCase]
                return draw < 0
            }
            if falls(to: .onlyAtCentre) {
                facts.cases.count(.onlyAtCentre)
            } else if falls(to: .lineAmountsDiffer) {
                let difference = Int64(dice.pick([1, -1, 100, 10_00]))
                switch dice.below(3) {
                case 0: line.total = Fen(line.total.rawValue + difference)
                case 1: line.fund = Fen(line.fund.rawValue + difference)
                default: line.account = Fen(line.account.rawValue + difference)
                }
                state(line, .lineAmountsDiffer)
            } else if falls(to: .lineRefundStateDiffers) {
                line.isRefund.toggle()
                state(line, .lineRefundStateDiffers)
            } else {
                state(line, nil)
            }
        }
    }

    private mutating func state(_ line: StatementLineRecord, _ awkwardCase: AwkwardCase?) {
        facts.statementLines.append(line)
        facts.cases.count(.carelessMonth)
        if let awkwardCase { facts.cases.count(awkwardCase) }
    }
}
