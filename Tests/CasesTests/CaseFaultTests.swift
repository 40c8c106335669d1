import Policy
import Testing

@testable import Cases

/// A file of cases with one fault, and the whole message for it.
struct FaultyCases: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let messages: [String]

    var testDescription: String { name }

    init(_ name: String, _ text: String, _ messages: String...) {
        self.name = name
        self.text = text
        self.messages = messages
    }

    /// One case with `person` on line 3 and the rest from line 4 on.
    static func person(_ name: String, _ person: String, _ messages: String...) -> FaultyCases {
        let text = "cases:\n  - name: a\n    person: \(person)\n    months: {2023-01: {credit: 1.00}}\n"
        return FaultyCases(name, text, messages)
    }

    /// A settlement on line 5.
    static func settlement(_ name: String, _ fields: String, _ messages: String...) -> FaultyCases {
        let head = "cases:\n  - name: a\n    person: {category: active}\n    settlements:\n"
        return FaultyCases(name, head + "      - {\(fields)}\n", messages)
    }

    /// Lines from line 4 on.
    static func rest(_ name: String, _ lines: String, _ messages: String...) -> FaultyCases {
        FaultyCases(name, "cases:\n  - name: a\n    person: {category: active}\n\(lines)\n", messages)
    }

    private init(_ name: String, _ text: String, _ messages: [String]) {
        self.name = name
        self.text = text
        self.messages = messages
    }
}

private let good = "time: 2023-03-01, level: tertiary, eligible: 1.00, expect: {pool: 0.00}"

private let shapes: [FaultyCases] = [
    FaultyCases("nothing", "", "cases.yaml: the file says nothing; begin it with `cases:`"),
    FaultyCases("a list", "- a\n", "cases.yaml:1: the file is not a mapping; write lines of `name: value` below it"),
    FaultyCases(
        "not YAML", "cases: [\n", "cases.yaml:2: not YAML: did not find expected node content; correct the line"),
    FaultyCases(
        "another top", "case: []\n",
        "cases.yaml:1: unknown field case in the file; write cases instead",
        "cases.yaml:1: the file has no cases; write `cases: ...`"),
    FaultyCases(
        "cases without cases", "cases: []\n",
        "cases.yaml:1: there are no cases; write `- name: ...` below `cases:`"),
    FaultyCases(
        "cases as a text", "cases: none\n",
        "cases.yaml:1: cases is not a list; write lines that begin with `- ` below it"),
    FaultyCases(
        "a case as a text", "cases:\n  - a\n",
        "cases.yaml:2: the case is not a mapping; write lines of `name: value` below it"),
    FaultyCases(
        "no name", "cases:\n  - person: {category: active}\n    months: {2023-01: {credit: 1.00}}\n",
        "cases.yaml:2: the case has no name; write `name: ...`"),
    FaultyCases(
        "no person", "cases:\n  - name: a\n    months: {2023-01: {credit: 1.00}}\n",
        "cases.yaml:2: the case has no person; write `person: {category: active}`"),
    FaultyCases(
        "a field twice", "cases:\n  - name: a\n    name: b\n",
        "cases.yaml:3: name stands twice (first on line 2); write it once"),
    .rest(
        "nothing to check", "",
        "cases.yaml:2: case a has no settlements, contributions or months; write what must be checked"),
    .rest(
        "an unknown field", "    month: {2023-01: {credit: 1.00}}\n    months: {2023-01: {credit: 1.00}}",
        "cases.yaml:4: unknown field month in the case; write months instead"),
    .rest(
        "the same name twice",
        "    months: {2023-01: {credit: 1.00}}\n  - name: a\n    person: {category: active}\n"
            + "    months: {2023-01: {credit: 1.00}}",
        "cases.yaml:5: case a stands twice (first on line 2); give it a name of its own"),
    .rest(
        "months as a list", "    months: []",
        "cases.yaml:4: months is not a mapping; write lines of `name: value` below it"),
    .rest(
        "no month", "    months: {2023-13: {credit: 1.00}}",
        "cases.yaml:4: month 2023-13 is not a month; write YYYY-MM, as 2023-01"),
    .rest(
        "a month that expects nothing", "    months: {2023-01: {}}",
        "cases.yaml:4: month 2023-01 expects nothing; write `expect: {credit: 100.00}` with what must come of it"),
    .rest(
        "no year", "    settlements: [{\(good)}]\n    years: {23: {pool: 1.00}}",
        "cases.yaml:5: 23 is not a year; write four digits, as 2023"),
    .rest(
        "no count", "    settlements: [{\(good)}]\n    years: {2023: {visits: 1.5}}",
        "cases.yaml:5: visits 1.5 is not a count; write a whole number, as 12"),
    .rest(
        "an unknown pack", "    pack: lianyungang-employe\n    months: {2023-01: {credit: 1.00}}",
        "cases.yaml:4: there is no rule pack lianyungang-employe; write lianyungang-employee instead, "
            + "or name its directory with --rules"),
    .rest(
        "an unfinished line", "    pack:\n    months: {2023-01: {credit: 1.00}}",
        "cases.yaml:4: pack is empty; write what it is or take it out"),
]

private let people: [FaultyCases] = [
    .person(
        "a person as a text", "active",
        "cases.yaml:3: the person is not a mapping; write lines of `name: value` below it"),
    .person(
        "an unknown category", "{category: actve}", "cases.yaml:3: category actve is not known; write active instead"),
    .person(
        "a category far from any", "{category: xyz}",
        "cases.yaml:3: category xyz is not known; write active or flexible or retired or veteran instead"),
    .person(
        "nobody in particular", "{death: 2023-01-01}",
        "cases.yaml:3: the person has no category, psn_type, enrolment; write one of them"),
    .person(
        "two kinds at once", "{category: active, psn_type: 11}",
        "cases.yaml:3: the person has both category and psn_type; keep one of them"),
    .person(
        "a kind beside rows", "{category: active, enrolment: []}",
        "cases.yaml:3: the person has both enrolment and category; keep one of them"),
    .person(
        "a day that is none", "{category: active, death: 2023-02-29}",
        "cases.yaml:3: death 2023-02-29 is not a date; write YYYY-MM-DD, as 2023-01-01"),
    .person(
        "a row without a day", "{enrolment: [{category: active}]}",
        "cases.yaml:3: the enrolment row has no begin; write `begin: 2020-01-01`"),
    .person(
        "a row without a kind", "{enrolment: [{begin: 2020-01-01}]}",
        "cases.yaml:3: the enrolment row has no category, psn_type; write one of them"),
    .person(
        "a row that ends first", "{enrolment: [{category: active, begin: 2020-01-02, end: 2020-01-01}]}",
        "cases.yaml:3: the row ends before it begins; correct one of the two"),
    .person(
        "rows out of order",
        "{enrolment: [{category: active, begin: 2020-01-02}, {category: retired, begin: 2020-01-02}]}",
        "cases.yaml:3: the row begins no later than the one before; write rows in the order of their begin"),
    .person(
        "a level without a total", "{category: retired, own_level: {december: 1.00}}",
        "cases.yaml:3: own_level has no year_total; write `year_total: 1200.00`"),
]

private func amount(_ text: String) -> FaultyCases {
    .settlement(
        "the amount \(text)", "time: 2023-03-01, level: tertiary, eligible: \(text), expect: {pool: 0.00}",
        "cases.yaml:5: eligible \(text) is not an amount; write yuan with at most two decimals, as 750.00")
}

private let amounts = ["750.001", "7e2", "+750", "0750", ".5", "5.", "--5", "1_000", "750元", "NaN", "100000000000000"]
    .map(amount)

private let settlements: [FaultyCases] = [
    .settlement(
        "an amount with a separator", "time: 2023-03-01, level: tertiary, eligible: '1,000', expect: {pool: 0.00}",
        "cases.yaml:5: eligible 1,000 is not an amount; write yuan with at most two decimals, as 750.00"),
    .settlement(
        "no time", "level: tertiary, eligible: 1.00, expect: {pool: 0.00}",
        "cases.yaml:5: settlement 1 has no time; write `time: 2023-01-01 09:30:00`"),
    .settlement(
        "a time that is none", "time: 2023-03-01 24:00:00, level: tertiary, eligible: 1.00, expect: {pool: 0.00}",
        "cases.yaml:5: time 2023-03-01 24:00:00 is not a time; write YYYY-MM-DD HH:MM:SS, as 2023-01-01 09:30:00, "
            + "or the date alone"),
    .settlement(
        "no level", "time: 2023-03-01, eligible: 1.00, expect: {pool: 0.00}",
        "cases.yaml:5: settlement 1 has no level, hosp_lv, prescriber, prescriber_hosp_lv; write one of them"),
    .settlement(
        "two levels", "hosp_lv: 01, \(good)",
        "cases.yaml:5: settlement 1 has both level and hosp_lv; keep one of them"),
    .settlement(
        "no such level", "time: 2023-03-01, level: third, eligible: 1.00, expect: {pool: 0.00}",
        "cases.yaml:5: level third is not known; write primary or secondary or tertiary or unknown instead"),
    .settlement(
        "no amount", "time: 2023-03-01, level: tertiary, expect: {pool: 0.00}",
        "cases.yaml:5: settlement 1 has no eligible, total; write one of them"),
    .settlement(
        "no code", "med_type: x1, \(good)", "cases.yaml:5: med_type x1 is not a code; write its digits, as 11"),
    .settlement(
        "no expectation", "time: 2023-03-01, level: tertiary, eligible: 1.00",
        "cases.yaml:5: settlement 1 expects nothing; write `expect: {pool: 150.00}` with what must come of it"),
    .settlement(
        "an empty expectation", "time: 2023-03-01, level: tertiary, eligible: 1.00, expect: {}",
        "cases.yaml:5: settlement 1 expects nothing; write `expect: {pool: 150.00}` with what must come of it"),
    .settlement(
        "an unknown figure", "time: 2023-03-01, level: tertiary, eligible: 1.00, expect: {pools: 0.00}",
        "cases.yaml:5: unknown field pools in what settlement 1 expects; write pool instead"),
    .settlement(
        "an unknown verdict", "time: 2023-03-01, level: tertiary, eligible: 1.00, expect: {verdict: deed}",
        "cases.yaml:5: verdict deed is not known; write dead instead"),
    .settlement(
        "an unknown field", "elegible: 1.00, \(good)",
        "cases.yaml:5: unknown field elegible in settlement 1; write eligible instead"),
    .settlement(
        "a list for a text", "id: [1], \(good)", "cases.yaml:5: id is not a text; write one line of text"),
    .settlement(
        "an id past 64 bytes", "id: \(String(repeating: "7", count: 65)), \(good)",
        "cases.yaml:5: \(String(repeating: "7", count: 65)) is longer than 64 bytes; write a shorter one"),
    .settlement(
        "an id twice", "id: A, \(good)}\n      - {id: A, \(good)",
        "cases.yaml:6: id A stands twice (first on line 5); write another one"),
    .settlement(
        "a refund of nobody", "time: 2023-03-01, refund_of: X, expect: {pool: 0.00}",
        "cases.yaml:5: there is no settlement X to refund; write amounts below zero, or its id"),
    .settlement(
        "a refund of a refund",
        "id: A, \(good)}\n      - {id: B, time: 2023-03-02, refund_of: A, expect: {pool: 0.00}}\n"
            + "      - {time: 2023-03-03, refund_of: B, expect: {pool: 0.00}",
        "cases.yaml:7: B is a refund itself; name the settlement that is refunded"),
]

private let contributionsAndRules: [FaultyCases] = [
    .rest(
        "a contribution without month and base", "    contributions:\n      - {expect: {credit: 1.00}}",
        "cases.yaml:5: contribution 1 has no month; write `month: 2023-01`",
        "cases.yaml:5: contribution 1 has no base; write `base: 5000.00`"),
    .rest(
        "a contribution that expects nothing", "    contributions:\n      - {month: 2023-01, base: 1.00}",
        "cases.yaml:5: contribution 1 expects nothing; write `expect: {credit: 100.00}` with what must come of it"),
    .rest(
        "a month covered that is none",
        "    contributions:\n      - {month: 2023-1, base: 1.00, expect: {credit: 1.00}}",
        "cases.yaml:5: month 2023-1 is not a month; write YYYY-MM, as 2023-01"),
    .rest(
        "an unknown parameter",
        "    rules:\n      pooling.deductible_perod: visit\n    months: {2023-01: {credit: 1.00}}",
        "cases.yaml:5: unknown parameter pooling.deductible_perod; write pooling.deductible_period instead"),
    .rest(
        "an unknown choice",
        "    rules:\n      pooling.deductible_period: week\n    months: {2023-01: {credit: 1.00}}",
        "cases.yaml:5: week is not one of the choices; write calendar_year or visit or day instead"),
    .rest(
        "yuan for fen",
        "    rules:\n      pooling.active.deductible: 750.00\n    months: {2023-01: {credit: 1.00}}",
        "cases.yaml:5: 750.00 is a fraction; write 75000 instead"),
    .rest(
        "a rule from no day",
        "    rules:\n      pooling.active.deductible: {2023: 75000}\n    months: {2023-01: {credit: 1.00}}",
        "cases.yaml:5: 2023 is not a date; write YYYY-MM-DD, as 2023-01-01, instead"),
    .rest(
        "a rule from no day at all",
        "    rules:\n      pooling.active.deductible: {}\n    months: {2023-01: {credit: 1.00}}",
        "cases.yaml:5: pooling.active.deductible has no dated values; "
            + "write `2023-01-01: {value: ..., cite: ...}` below `values:`"),
    .rest(
        "rules that leave a gap",
        "    rules:\n      pooling.active.deductible: {2024-01-01: 75000}\n    months: {2023-01: {credit: 1.00}}",
        "cases.yaml:5: pooling.active.deductible has no rule on 2023-01-01; add a value from 2023-01-01 or earlier"),
    .rest(
        "rules that contradict the others",
        "    rules:\n      contribution.base_floor: 9900000\n    months: {2023-01: {credit: 1.00}}",
        "cases.yaml:5: on 2023-01-01 the contribution base floor 99000.00 is above the ceiling 24042.00; "
            + "correct one of the two",
        "cases.yaml:5: on 2024-01-01 the contribution base floor 99000.00 is above the ceiling 24396.00; "
            + "correct one of the two"),
    .rest(
        "rules as a list", "    rules: []\n    months: {2023-01: {credit: 1.00}}",
        "cases.yaml:4: rules is not a mapping; write lines of `name: value` below it"),
]

@Suite struct `A file of cases is refused` {
    @Test(arguments: shapes + people + amounts + settlements + contributionsAndRules)
    func `with file, line and what to write instead`(faulty: FaultyCases) {
        #expect(refusal(RuleFile(name: "cases.yaml", bytes: Array(faulty.text.utf8))) == faulty.messages)
    }

    @Test func `that is not UTF-8, by its line`() {
        let bytes = Array("cases:\n  - name: ".utf8) + [0xFF, 0x0A]
        #expect(
            refusal(RuleFile(name: "cases.yaml", bytes: bytes))
                == ["cases.yaml:2: this line is not UTF-8; save the file as UTF-8"])
    }

    @Test func `as a whole, its faults line by line`() {
        let error = CasesRefused([
            CaseFault(place: RulePlace(file: "a.yaml", line: 1), kind: .noCases),
            CaseFault(place: RulePlace(file: "b.yaml", line: 2), kind: .endsBeforeBegin),
        ])
        #expect(
            error.description == """
                a.yaml:1: there are no cases; write `- name: ...` below `cases:`
                b.yaml:2: the row ends before it begins; correct one of the two
                """)
    }

    private func refusal(_ file: RuleFile) -> [String] {
        do throws(CasesRefused) {
            _ = try readCases(file) { pack throws(PolicyError) in try RuleSet.load(pack: pack ?? "lianyungang-employee")
            }
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }
}
