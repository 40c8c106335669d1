import Money

/// What goes wrong with a settlement at a careless institution.
enum CounterTrouble {
    case none
    case wrongAmount
    case partsDoNotAdd
    case refundTwice
    case refundOver
    case refundOfNothing
}

extension SettlementMaker {
    mutating func settle(_ visit: Visit) {
        if let refund = visit.refund {
            settle(visit, refund.kind, ofSettlement: refund.original)
            return
        }
        let date = visit.time.date
        var delivered = date.month
        if dice.happens(specification.shares[.lateSettlement]) {
            delivered = delivered.adding(months: dice.within(1...3))
            guard delivered <= specification.months.upperBound else { return }
        }
        let isCareless = visit.institution.map { institutions.isCareless($0, in: date.month) } ?? false
        let trouble = isCareless ? drawTrouble() : .none
        let level = level(visit)
        var record = SettlementRecord(
            sequence: visit.sequence, visit: visit.sequence, medicalType: visit.medicalType,
            institution: visit.institution.map { institutions.all[$0].code } ?? .unknown, time: visit.time,
            disease: diseaseCode(visit.medicalType),
            fees: FeeTable.draw(visit.medicalType, level, personPercent: personPercent, &dice),
            payment: CounterPayment(), isReported: !dice.happens(specification.shares[.notReported]), isRefund: false,
            prescriber: visit.prescriber.map { institutions.all[$0].code }, delivered: delivered, expected: .outside)
        adjudicate(&record, visit, level)
        apply(trouble, to: &record)
        let isSettled = record.expected != .refused
        pay(&record)
        facts.settlements.append(record)
        if case .pooled(let deductible, let pool) = record.expected {
            sums[sumsIndex(date)].add(deductible: deductible, pool: pool)
        }
        if isSettled { planRefund(of: facts.settlements.count - 1, visit, trouble) }
    }

    /// The prescriber's level counts for a prescription; nobody knows that of an unknown institution.
    private func level(_ visit: Visit) -> InstitutionLevel {
        guard let index = visit.prescriber ?? visit.institution else { return .primary }
        return institutions.all[index].record(on: visit.time.date)?.level ?? .primary
    }

    private func diseaseCode(_ type: MedicalType) -> String? {
        switch type {
        case .chronic, .chronicDisease: disease
        case .specialDisease: "M00500"
        case .outpatient, .outpatientPooling, .emergency, .inpatient, .pharmacy: nil
        }
    }

    private mutating func drawTrouble() -> CounterTrouble {
        let shares = specification.shares
        var draw = dice.below(10_000)
        func falls(to awkwardCase: AwkwardCase) -> Bool {
            draw -= shares[awkwardCase]
            return draw < 0
        }
        if falls(to: .wrongCounterAmount) { return .wrongAmount }
        if falls(to: .partsDoNotAdd) { return .partsDoNotAdd }
        if falls(to: .refundTwice) { return .refundTwice }
        if falls(to: .refundOverOriginal) { return .refundOver }
        if falls(to: .refundWithoutOriginal) { return .refundOfNothing }
        return .none
    }

    /// Sets what is due, and the counter's deductible and pool to it.
    private func adjudicate(_ record: inout SettlementRecord, _ visit: Visit, _ level: InstitutionLevel) {
        let date = visit.time.date
        let status = history.isInsured(on: date) ? history.status(in: date.month) : nil
        let isRefused = visit.institution == nil || status == nil
        switch visit.medicalType {
        case .pharmacy where visit.prescriber == nil:
            record.expected = .outside
        case .outpatient, .outpatientPooling, .emergency, .pharmacy:
            let terms = specification.rules.pooling.terms(of: status ?? .employee)
            let due = sums[sumsIndex(date)].decision(record.fees.eligible, terms, level)
            record.payment.deductible = due.deductible
            record.payment.pool = due.pool
            record.expected = .pooled(deductible: due.deductible, pool: due.pool)
        case .chronic, .chronicDisease:
            record.payment.pool = share(of: record.fees.eligible, at: Rate(basisPoints: 7000))
        case .specialDisease:
            record.payment.pool = share(of: record.fees.eligible, at: Rate(basisPoints: 8000))
        case .inpatient:
            let deductible = min(record.fees.eligible, Fen(600_00))
            record.payment.deductible = deductible
            record.payment.pool = share(
                of: Fen(record.fees.eligible.rawValue - deductible.rawValue), at: Rate(basisPoints: 8500))
        }
        if isRefused { record.expected = .refused }
        // Where no rule tells what the fund paid, somebody has to say it.
        if record.expected == .refused || record.expected == .outside && record.payment.pool > .zero {
            record.isReported = true
        }
    }

    private mutating func apply(_ trouble: CounterTrouble, to record: inout SettlementRecord) {
        switch trouble {
        case .none, .refundTwice, .refundOver, .refundOfNothing:
            break
        case .wrongAmount:
            guard case .pooled(_, let pool) = record.expected else { break }
            let eligible = record.fees.eligible
            let wrong =
                dice.happens(5000)
                ? share(of: eligible, at: Rate(basisPoints: 5000))
                : Fen(pool == .zero ? 1 : pool.rawValue - 1)
            record.payment.pool = wrong == pool ? Fen(pool.rawValue + 1) : wrong
            if dice.happens(3000) { record.payment.deductible = .zero }
            record.isReported = true
        case .partsDoNotAdd:
            record.fees.advance = Fen(record.fees.advance.rawValue + Int64(dice.within(1...50_00)))
            record.expected = .refused
            record.isReported = true
        }
    }

    /// Divides what the pool leaves: hospital, own account, family account, cash.
    private mutating func pay(_ record: inout SettlementRecord) {
        let shares = specification.shares
        let total = record.fees.total.rawValue
        var left = record.fees.eligible.rawValue - record.payment.pool.rawValue
        if dice.happens(shares[.hospitalBorne]) {
            record.payment.hospital = Fen(left / 10)
            left -= record.payment.hospital.rawValue
            if record.payment.hospital > .zero { record.isReported = true }
        }
        let month = record.time.date.month
        let available = account.available(in: month).rawValue
        if dice.happens(shares[.accountPaysSelfPay]), record.fees.fullSelfPay > .zero,
            available >= left + record.fees.fullSelfPay.rawValue
        {
            record.payment.account = Fen(left + record.fees.fullSelfPay.rawValue)
            record.isReported = true
        } else if usesAccount {
            record.payment.account = Fen(min(left, available))
        }
        account.spend(record.payment.account)
        left = max(0, left - record.payment.account.rawValue)
        if let family, family.reserve > .zero, left > 0, dice.happens(shares[.familyPayment]) {
            let amount = Fen(min(left, family.reserve.rawValue))
            record.payment.family = amount
            record.familyOwner = family.owner
            self.family?.reserve = Fen(family.reserve.rawValue - amount.rawValue)
        }
        let payment = record.payment
        record.payment.cash = Fen(
            total - payment.pool.rawValue - payment.hospital.rawValue - payment.account.rawValue
                - payment.family.rawValue)
    }
}
