internal import Money

extension PackFault: CustomStringConvertible {
    /// `file:line: what is wrong; what to write instead`.
    package var description: String { "\(place): \(kind.text)" }
}

extension PackFault.Kind {
    /// What is wrong; what to write instead.
    package var text: String { "\(problem); \(remedy)" }

    fileprivate var problem: String {
        switch self {
        case .unreadable(let reason): reason
        case .notUTF8: "this line is not UTF-8"
        case .emptyFile: "the file says nothing"
        case .notYAML(let problem): "not YAML: \(problem)"
        case .anchor: "anchors and aliases are not read here"
        case .keyNotText: "a list or mapping stands where a name is expected"
        case .duplicateKey(let key, let line): "\(key) stands twice (first on line \(line))"
        case .notMapping(let what): "\(what) is not a mapping"
        case .notText(let field): "\(field) is not a text"
        case .emptyText(let field): "\(field) is empty"
        case .unknownField(let name, let within, _): "unknown field \(name) in \(within)"
        case .missingField(let name, let within): "\(within) has no \(name)"
        case .badName(let field, let text): "\(field) \(text) is not a name"
        case .badFlag(let field, let text): "\(field) is \(text)"
        case .badInsurance(let text): "insutype \(text) is not a code of three digits"
        case .noValues(let key): "\(key) has no dated values"
        case .unknownParameter(let name, _): "unknown parameter \(name)"
        case .unknownUnit(let unit, _): "unknown unit \(unit)"
        case .wrongUnit(let unit, _): "unit \(unit.rawValue) does not fit this parameter"
        case .badDate(let text, _): "\(text) is not a date"
        case .missingCite: "the value cites no article"
        case .missingReason(let key): "\(key.rawValue) is a decision without a reason"
        case .noValue: "the date has neither a value nor an expected figure"
        case .valueAndExpected: "the date has both a value and an expected figure"
        case .number(let fault, let text, _): "\(text) \(fault.problem)"
        case .negative(let text, let unit): "\(text) \(unit.rawValue) is negative"
        case .rateAboveWhole(let text): "\(text) bp is more than 100 %"
        case .yearOutOfRange(let text): "\(text) is not a year from 1949 to 9999"
        case .nullSpelled(let text): text.isEmpty ? "the value is left out" : "\(text) stands for null"
        case .unknownChoice(let text, _): "\(text) is not one of the choices"
        case .notCodes(let text): "\(text) is not a list of codes"
        case .emptyCodes: "the list of codes is empty"
        case .badCode(let text): "\(text.isEmpty ? "an empty text" : text) is not a code"
        case .duplicateCode(let code): "code \(code) stands twice in the list"
        case .notTable(let text, _): "\(text) is not a table"
        case .emptyTable: "the table is empty"
        case .badInstitution(let text): "\(text.isEmpty ? "an empty text" : text) is not the code of an institution"
        case .bandsNotAscending(let band, let other): "the band up to \(band) stands after the one up to \(other)"
        case .unknownLevel(let text): "\(text) is not a level of institutions"
        case .surplusAboveBudget(let band): "a band of the surplus ends at \(band) of the budget"
        case .overspendWithinBudget(let band): "a band of the overspend ends at \(band) of the budget"
        case .tableWithout(let key, let other, let date):
            "\(key.rawValue) has a value on \(date) and \(other.rawValue) has none"
        case .gap(let key, let date): "\(key.rawValue) has no rule on \(date)"
        case .noCityAmount(let date):
            "\(RuleKey.retireeCreditBasis.rawValue) is city_amount on \(date) and "
                + "\(RuleKey.retireeMonthlyAmount.rawValue) says nothing"
        case .noLevelYear(let date):
            "\(RuleKey.retireeCreditBasis.rawValue) is own_level on \(date) and "
                + "\(RuleKey.retireeLevelYear.rawValue) says nothing"
        case .floorAboveCeiling(let floor, let ceiling, let date):
            "on \(date) the contribution base floor \(floor) is above the ceiling \(ceiling)"
        case .sharesAboveWhole(let sum, let date):
            "on \(date) the employer's and the own contribution are \(sum) of the base together"
        case .creditAboveContribution(let credit, let contribution, let key, let date):
            "on \(date) the account is credited \(credit) of the base, more than \(key.rawValue) brings in "
                + "(\(contribution))"
        case .codeTwice(let code, let key, let other, let date):
            "on \(date) code \(code) stands in \(key.rawValue) and in \(other.rawValue)"
        case .levelWithoutCode(let code, let date): "on \(date) hosp_lv \(code) belongs to no level"
        case .unknownLevelCode(let code): "there is no hosp_lv \(code)"
        case .samePackTwice(let pack, let other): "pack \(pack) stands in \(other) too"
        case .notRules: "the file is neither a pack nor a site file"
        case .completesUnknown(let pack, _): "there is no pack \(pack) to complete"
        case .notInPack(let key, let pack): "pack \(pack) does not have \(key.rawValue)"
        case .notAdjustable(let key, let date):
            "\(key.rawValue) is settled by the notice and expects no figure on \(date)"
        case .siteEndsRule: "a site file cannot end a rule"
        case .siteExpects: "a site file supplies figures and cannot expect one"
        case .suppliedTwice(let key, let date, let other):
            "\(key.rawValue) for \(date) is supplied by \(other) too"
        }
    }

    fileprivate var remedy: String {
        switch self {
        case .unreadable: "name a file or directory that exists and may be read"
        case .notUTF8: "save the file as UTF-8"
        case .emptyFile: "begin it with `pack: NAME` or `site: NAME`"
        case .notYAML: "correct the line"
        case .anchor: "write the value out"
        case .keyNotText: "write `name: value`"
        case .duplicateKey: "write it once"
        case .notMapping: "write lines of `name: value` below it"
        case .notText: "write one line of text"
        case .emptyText(let field): "write `\(field): ...` with the text"
        case .unknownField(_, _, let nearest): nearest.map { "write \($0) instead" } ?? "take it out"
        case .missingField(let name, _): "write `\(name): \(example(of: name))`"
        case .badName: "write lower-case letters, digits and hyphens, as in lianyungang-employee"
        case .badFlag: "write true or false instead"
        case .badInsurance: "write 310 for employees"
        case .noValues: "write `2023-01-01: {value: ..., cite: ...}` below `values:`"
        case .unknownParameter(_, let nearest):
            nearest.map { "write \($0) instead" } ?? "take it out; `settle rules show` lists the names"
        case .unknownUnit(_, let unit), .wrongUnit(_, let unit): "write \(unit.rawValue) instead"
        case .badDate(_, let instead): "write \(instead ?? "YYYY-MM-DD, as 2023-01-01,") instead"
        case .missingCite: "write `cite: ` with the notice and its article"
        case .missingReason: "write `reason: ` with why this choice was made"
        case .noValue: "write `value: ...`, or `expected: {figure: ..., supplier: ...}` if it is not published yet"
        case .valueAndExpected: "take `expected` out once the figure is known"
        case .number(let fault, _, let instead): fault.remedy(instead)
        case .negative: "write zero or more"
        case .rateAboveWhole: "write basis points, 10000 at most (2 % is 200)"
        case .yearOutOfRange: "write a year of four digits"
        case .nullSpelled: "write null instead if the rule ends here"
        case .unknownChoice(_, let choices): "write \(choices.joined(separator: " or ")) instead"
        case .notCodes: "write `[11, 13]`"
        case .emptyCodes: "write the codes, or null if the rule ends here"
        case .badCode: "write letters, digits, `_` and `.` only"
        case .duplicateCode: "write it once"
        case .notTable(_, let shape): "write `\(shape.example)`"
        case .emptyTable(let shape): "write `\(shape.example)`, or null if the rule ends here"
        case .badInstitution: "write its fixmedins_code: letters, digits, `_` and `.` only"
        case .bandsNotAscending: "write the bands in ascending order"
        case .unknownLevel: "write primary, secondary or tertiary"
        case .surplusAboveBudget: "write bands up to 10000 (the whole budget)"
        case .overspendWithinBudget: "write bands above 10000 (the whole budget)"
        case .tableWithout(_, let other, let date):
            "add `\(other.rawValue)` from \(date) or earlier, as `\(other.requirement.shape?.example ?? "...")`"
        case .gap(_, let date): "add a value from \(date) or earlier"
        case .noCityAmount(let date): "add `\(date): {expected: ...}` or the figure"
        case .noLevelYear(let date): "add the year whose level counts from \(date) or earlier"
        case .floorAboveCeiling: "correct one of the two"
        case .sharesAboveWhole: "write shares of the base in basis points (7 % is 700)"
        case .creditAboveContribution: "write a rate the contribution covers"
        case .codeTwice: "keep it in one of them"
        case .levelWithoutCode: "add it to level.primary, level.secondary or level.tertiary"
        case .unknownLevelCode: "write codes from 01 to 11"
        case .samePackTwice: "keep one of the files"
        case .notRules: "begin it with `pack: NAME` or `site: NAME`, or move it away"
        case .completesUnknown(let pack, let known):
            "write \(nearestName(to: pack, among: known) ?? known.joined(separator: " or ")) instead"
        case .notInPack: "add it to a pack of your own (`--rules DIR`), not to a site file"
        case .notAdjustable: "change it in a pack of your own (`--rules DIR`), not in a site file"
        case .siteEndsRule: "write null in a pack of your own (`--rules DIR`)"
        case .siteExpects: "write `value: ...` instead"
        case .suppliedTwice: "keep one of them"
        }
    }

    private func example(of field: String) -> String {
        switch field {
        case "pack", "completes": "lianyungang-employee"
        case "insutype": "310"
        case "effective": "2023-01-01"
        default: "..."
        }
    }
}

extension NumberFault {
    fileprivate var problem: String {
        switch self {
        case .quoted: "is in quotes"
        case .fraction: "is a fraction"
        case .exponent: "has an exponent"
        case .leadingZero: "has a leading zero"
        case .underscore: "has an underscore"
        case .separator: "has a thousands separator"
        case .notDecimal: "is not decimal"
        case .plusSign: "has a plus sign"
        case .percent: "is in percent"
        case .tooLarge: "is too large"
        case .notANumber: "is not a number"
        }
    }

    fileprivate func remedy(_ instead: String?) -> String {
        guard let instead else { return "write a whole number instead" }
        return "write \(instead) instead"
    }
}
