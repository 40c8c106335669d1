import FoundationEssentials
import Money
import Policy
import Settlement
import Testing

/// The suites of this target are the clauses of the notice; each file adds one.
@Suite struct `连政办发〔2022〕73号` {}

func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
func month(_ text: String) throws -> Month { try #require(Month(text)) }

/// The pack as shipped, read once: hundreds of cases ask for it.
private let shipped = Result { () throws(PolicyError) in try RuleSet.load() }

/// The rules by which a covered month is credited.
func terms(of covered: String) throws -> CreditTerms {
    try shipped.get().creditTerms(for: month(covered))
}

/// The shipped pack with one place of its text changed, as an office would put it into its `--rules` directory.
func rules(replacing old: String, with new: String) throws -> RuleSet {
    let text = try #require(shipped.get().sources.first).text
    try #require(text.split(separator: old, omittingEmptySubsequences: false).count == 2, "\(old) stands once")
    return try withTemporaryDirectory { directory in
        try Data(text.replacing(old, with: new).utf8).write(to: directory.appending(path: "pack.yaml"))
        return try RuleSet.load(rulesDirectory: directory.path())
    }
}

/// The shipped pack completed by a site file with those dated values.
func rules(site values: String) throws -> RuleSet {
    let text = """
        site: an-office
        completes: lianyungang-employee
        source: 连医保发〔2024〕1号
        values:
        \(values.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
        """
    return try withTemporaryDirectory { directory in
        let file = directory.appending(path: "site.yaml")
        try Data(text.utf8).write(to: file)
        return try RuleSet.load(siteFile: file.path())
    }
}

private func withTemporaryDirectory<R>(_ body: (URL) throws -> R) throws -> R {
    let directory = FileManager.default.temporaryDirectory.appending(path: "settle-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let result = Result { try body(directory) }
    try FileManager.default.removeItem(at: directory)
    return try result.get()
}

/// A person's rows from a notation: `active 2020-01-01`, `retired 2023-05-10…2023-08-31`; a category that the rules
/// do not have is an unknown `psn_type`.
func enrolment(_ rows: [String]) throws -> [EnrolmentStatus] {
    try rows.map { row in
        let fields = row.split(separator: " ")
        try #require(fields.count == 2)
        let dates = fields[1].split(separator: "…")
        return EnrolmentStatus(
            begin: try date(String(dates[0])), end: dates.count == 2 ? try date(String(dates[1])) : nil,
            category: InsuredCategory(rawValue: String(fields[0])))
    }
}

/// One contribution and all that decides what becomes of it. Each test changes what it is about; what stands here is
/// an employee's ordinary month at the base floor of 2023.
struct Payment: CustomTestStringConvertible {
    var insurance: Int16 = 310
    var type: CollectionType? = .normal
    var base = Fen(4494_00)
    var isKnown = true
    var isSettled = true
    var hasRule = true
    var covered = "2023-05"
    var rows = ["active 2020-01-01"]
    var death: String?

    func outcome(by rules: RuleSet? = nil) throws -> CreditOutcome {
        let covered = try month(self.covered)
        let terms = try hasRule ? (rules ?? shipped.get()).creditTerms(for: covered) : nil
        let standing = try standing(in: covered, statuses: enrolment(rows), death: death.map { try date($0) })
        return try credit(
            Contribution(insurance: insurance, type: type, base: base, ownPart: .zero, employerPart: .zero),
            in: CreditSituation(
                insurance: 310, isKnown: isKnown, isSettled: isSettled, standing: standing, terms: terms))
    }

    var testDescription: String {
        "\(insurance) clct_type \(type?.rawValue ?? 0) base \(base) for \(covered), \(rows.joined(separator: ", "))"
    }
}
