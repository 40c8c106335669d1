internal import Money

/// The faults that show only when the parameters of a pack are looked at together.
struct RuleChecks {
    let pack: Pack
    private(set) var faults: [PackFault] = []
    private let parameters: [RuleKey: Parameter]

    init(_ pack: Pack) {
        self.pack = pack
        parameters = Dictionary(uniqueKeysWithValues: pack.parameters.map { ($0.key, $0) })
        checkGaps()
        checkRetireeCredit()
        checkBases()
        checkRates()
        for keys in RuleChecks.exclusiveCodes { checkExclusive(keys) }
        checkHospitalLevels()
        checkClearing()
    }

    /// Lists of codes of which no two may have a code in common.
    private static let exclusiveCodes: [[RuleKey]] = [
        InsuredCategory.allCases.map(RuleKey.personTypes),
        InstitutionLevel.allCases.map(RuleKey.hospitalLevels),
        [.medicalTypes, .prescriptionMedicalTypes],
        [.allowedUses, .forbiddenUses],
    ]

    private mutating func report(_ key: RuleKey, _ date: CivilDate, _ kind: PackFault.Kind) {
        let parameter = parameters[key]
        let place = parameter?.rule(on: date)?.place ?? parameter?.place
        faults.append(PackFault(place ?? RulePlace(file: pack.file, line: pack.effectiveLine), kind))
    }

    /// The dates on which any of `keys` changes, from the effective date on. Between them nothing new can go wrong.
    private func dates(of keys: [RuleKey]) -> [CivilDate] {
        let changes = keys.flatMap { parameters[$0]?.values.map(\.from) ?? [] }
        return Set(changes.filter { $0 > pack.effective } + [pack.effective]).sorted()
    }

    private func value(_ key: RuleKey, _ date: CivilDate) -> RuleValue? {
        guard case .value(let value) = parameters[key]?.rule(on: date)?.state else { return nil }
        return value
    }

    private func amount(_ key: RuleKey, _ date: CivilDate) -> Fen? {
        guard case .amount(let amount) = value(key, date) else { return nil }
        return amount
    }

    private func rate(_ key: RuleKey, _ date: CivilDate) -> Rate? {
        guard case .rate(let rate) = value(key, date) else { return nil }
        return rate
    }

    private func codes(_ key: RuleKey, _ date: CivilDate) -> [String] {
        guard case .codes(let codes) = value(key, date) else { return [] }
        return codes
    }

    private mutating func checkGaps() {
        for key in RuleKey.allCases where key.requirement.isRequired {
            guard parameters[key]?.rule(on: pack.effective) == nil else { continue }
            report(key, pack.effective, .gap(key, on: pack.effective))
        }
    }

    private mutating func checkRetireeCredit() {
        for date in dates(of: [.retireeCreditBasis, .retireeMonthlyAmount, .retireeLevelYear]) {
            switch value(.retireeCreditBasis, date) {
            case .choice(RetireeCreditBasis.cityAmount.rawValue) where hasNoRule(.retireeMonthlyAmount, date):
                report(.retireeCreditBasis, date, .noCityAmount(on: date))
            case .choice(RetireeCreditBasis.ownLevel.rawValue) where hasNoRule(.retireeLevelYear, date):
                report(.retireeCreditBasis, date, .noLevelYear(on: date))
            case .choice, .amount, .rate, .year, .codes, .table, nil:
                continue
            }
        }
    }

    /// An expected figure is a rule: asking for it says who has to supply it.
    private func hasNoRule(_ key: RuleKey, _ date: CivilDate) -> Bool {
        switch parameters[key]?.rule(on: date)?.state {
        case .value, .expected: false
        case .ended, nil: true
        }
    }

    private mutating func checkBases() {
        for date in dates(of: [.baseFloor, .baseCeiling]) {
            guard let floor = amount(.baseFloor, date), let ceiling = amount(.baseCeiling, date), floor > ceiling else {
                continue
            }
            report(.baseFloor, date, .floorAboveCeiling(floor: floor, ceiling: ceiling, on: date))
        }
    }

    private mutating func checkRates() {
        for date in dates(of: [.employerRate, .ownRate, .flexibleRate, .workerCreditRate]) {
            if let employer = rate(.employerRate, date), let own = rate(.ownRate, date) {
                let sum = Rate(basisPoints: employer.basisPoints + own.basisPoints)
                if sum > .whole { report(.ownRate, date, .sharesAboveWhole(sum, on: date)) }
            }
            guard let credit = rate(.workerCreditRate, date) else { continue }
            // 二（三）: the employer's contribution never reaches an account, so a credit comes out of the own one.
            for key in [RuleKey.ownRate, .flexibleRate] {
                guard let contribution = rate(key, date), credit > contribution else { continue }
                let kind = PackFault.Kind.creditAboveContribution(
                    credit: credit, contribution: contribution, of: key, on: date)
                report(.workerCreditRate, date, kind)
            }
        }
    }

    private mutating func checkExclusive(_ keys: [RuleKey]) {
        for date in dates(of: keys) {
            var owners: [String: RuleKey] = [:]
            for key in keys {
                for code in codes(key, date) {
                    if let other = owners[code] {
                        report(key, date, .codeTwice(code, other, key, on: date))
                    } else {
                        owners[code] = key
                    }
                }
            }
        }
    }

    /// A budget says nothing without what becomes of surplus and overspend, a score nothing without what it gives back.
    private mutating func checkClearing() {
        let bands: [RuleKey] = [.surplusBands, .overspendBands]
        for (key, needed) in [
            (RuleKey.institutionBudget, bands), (.levelBudget, bands), (.assessmentScore, [.depositReturn]),
        ] {
            for date in dates(of: [key] + needed) where value(key, date) != nil {
                for other in needed where value(other, date) == nil {
                    report(key, date, .tableWithout(key, needs: other, on: date))
                }
            }
        }
    }

    private mutating func checkHospitalLevels() {
        let keys = InstitutionLevel.allCases.map(RuleKey.hospitalLevels)
        for date in dates(of: keys) {
            var given: Set<String> = []
            for key in keys {
                for code in codes(key, date) {
                    if !hospitalLevelCodes.contains(code) { report(key, date, .unknownLevelCode(code)) }
                    given.insert(code)
                }
            }
            for code in hospitalLevelCodes where !given.contains(code) {
                report(.primaryLevels, date, .levelWithoutCode(code, on: date))
            }
        }
    }
}
