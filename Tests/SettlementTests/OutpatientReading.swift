import FoundationEssentials
import Money
import Oracle
import Policy
import Settlement
import Testing

/// A reading of the points on which the notice is silent, as words of the pack and as choices of the oracle.
enum Reading: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case shipped
    case perVisit
    case perDay
    case ceilingCountsEligible
    case dateOfChange
    case restart
    case familyAccountFirst
    case roundingDown
    /// Another city's, with several of them at once.
    case perDayRestartEligible
    case perVisitOnTheDayDown

    var testDescription: String { rawValue }

    /// Whether what is used is used up for the year, so that the year can go on from its sums at any cut.
    var runsOverTheYear: Bool {
        switch self {
        case .perVisit, .perDay, .perDayRestartEligible, .perVisitOnTheDayDown: false
        case .shipped, .ceilingCountsEligible, .dateOfChange, .restart, .familyAccountFirst, .roundingDown: true
        }
    }

    var restarts: Bool { self == .restart || self == .perDayRestartEligible }

    var countsEligible: Bool { self == .ceilingCountsEligible || self == .perDayRestartEligible }

    fileprivate var words: [(String, String)] {
        let (visit, day) = (("calendar_year", "visit"), ("calendar_year", "day"))
        let eligible = ("value: pool_payment", "value: eligible_above_deductible")
        let (onTheDay, restart) = (("next_month", "date_of_change"), ("value: continue", "value: restart"))
        let down = ("half_up", "down")
        return switch self {
        case .shipped: []
        case .perVisit: [visit]
        case .perDay: [day]
        case .ceilingCountsEligible: [eligible]
        case .dateOfChange: [onTheDay]
        case .restart: [restart]
        case .familyAccountFirst: [("own_account_first", "family_account_first")]
        case .roundingDown: [down]
        case .perDayRestartEligible: [day, restart, eligible]
        case .perVisitOnTheDayDown: [visit, onTheDay, down]
        }
    }

    fileprivate var notice: Notice {
        var notice = Notice()
        notice.movedDiseases = ["M03900"]
        switch self {
        case .shipped: break
        case .perVisit: notice.deductiblePeriod = .visit
        case .perDay: notice.deductiblePeriod = .day
        case .ceilingCountsEligible: notice.ceilingCountsEligible = true
        case .dateOfChange: notice.changesOnTheDay = true
        case .restart: notice.restartsOnChange = true
        case .familyAccountFirst: notice.familyAccountFirst = true
        case .roundingDown: notice.dropsFractions = true
        case .perDayRestartEligible:
            notice.deductiblePeriod = .day
            notice.restartsOnChange = true
            notice.ceilingCountsEligible = true
        case .perVisitOnTheDayDown:
            notice.deductiblePeriod = .visit
            notice.changesOnTheDay = true
            notice.dropsFractions = true
        }
        return notice
    }

    /// Read once each: the property tests ask for them thousands of times.
    private static let loaded = Result { try Dictionary(uniqueKeysWithValues: allCases.map { ($0, try Pooling($0)) }) }

    func pooling() throws -> Pooling {
        try #require(Reading.loaded.get()[self])
    }
}

/// The rules of a reading twice: as the engine reads them from the pack, and as the oracle has them.
struct Pooling: Sendable {
    let rules: RuleSet
    let engine: OutpatientRules
    let oracle: Oracle
    let categories: PersonCategoryTable
    let institutions: [OracleInstitution]

    fileprivate init(_ reading: Reading) throws {
        var text = try #require(RuleSet.load().sources.first).text
        // Every reading knows one chronic disease that moved to ordinary pooling.
        for (old, new) in reading.words + [("{value: [], cite", "{value: [M03900], cite")] {
            try #require(text.split(separator: old, omittingEmptySubsequences: false).count == 2, "\(old) stands once")
            text.replace(old, with: new)
        }
        let directory = FileManager.default.temporaryDirectory.appending(path: "settle-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: directory.appending(path: "pack.yaml"))
        let loaded = Result { try RuleSet.load(rulesDirectory: directory.path()) }
        try FileManager.default.removeItem(at: directory)
        rules = try loaded.get()
        engine = try OutpatientRules(rules)
        categories = try rules.personCategories(on: date("2023-01-01"))
        institutions = try designated()
        oracle = Oracle(reading.notice, institutions: institutions)
    }
}

/// 定点医药机构: one of each level, one without, one with a level that is none, one whose level changes, one that
/// closes.
func designated() throws -> [OracleInstitution] {
    func row(_ code: String, _ level: String, from: String = "2010-01-01", to: String? = nil) throws
        -> OracleInstitution
    {
        OracleInstitution(code: code, begin: try date(from), end: try to.map { try date($0) }, level: level)
    }
    return [
        try row("primary", "09"), try row("secondary", "06"), try row("tertiary", "01"), try row("ungraded", ""),
        try row("odd", "99"), try row("pharmacy", ""), try row("closed", "05", to: "2023-03-31"),
        try row("lowered", "03"), try row("lowered", "05", from: "2023-07-01"),
    ]
}
