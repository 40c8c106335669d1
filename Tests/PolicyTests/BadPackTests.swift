import Testing

@testable import Policy

/// One fault, made by spoiling one place of the shipped pack, and the whole message for it.
struct SpoiledPack: CustomTestStringConvertible, Sendable {
    let name: String
    let old: String
    let new: String
    /// What of `new` is on the line that the message names.
    let at: String
    let message: String

    var testDescription: String { name }

    init(_ name: String, _ old: String, _ new: String, at: String? = nil, _ message: String) {
        self.name = name
        self.old = old
        self.new = new
        self.at = at ?? new
        self.message = message
    }
}

private let ownRate = "2023-01-01: {value: 200, cite: 连政办发〔2022〕73号 二（三）}"
private let rate = "value: 800"
private let floor = "value: 449400"
private let types = "[10, 20, 30, 32, 34]"

private func spelling(_ name: String, _ old: String, _ new: String, _ message: String) -> SpoiledPack {
    SpoiledPack(name, old, "value: \(new)", message)
}

private let numberFaults = [
    spelling("a float", floor, "4494.00", "4494.00 is a fraction; write 449400 instead"),
    spelling("a float with three decimals", floor, "4494.125", "4494.125 is a fraction; write a whole number instead"),
    spelling("a rate in percent with a point", rate, "8.0", "8.0 is a fraction; write 800 instead"),
    spelling("a rate as a share", rate, "0.08", "0.08 is a fraction; write basis points (2 % is 200) instead"),
    spelling("a rate with a percent sign", rate, "8%", "8% is in percent; write 800 instead"),
    spelling("a leading zero", rate, "0800", "0800 has a leading zero; write 800 instead"),
    spelling("an underscore", floor, "449_400", "449_400 has an underscore; write 449400 instead"),
    spelling("an exponent", floor, "4.494e5", "4.494e5 has an exponent; write a whole number instead"),
    spelling("hexadecimal", rate, "0x320", "0x320 is not decimal; write 800 instead"),
    spelling("octal", rate, "0o1440", "0o1440 is not decimal; write 800 instead"),
    spelling("a plus sign", rate, "+800", "+800 has a plus sign; write 800 instead"),
    spelling("a quoted number", rate, "\"800\"", "800 is in quotes; write 800 instead"),
    spelling("a version", rate, "8.0.0", "8.0.0 is not a number; write a whole number instead"),
    spelling("a word after a digit", rate, "8e", "8e is not a number; write a whole number instead"),
    spelling("a zero with a sign", rate, "-0", "-0 is not a number; write a whole number instead"),
    spelling("a word", rate, "eight", "eight is not a number; write a whole number instead"),
    spelling("infinity", rate, ".inf", ".inf is not a number; write a whole number instead"),
    spelling(
        "a number past 64 bits", floor, "9223372036854775808",
        "9223372036854775808 is too large; write a whole number instead"),
    spelling("a negative amount", "value: 75000", "-75000", "-75000 fen/year is negative; write zero or more"),
    spelling(
        "a rate above the whole", rate, "10001",
        "10001 bp is more than 100 %; write basis points, 10000 at most (2 % is 200)"),
    spelling("no year", "value: 2022", "22", "22 is not a year from 1949 to 9999; write a year of four digits"),
    SpoiledPack(
        "nothing", "value: 800,", "value: ,", "the value is left out; write null instead if the rule ends here"),
    spelling("a tilde", rate, "~", "~ stands for null; write null instead if the rule ends here"),
    spelling("a list for a number", rate, "[800]", "value is not a text; write one line of text"),
    spelling(
        "a word that is no choice", "value: half_up", "half_even",
        "half_even is not one of the choices; write half_up or down instead"),
    spelling("one code without brackets", "value: [41]", "41", "41 is not a list of codes; write `[11, 13]`"),
    spelling(
        "no codes", "value: [41]", "[]",
        "the list of codes is empty; write the codes, or null if the rule ends here"),
    spelling(
        "a code that is none", "value: [41]", "[41-x]",
        "41-x is not a code; write letters, digits, `_` and `.` only"),
    spelling("a code twice in a list", "value: [41]", "[41, 41]", "code 41 stands twice in the list; write it once"),
]

private let shapeFaults = [
    SpoiledPack(
        "an unknown parameter", "contribution.own_rate:", "contribution.own_rat:",
        "unknown parameter contribution.own_rat; write contribution.own_rate instead"),
    SpoiledPack(
        "a parameter like no other", "contribution.own_rate:", "xyz:",
        "unknown parameter xyz; take it out; `settle rules show` lists the names"),
    SpoiledPack(
        "an unknown field of a parameter", "    title: 职工个人缴费费率", "    titel: x\n    title: 职工个人缴费费率", at: "titel",
        "unknown field titel in contribution.own_rate; write title instead"),
    SpoiledPack(
        "an unknown field of the header", "insutype: 310", "insutype: 310\nauthor: x", at: "author",
        "unknown field author in the pack; take it out"),
    SpoiledPack(
        "an unknown field of a value", ownRate, "2023-01-01: {value: 200, cite: x, cit: y}",
        "unknown field cit in contribution.own_rate 2023-01-01; write cite instead"),
    SpoiledPack("an unknown unit", "unit: year", "unit: years", "unknown unit years; write year instead"),
    SpoiledPack(
        "the wrong unit", "unit: year", "unit: bp", at: "unit: bp\n    values:\n      2023-01-01: {value: 2022",
        "unit bp does not fit this parameter; write year instead"),
    SpoiledPack(
        "a date that is none", ownRate, "2023-02-29: {value: 200, cite: x}",
        "2023-02-29 is not a date; write YYYY-MM-DD, as 2023-01-01, instead"),
    SpoiledPack(
        "a date without zeros", ownRate, "2023-1-1: {value: 200, cite: x}",
        "2023-1-1 is not a date; write 2023-01-01 instead"),
    SpoiledPack(
        "a date twice", ownRate, "\(ownRate)\n      2023-01-01: {value: 300, cite: x}", at: "2023-01-01: {value: 300",
        "2023-01-01 stands twice (first on line \(shippedText.line(of: ownRate))); write it once"),
    SpoiledPack(
        "a date twice, once in quotes", ownRate, "\(ownRate)\n      \"2023-01-01\": {value: 300, cite: x}",
        at: "\"2023-01-01\"", "2023-01-01 stands twice (first on line \(shippedText.line(of: ownRate))); write it once"),
    SpoiledPack(
        "a date twice, once with a tag", ownRate, "\(ownRate)\n      !date 2023-01-01: {value: 300, cite: x}",
        at: "!date", "2023-01-01 stands twice (first on line \(shippedText.line(of: ownRate))); write it once"),
    SpoiledPack(
        "a parameter twice", "  contribution.own_rate:", "  contribution.employer_rate: {}\n  contribution.own_rate:",
        at: "contribution.employer_rate: {}",
        "contribution.employer_rate stands twice (first on line \(shippedText.line(of: "  contribution.employer_rate"))); "
            + "write it once"),
    SpoiledPack(
        "no citation", ownRate, "2023-01-01: {value: 200}",
        "the value cites no article; write `cite: ` with the notice and its article"),
    SpoiledPack(
        "an empty citation", ownRate, "2023-01-01: {value: 200, cite: \" \"}",
        "cite is empty; write `cite: ...` with the text"),
    SpoiledPack(
        "neither value nor expected", ownRate, "2023-01-01: {cite: x}",
        "the date has neither a value nor an expected figure; "
            + "write `value: ...`, or `expected: {figure: ..., supplier: ...}` if it is not published yet"),
    SpoiledPack(
        "both value and expected", ownRate, "2023-01-01: {value: 1, expected: {figure: a, supplier: b}, cite: x}",
        "the date has both a value and an expected figure; take `expected` out once the figure is known"),
    SpoiledPack(
        "expected of nobody", ownRate, "2023-01-01: {expected: {figure: a}, cite: x}",
        "contribution.own_rate 2023-01-01 expected has no supplier; write `supplier: ...`"),
    SpoiledPack(
        "expected as a flag", ownRate, "2023-01-01: {expected: true, cite: x}",
        "contribution.own_rate 2023-01-01 expected is not a mapping; write lines of `name: value` below it"),
    SpoiledPack(
        "a value without its mapping", ownRate, "2023-01-01: 200",
        "contribution.own_rate 2023-01-01 is not a mapping; write lines of `name: value` below it"),
    SpoiledPack(
        "a decision without a reason", "    reason: 通知未明示；每笔四舍五入到分，余数由个人负担\n", "", at: "pooling.rounding:",
        "pooling.rounding is a decision without a reason; write `reason: ` with why this choice was made"),
    SpoiledPack(
        "a flag that is none", "    title: 月缴费基数下限\n    unit: fen/month\n    adjustable: true",
        "    title: 月缴费基数下限\n    unit: fen/month\n    adjustable: yes", at: "adjustable: yes",
        "adjustable is yes; write true or false instead"),
    SpoiledPack(
        "no title", "    title: 职工个人缴费费率\n", "", at: "    unit: bp\n    values:\n      \(ownRate)",
        "contribution.own_rate has no title; write `title: ...`"),
    SpoiledPack(
        "a title that is a list", "title: 职工个人缴费费率", "title: [a]", "title is not a text; write one line of text"),
    SpoiledPack(
        "no values", "    values:\n      \(ownRate)", "    values: {}",
        "contribution.own_rate has no dated values; write `2023-01-01: {value: ..., cite: ...}` below `values:`"),
    SpoiledPack(
        "an anchor", ownRate, "2023-01-01: &a {value: 200, cite: x}",
        "anchors and aliases are not read here; write the value out"),
    SpoiledPack(
        "a key that is a list", ownRate, "? [2023-01-01]\n      : {value: 200, cite: x}",
        "a list or mapping stands where a name is expected; write `name: value`"),
    SpoiledPack(
        "broken YAML", ownRate, "2023-01-01: {value: 200, cite: x", at: "    note: 个人缴费",
        "not YAML: did not find expected ',' or '}'; correct the line"),
    SpoiledPack(
        "two documents", "parameters:", "---\nparameters:",
        "not YAML: but found another document; correct the line"),
    SpoiledPack(
        "no notice", "notice: 连政办发〔2022〕73号\n", "", at: "pack: lian",
        "the pack has no notice; write `notice: ...`"),
    SpoiledPack(
        "a name with capitals", "pack: lianyungang-employee", "pack: Lianyungang",
        "pack Lianyungang is not a name; write lower-case letters, digits and hyphens, as in lianyungang-employee"),
    SpoiledPack(
        "an insurance that is no code", "insutype: 310", "insutype: employees",
        "insutype employees is not a code of three digits; write 310 for employees"),
    SpoiledPack(
        "an effective date that is none", "effective: 2023-01-01", "effective: 2023",
        "2023 is not a date; write YYYY-MM-DD, as 2023-01-01, instead"),
]

private let togetherFaults = [
    SpoiledPack(
        "a gap", ownRate, "2023-02-01: {value: 200, cite: x}", at: "contribution.own_rate:",
        "contribution.own_rate has no rule on 2023-01-01; add a value from 2023-01-01 or earlier"),
    SpoiledPack(
        "the floor above the ceiling", floor, "value: 2404201",
        "on 2023-01-01 the contribution base floor 24042.01 is above the ceiling 24042.00; correct one of the two"),
    SpoiledPack(
        "the floor above the ceiling later", "value: 2439600", "value: 487899", at: "value: 487900",
        "on 2024-01-01 the contribution base floor 4879.00 is above the ceiling 4878.99; correct one of the two"),
    SpoiledPack(
        "shares above the whole", "value: 700,", "value: 9801,", at: "value: 200",
        "on 2023-01-01 the employer's and the own contribution are 100.01% of the base together; "
            + "write shares of the base in basis points (7 % is 700)"),
    SpoiledPack(
        "a credit above the contribution", ownRate, "2023-01-01: {value: 199, cite: x}",
        at: "2023-01-01: {value: 200, cite: 连政办发〔2022〕73号 二（四）}",
        "on 2023-01-01 the account is credited 2% of the base, more than contribution.own_rate brings in (1.99%); "
            + "write a rate the contribution covers"),
    SpoiledPack(
        "a code in two categories", "value: [1103]", "value: [1103, 12]", at: "value: [12]",
        "on 2023-01-01 code 12 stands in category.flexible and in category.retired; keep it in one of them"),
    SpoiledPack(
        "a hospital level in two", "value: [05, 06, 07]", "value: [05, 06, 07, 08]",
        "on 2023-01-01 code 08 stands in level.primary and in level.secondary; keep it in one of them"),
    SpoiledPack(
        "a hospital level in none", "value: [08, 09, 10, 11]", "value: [08, 09, 10]",
        "on 2023-01-01 hosp_lv 11 belongs to no level; "
            + "add it to level.primary, level.secondary or level.tertiary"),
    SpoiledPack(
        "a hospital level that is none", "value: [08, 09, 10, 11]", "value: [08, 09, 10, 11, 12]",
        "there is no hosp_lv 12; write codes from 01 to 11"),
    SpoiledPack(
        "a medical type with and without prescription", "value: [41]", "value: [41, 13]",
        "on 2023-01-01 code 13 stands in pooling.medical_types and in pooling.prescription_medical_types; "
            + "keep it in one of them"),
    SpoiledPack(
        "a city amount before anything is expected", "value: own_level", "value: city_amount",
        "account.retiree_credit_basis is city_amount on 2023-01-01 and account.retiree_monthly_amount says nothing; "
            + "add `2023-01-01: {expected: ...}` or the figure"),
    SpoiledPack(
        "an own level of no year", "value: 2022,", "value: null,", at: "value: own_level",
        "account.retiree_credit_basis is own_level on 2023-01-01 and account.retiree_level_year says nothing; "
            + "add the year whose level counts from 2023-01-01 or earlier"),
]

@Suite struct `A bad pack is refused with file, line and what to write instead` {
    @Test func `the shipped pack has no fault`() {
        #expect(faults() == [])
    }

    @Test(arguments: numberFaults)
    func `in a value`(_ fault: SpoiledPack) {
        expectOnly(fault)
    }

    @Test(arguments: shapeFaults)
    func `in names and shapes`(_ fault: SpoiledPack) {
        expectOnly(fault)
    }

    @Test(arguments: togetherFaults)
    func `in the rules taken together`(_ fault: SpoiledPack) {
        expectOnly(fault)
    }

    private func expectOnly(_ fault: SpoiledPack) {
        let text = shippedText.spoiled(fault.old, fault.new)
        #expect(faults(text) == ["pack.yaml:\(text.line(of: fault.at)): \(fault.message)"])
    }

    @Test func `a required parameter that is missing is a gap on the effective date`() {
        let text = shippedText.without("pooling.veteran.tertiary_rate")
        #expect(
            faults(text) == [
                "pack.yaml:8: pooling.veteran.tertiary_rate has no rule on 2023-01-01; "
                    + "add a value from 2023-01-01 or earlier"
            ])
    }

    @Test func `a file of nothing, of no mapping, and of neither kind`() {
        #expect(faults("") == ["pack.yaml: the file says nothing; begin it with `pack: NAME` or `site: NAME`"])
        let notRules =
            "the file is neither a pack nor a site file; "
            + "begin it with `pack: NAME` or `site: NAME`, or move it away"
        #expect(faults("- 1") == ["pack.yaml:1: \(notRules)"])
        #expect(faults("# note\nrules: x") == ["pack.yaml:2: \(notRules)"])
    }

    @Test func `bytes that are not UTF-8 are named by their line`() {
        let file = RuleFile(name: "pack.yaml", bytes: Array("pack: x\ntitle: ".utf8) + [0xC4, 0xE3, 0x0A])
        let library = RuleLibrary(rulesDirectory: nil, siteFile: nil, builtIn: [file])
        #expect(
            library.allFaults.map(\.description) == ["pack.yaml:2: this line is not UTF-8; save the file as UTF-8"])
    }

    @Test func `a control character is named by its line`() {
        #expect(
            faults("pack: x\ntitle: \u{1}") == [
                "pack.yaml:2: not YAML: control characters are not allowed; correct the line"
            ])
    }

    @Test func `a pack without parameters names every header field it lacks`() {
        #expect(
            faults("pack: x") == [
                "pack.yaml:1: the pack has no title; write `title: ...`",
                "pack.yaml:1: the pack has no notice; write `notice: ...`",
                "pack.yaml:1: the pack has no insutype; write `insutype: 310`",
                "pack.yaml:1: the pack has no effective; write `effective: 2023-01-01`",
                "pack.yaml:1: the pack has no parameters; write `parameters: ...`",
            ])
    }

    @Test func `all faults of a file are named, not the first only`() throws {
        let text = shippedText.spoiled(rate, "value: 8%").spoiled(floor, "value: 4494.00").spoiled(types, "[10-20]")
        let lines = [text.line(of: "value: 8%"), text.line(of: "value: 4494.00"), text.line(of: "[10-20]")]
        let error = #expect(throws: PolicyError.self) { try rules(text) }
        #expect(
            error?.description == """
                pack.yaml:\(lines[0]): 8% is in percent; write 800 instead
                pack.yaml:\(lines[1]): 4494.00 is a fraction; write 449400 instead
                pack.yaml:\(lines[2]): 10-20 is not a code; write letters, digits, `_` and `.` only
                """)
    }

    @Test func `a long list of faults ends with their number`() throws {
        let fields = (1...25).map { "zz\($0): 1" }.joined(separator: "\n")
        let error = #expect(throws: PolicyError.self) { try rules("\(fields)\n\(shippedText)") }
        let lines = try #require(error?.description.split(separator: "\n"))
        #expect(lines.count == 21)
        #expect(lines.first == "pack.yaml:1: unknown field zz1 in the pack; take it out")
        #expect(lines.last == "and 5 more; `settle rules check` lists them all")
    }

    @Test func `line ends of another system are read alike`() throws {
        let windows = shippedText.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        #expect(faults(windows) == [])
        let twice = windows.spoiled("insutype: 310\r\n", "insutype: 310\r\ninsutype: 310\r\n")
        let line = shippedText.line(of: "insutype")
        #expect(
            faults(twice) == ["pack.yaml:\(line + 1): insutype stands twice (first on line \(line)); write it once"])
    }

    @Test(arguments: 1...60)
    func `a byte changed anywhere is a fault or another rule set, never the same one`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var bytes = Array(shippedText.utf8)
        let place = Int(random.next() % UInt64(bytes.count))
        bytes[place] ^= UInt8(1 + random.next() % 127)
        let file = RuleFile(name: "pack.yaml", bytes: bytes)
        let files = RuleLibrary(rulesDirectory: nil, siteFile: nil, builtIn: [file])
        guard files.allFaults.isEmpty, let name = files.packs.first?.pack.name else { return }
        let digest = try RuleSet.load(pack: name, from: files).digest
        #expect(try digest != rules().digest, "seed \(seed): byte \(place)")
    }
}
