import Money

/// Counting what a reader of the files can see.
extension SettlementMaker {
    mutating func countSettlements() {
        var lastTime: CivilTime?
        for record in facts.settlements {
            if record.time == lastTime { facts.cases.count(.sameSecond) }
            lastTime = record.time
            count(record)
        }
        for index in sums.indices {
            let year = specification.months.lowerBound.year + index
            let december = Month(monthNumber: Int32(year * 12 + 11))
            let terms = specification.rules.pooling.terms(of: lastStatus(until: december) ?? .employee)
            if sums[index].pool >= terms.ceiling.rawValue { facts.cases.count(.ceilingReached) }
        }
    }

    /// The status that counted for the last month of the year in which the person was enrolled.
    private func lastStatus(until december: Month) -> PersonStatus? {
        var month = min(december, specification.months.upperBound)
        while month.year == december.year, month >= specification.months.lowerBound {
            if let status = history.status(in: month) { return status }
            month = month.previous
        }
        return nil
    }

    private mutating func count(_ record: SettlementRecord) {
        var cases = facts.cases
        defer { facts.cases = cases }
        if record.delivered > record.time.date.month { cases.count(.lateSettlement) }
        if !record.isReported { cases.count(.notReported) }
        if record.prescriber != nil { cases.count(.prescriptionFilled) }
        if record.isRefund {
            countRefund(record, &cases)
            return
        }
        let (fees, payment) = (record.fees, record.payment)
        if payment.hospital > .zero { cases.count(.hospitalBorne) }
        if payment.account.rawValue > fees.eligible.rawValue - payment.pool.rawValue {
            cases.count(.accountPaysSelfPay)
        }
        if payment.family > .zero {
            cases.count(.familyPayment)
            if !(family?.isLinked(on: record.time.date) ?? false) { cases.count(.familyPaymentWithoutLink) }
        }
        let parts =
            fees.fullSelfPay.rawValue + fees.overLimit.rawValue + fees.advance.rawValue + fees.eligible.rawValue
        switch record.expected {
        case .pooled(let deductible, let pool):
            if payment.deductible != deductible || payment.pool != pool { cases.count(.wrongCounterAmount) }
        case .outside:
            break
        case .refused:
            if parts != fees.total.rawValue { cases.count(.partsDoNotAdd) }
            if record.institution == .unknown { cases.count(.unknownInstitution) }
            if !history.isInsured(on: record.time.date) { cases.count(.settlementNotEnrolled) }
        }
    }

    private func countRefund(_ record: SettlementRecord, _ cases: inout CaseCounts) {
        cases.count(.refund)
        guard let original = facts.settlements.first(where: { $0.sequence == record.original }) else {
            cases.count(.refundWithoutOriginal)
            return
        }
        if record.time.date.year > original.time.date.year { cases.count(.refundNextYear) }
        guard record.expected == .refused else { return }
        cases.count(record.fees.total.rawValue == -original.fees.total.rawValue ? .refundTwice : .refundOverOriginal)
    }
}
