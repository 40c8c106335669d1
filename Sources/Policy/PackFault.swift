package import Money

/// One thing wrong with a rule file: where, what, and what to write instead.
package struct PackFault: Error, Hashable, Sendable {
    package let place: RulePlace
    package let kind: Kind

    init(_ place: RulePlace, _ kind: Kind) {
        self.place = place
        self.kind = kind
    }

    init(_ file: String, _ line: Int, _ kind: Kind) {
        self.init(RulePlace(file: file, line: line), kind)
    }

    package enum Kind: Hashable, Sendable {
        // The file as text.
        case unreadable(String)
        case notUTF8
        case emptyFile
        case notYAML(String)
        case anchor
        case keyNotText
        case duplicateKey(String, firstLine: Int)

        // The shape.
        case notMapping(String)
        case notText(String)
        case emptyText(String)
        case unknownField(String, within: String, nearest: String?)
        case missingField(String, within: String)
        case badName(field: String, String)
        case badFlag(field: String, String)
        case badInsurance(String)
        case noValues(String)

        // Names, units, dates.
        case unknownParameter(String, nearest: String?)
        case unknownUnit(String, expected: RuleUnit)
        case wrongUnit(RuleUnit, expected: RuleUnit)
        case badDate(String, instead: String?)
        case missingCite
        case missingReason(RuleKey)

        // Values.
        case noValue
        case valueAndExpected
        case number(NumberFault, String, instead: String?)
        case negative(String, RuleUnit)
        case rateAboveWhole(String)
        case yearOutOfRange(String)
        case nullSpelled(String)
        case unknownChoice(String, choices: [String])
        case notCodes(String)
        case emptyCodes
        case badCode(String)
        case duplicateCode(String)
        case notTable(String, TableShape)
        case emptyTable(TableShape)
        case badInstitution(String)
        case bandsNotAscending(Rate, after: Rate)
        case unknownLevel(String)
        case surplusAboveBudget(Rate)
        case overspendWithinBudget(Rate)

        // The rule set as a whole.
        case gap(RuleKey, on: CivilDate)
        case noCityAmount(on: CivilDate)
        case noLevelYear(on: CivilDate)
        case floorAboveCeiling(floor: Fen, ceiling: Fen, on: CivilDate)
        case sharesAboveWhole(Rate, on: CivilDate)
        case creditAboveContribution(credit: Rate, contribution: Rate, of: RuleKey, on: CivilDate)
        case codeTwice(String, RuleKey, RuleKey, on: CivilDate)
        case levelWithoutCode(String, on: CivilDate)
        case unknownLevelCode(String)
        case tableWithout(RuleKey, needs: RuleKey, on: CivilDate)

        // Several files.
        case samePackTwice(String, other: String)
        case notRules
        case completesUnknown(String, known: [String])
        case notInPack(RuleKey, pack: String)
        case notAdjustable(RuleKey, on: CivilDate)
        case siteEndsRule
        case siteExpects
        case suppliedTwice(RuleKey, CivilDate, other: RulePlace)
    }
}

/// Why a text is not the whole number that every figure of a pack is.
package enum NumberFault: Hashable, Sendable {
    case quoted
    case fraction
    case exponent
    case leadingZero
    case underscore
    case separator
    case notDecimal
    case plusSign
    case percent
    case tooLarge
    case notANumber
}
