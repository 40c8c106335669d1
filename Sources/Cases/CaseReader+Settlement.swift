import Money
import Policy
import Settlement

extension CaseReader {
    private static let settlementFields = [
        "id", "time", "visit", "insutype", "med_type", "disease", "level", "hosp_lv", "prescriber",
        "prescriber_hosp_lv", "refund_of", "expect",
    ]
    private static let amountFields = [
        "total", "full_self_pay", "over_limit_self_pay", "advance_self_pay", "eligible", "account_paid",
        "family_account_paid", "institution_borne",
    ]
    /// 药店购药: a pharmacy has no level of its own.
    private static let pharmacy: Int32 = 41

    mutating func settlements(of fields: CaseFields) -> [CaseSettlement] {
        var settlements: [CaseSettlement] = []
        for (index, item) in list("settlements", of: fields).enumerated() {
            guard let settlement = settlement(item, number: index + 1, before: settlements) else { continue }
            if let first = settlements.first(where: { $0.id == settlement.id }) {
                report(settlement.place.line, .duplicateID("\(settlement.id)", firstLine: first.place.line))
            }
            settlements.append(settlement)
        }
        return settlements
    }

    private mutating func settlement(
        _ tree: YamlTree, number: Int, before: [CaseSettlement]
    ) -> CaseSettlement? {
        let allowed = CaseReader.settlementFields + CaseReader.amountFields
        guard let fields = fields(of: tree, in: "settlement \(number)", allowed: allowed) else { return nil }
        need("time", of: fields, example: "2023-01-01 09:30:00")
        let id = fields["id"] == nil ? FactID("\(number)".utf8) : id("id", of: fields)
        let time = time("time", of: fields)
        let original = self.id("refund_of", of: fields)
        let medicalType: Int32 = code("med_type", of: fields, otherwise: 11)
        let insurance: Int16 = code("insutype", of: fields, otherwise: 310)
        let site = site(of: fields, isOptional: original != nil || medicalType == CaseReader.pharmacy)
        let claim = original.map { mirror(of: fields, original: $0, before: before) } ?? claim(of: fields)
        let disease = self.id("disease", of: fields) ?? FactID()
        let visit = self.id("visit", of: fields)
        let expected = expected(
            fields["expect"], line: fields.line, in: fields.what, example: "pool: 150.00", as: SettlementFigure.self)
        guard let id, let time, let site, let claim else { return nil }
        return CaseSettlement(
            place: place(fields.line), id: id, time: time, visit: visit ?? id, insurance: insurance,
            medicalType: medicalType, disease: disease, site: site,
            hasPrescriber: fields["prescriber"] != nil || fields["prescriber_hosp_lv"] != nil, claim: claim,
            original: original, expected: expected)
    }

    /// The level that counts: the prescriber's, where there is one.
    private mutating func site(of fields: CaseFields, isOptional: Bool) -> CaseSettlement.Site? {
        let names = ["level", "hosp_lv", "prescriber", "prescriber_hosp_lv"]
        either("level", "hosp_lv", of: fields)
        either("prescriber", "prescriber_hosp_lv", of: fields)
        let levels = InstitutionLevel.allCases.map(\.rawValue) + ["unknown"]
        var sites: [CaseSettlement.Site] = []
        for (level, code) in [("prescriber", "prescriber_hosp_lv"), ("level", "hosp_lv")] {
            if let word = word(level, of: fields, among: levels) {
                sites.append(InstitutionLevel(rawValue: word).map { .level($0) } ?? .unknownInstitution)
            }
            if let code = text(code, of: fields, mayBeEmpty: true) { sites.append(.code(code.text)) }
        }
        if let site = sites.first { return site }
        guard names.allSatisfy({ fields[$0] == nil }) else { return nil }
        guard isOptional else {
            report(fields.line, .oneOf(names, within: fields.what))
            return nil
        }
        return .code("")
    }

    /// In-scope amount alone is the whole bill plus what stands beside it; total alone leaves the rest in scope.
    private mutating func claim(of fields: CaseFields) -> Claim? {
        var amounts: [String: Fen] = [:]
        for name in CaseReader.amountFields {
            amounts[name] = amount(name, of: fields)
            // A fault is reported; to go on would only report another.
            if fields[name] != nil, amounts[name] == nil { return nil }
        }
        func part(_ name: String) -> Fen { amounts[name] ?? .zero }
        let selfPaid = ["full_self_pay", "over_limit_self_pay", "advance_self_pay"].reduce(0) {
            $0 + part($1).rawValue
        }
        let total: Fen
        let eligible: Fen
        switch (amounts["total"], amounts["eligible"]) {
        case (let whole?, let inScope?): (total, eligible) = (whole, inScope)
        case (let whole?, nil): (total, eligible) = (whole, Fen(whole.rawValue - selfPaid))
        case (nil, let inScope?): (total, eligible) = (Fen(inScope.rawValue + selfPaid), inScope)
        case (nil, nil):
            report(fields.line, .oneOf(["eligible", "total"], within: fields.what))
            return nil
        }
        return Claim(
            total: total, fullSelfPay: part("full_self_pay"), overLimitSelfPay: part("over_limit_self_pay"),
            advanceSelfPay: part("advance_self_pay"), eligible: eligible, accountPaid: part("account_paid"),
            familyAccountPaid: part("family_account_paid"), institutionBorne: part("institution_borne"))
    }

    /// A refund without amounts takes all of the original back.
    private mutating func mirror(of fields: CaseFields, original: FactID, before: [CaseSettlement]) -> Claim? {
        let settlement = before.first { $0.id == original }
        let line = fields["refund_of"]?.line ?? fields.line
        if settlement?.original != nil { report(line, .refundOfRefund("\(original)")) }
        guard CaseReader.amountFields.allSatisfy({ fields[$0] == nil }) else { return claim(of: fields) }
        guard let claim = settlement?.claim else {
            report(line, .refundOfNobody("\(original)"))
            return nil
        }
        func negative(_ amount: Fen) -> Fen { Fen(-amount.rawValue) }
        return Claim(
            total: negative(claim.total), fullSelfPay: negative(claim.fullSelfPay),
            overLimitSelfPay: negative(claim.overLimitSelfPay), advanceSelfPay: negative(claim.advanceSelfPay),
            eligible: negative(claim.eligible), accountPaid: negative(claim.accountPaid),
            familyAccountPaid: negative(claim.familyAccountPaid),
            institutionBorne: negative(claim.institutionBorne))
    }
}
