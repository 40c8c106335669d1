import Money

extension SettlementMaker {
    /// Sends the person back to the counter, if the settlement is one that is refunded.
    mutating func planRefund(of index: Int, _ visit: Visit, _ trouble: CounterTrouble) {
        let shares = specification.shares
        switch trouble {
        case .wrongAmount, .partsDoNotAdd:
            // Their reported amounts stay where the careless month is.
            return
        case .none:
            guard dice.happens(shares[.refund]), let time = drawRefundTime(visit) else { return }
            scheduleRefund(.whole, of: index, visit, at: time)
        case .refundTwice:
            scheduleRefund(.whole, of: index, visit, at: visit.time.adding(seconds: dice.within(60...3600)))
            scheduleRefund(.again, of: index, visit, at: visit.time.adding(seconds: dice.within(3601...7200)))
        case .refundOver:
            scheduleRefund(.over, of: index, visit, at: visit.time.adding(seconds: dice.within(60...3600)))
        case .refundOfNothing:
            scheduleRefund(.ofNothing, of: index, visit, at: visit.time.adding(seconds: dice.within(60...3600)))
        }
    }

    /// `nil` if the person would come back after the city's last day, or no longer enrolled, or to a closed door.
    private mutating func drawRefundTime(_ visit: Visit) -> CivilTime? {
        let date = visit.time.date
        let time: CivilTime
        if date.month.month >= 10, dice.happens(specification.shares[.refundNextYear]) {
            let january = Month(monthNumber: Int32((date.year + 1) * 12)).firstDay
            time = CivilTime(january.adding(days: dice.below(59)), secondOfDay: dice.within(30_000...60_000))
        } else if dice.happens(5000) {
            time = visit.time.adding(seconds: dice.within(60...7200))
        } else {
            time = CivilTime(date.adding(days: dice.within(1...30)), secondOfDay: dice.within(30_000...60_000))
        }
        guard let institution = visit.institution, time.date <= specification.lastDay,
            history.isInsured(on: time.date), institutions.all[institution].record(on: time.date) != nil
        else { return nil }
        return time
    }

    private mutating func scheduleRefund(_ kind: Visit.Refund, of index: Int, _ visit: Visit, at time: CivilTime) {
        var refund = visit
        refund.time = time
        refund.sequence = takeSequence()
        refund.refund = (kind, index)
        schedule(refund)
    }

    mutating func settle(_ visit: Visit, _ kind: Visit.Refund, ofSettlement index: Int) {
        let original = facts.settlements[index]
        var record = original
        record.sequence = visit.sequence
        record.time = visit.time
        record.delivered = visit.time.date.month
        record.isRefund = true
        record.original = original.sequence
        record.fees = original.fees.mirrored
        record.payment = original.payment.mirrored
        switch kind {
        case .whole:
            if case .pooled(let deductible, let pool) = original.expected {
                // What the original used is given back to the original's year.
                record.expected = .pooled(deductible: mirrored(deductible), pool: mirrored(pool))
                sums[sumsIndex(original.time.date)].add(deductible: mirrored(deductible), pool: mirrored(pool))
            }
            account.spend(record.payment.account)
            if let family { self.family?.reserve = Fen(family.reserve.rawValue - record.payment.family.rawValue) }
        case .again:
            record.expected = .refused
        case .over:
            record.fees = record.fees.doubled
            record.payment = record.payment.doubled
            record.expected = .refused
        case .ofNothing:
            record.original = 99_999
            record.expected = .refused
        }
        if record.expected == .refused { record.isReported = true }
        facts.settlements.append(record)
    }
}

extension CivilTime {
    fileprivate func adding(seconds: Int) -> CivilTime {
        CivilTime(secondNumber: secondNumber + Int64(seconds))
    }
}

extension Fees {
    fileprivate var doubled: Fees {
        func double(_ amount: Fen) -> Fen { Fen(2 * amount.rawValue) }
        return Fees(
            total: double(total), fullSelfPay: double(fullSelfPay), overLimit: double(overLimit),
            advance: double(advance), eligible: double(eligible))
    }
}

extension CounterPayment {
    fileprivate var doubled: CounterPayment {
        func double(_ amount: Fen) -> Fen { Fen(2 * amount.rawValue) }
        return CounterPayment(
            deductible: double(deductible), pool: double(pool), account: double(account), family: double(family),
            cash: double(cash), hospital: double(hospital))
    }
}
