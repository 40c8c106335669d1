/// 连政办发〔2022〕73号 二（一）, typed in from the notice a second time: amounts in fen, rates in percent. The points
/// on which it is silent are choices here too, with the same defaults.
package struct Notice: Sendable {
    package enum Period: Sendable {
        case year
        case visit
        case day
    }

    package var deductiblePeriod = Period.year
    /// The ceiling counts what is in scope above the deductible, instead of what the fund pays.
    package var ceilingCountsEligible = false
    /// A change of category counts from its date, instead of from the month after.
    package var changesOnTheDay = false
    /// A change of category begins the sums anew, instead of going on.
    package var restartsOnChange = false
    package var familyAccountFirst = false
    /// What is less than a fen is dropped, instead of rounded half up.
    package var dropsFractions = false
    /// The first day with a rule, `YYYY-MM-DD`.
    package var since = "2023-01-01"
    package var movedDiseases: [String] = []

    package init() {}

    func deductible(_ category: String) -> Int64 {
        category == "active" || category == "flexible" ? 750_00 : 600_00
    }

    func ceiling(_ category: String) -> Int64 {
        category == "veteran" ? 7000_00 : 6000_00
    }

    func percent(_ category: String, _ level: String) -> Int64 {
        if level == "tertiary" { return 60 }
        if category == "active" || category == "flexible" { return level == "secondary" ? 65 : 70 }
        return level == "secondary" ? 70 : 75
    }

    /// `psn_type`; `nil` for a code the notice does not know.
    func category(_ type: String) -> String? {
        if type.hasPrefix("1103") { return "flexible" }
        if type.hasPrefix("11") { return "active" }
        if type.hasPrefix("12") { return "retired" }
        if type.hasPrefix("34") || type.hasPrefix("136003") || type.hasPrefix("136013") { return "veteran" }
        return nil
    }

    /// `hosp_lv`; `nil` for a code that is none.
    func level(_ code: String) -> String? {
        if ["01", "02", "03", "04"].contains(code) { return "tertiary" }
        if ["05", "06", "07"].contains(code) { return "secondary" }
        if ["08", "09", "10", "11", ""].contains(code) { return "primary" }
        return nil
    }

    /// An amount that is not negative, at a percentage.
    func share(_ amount: Int64, _ percent: Int64) -> Int64 {
        dropsFractions ? amount * percent / 100 : (amount * percent + 50) / 100
    }
}
