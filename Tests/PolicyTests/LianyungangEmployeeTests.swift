import Money
import Testing

@testable import Policy

private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
private func month(_ text: String) throws -> Month { try #require(Month(text)) }

@Suite struct `连政办发〔2022〕73号, the shipped pack` {
    let rules: RuleSet

    init() throws { rules = try RuleSet.load() }

    @Test func `它的名称、文号、险种和施行日期`() throws {
        #expect(rules.name == "lianyungang-employee")
        #expect(rules.pack.notice == "连政办发〔2022〕73号")
        #expect(rules.pack.insurance == "310")
        #expect(try rules.pack.effective == date("2023-01-01"))
    }

    @Test(arguments: [
        (PoolingCategory.active, Int64(750_00), Int64(6000_00), [Int64(7000), 6500, 6000]),
        (.retired, 600_00, 6000_00, [7500, 7000, 6000]),
        (.veteran, 600_00, 7000_00, [7500, 7000, 6000]),
    ])
    func `二（一） 起付标准、最高支付限额和支付比例`(
        category: PoolingCategory, deductible: Int64, cap: Int64, rates: [Int64]
    ) throws {
        let terms = try rules.outpatientTerms(of: category, on: date("2023-01-01"))
        #expect(terms.category == category)
        #expect(terms.deductible == Fen(deductible))
        #expect(terms.annualCap == Fen(cap))
        #expect(InstitutionLevel.allCases.map { terms.poolRates[$0].basisPoints } == rates)
        let article = "连政办发〔2022〕73号 二（一）"
        #expect(terms.citations.deductible == article)
        #expect(terms.citations.annualCap == article)
        #expect(InstitutionLevel.allCases.map { terms.citations.poolRates[$0] } == [article, article, article])
        #expect(try rules.outpatientTable(on: date("2023-01-01"))[category] == terms)
    }

    @Test func `二（三） 单位百分之七、个人百分之二、灵活就业百分之八`() throws {
        let terms = try rules.creditTerms(for: month("2023-01"))
        #expect(terms.employerRate == Rate(basisPoints: 700))
        #expect(terms.ownRate == Rate(basisPoints: 200))
        #expect(terms.flexibleRate == Rate(basisPoints: 800))
        #expect(terms.citations.flexibleRate == "连政办发〔2022〕73号 二（三）")
        // 4494.00 × 8 % = 359.52; with the fixed 16 and 4 yuan it is the published 379.52 a month.
        #expect(try terms.baseFloor.times(terms.flexibleRate, rounding: terms.rounding) == Fen(359_52))
    }

    @Test(arguments: [
        ("2023-01", Int64(4494_00), Int64(24042_00)), ("2023-12", 4494_00, 24042_00), ("2024-01", 4879_00, 24396_00),
    ])
    func `缴费基数上下限按年度`(covered: String, floor: Int64, ceiling: Int64) throws {
        let terms = try rules.creditTerms(for: month(covered))
        #expect(terms.baseFloor == Fen(floor))
        #expect(terms.baseCeiling == Fen(ceiling))
    }

    @Test func `二（四） 在职和灵活就业人员按本人缴费基数的百分之二`() throws {
        let terms = try rules.creditTerms(for: month("2023-01"))
        #expect(terms.workerCreditRate == Rate(basisPoints: 200))
        #expect(terms.creditedCollectionTypes == [10, 20, 30, 32, 34])
        #expect(terms.citations.workerCreditRate == "连政办发〔2022〕73号 二（四）")
        #expect(terms.categoryChange == .nextMonth)
        #expect(terms.rounding == .halfUp)
    }

    @Test(arguments: ["2023-01", "2023-12"])
    func `二（四） 2023年退休人员按本人2022年水平`(covered: String) throws {
        let terms = try rules.creditTerms(for: month(covered))
        #expect(terms.retireeCredit == .ownLevel(year: 2022, reading: .yearTotalTwelfth))
        #expect(terms.citations.retireeCredit == "连政办发〔2022〕73号 二（四）")
    }

    @Test func `二（四） 2024年1月起全市同一数额，未提供前说明由谁提供`() throws {
        let terms = try rules.creditTerms(for: month("2024-01"))
        guard case .notSupplied(let error) = terms.retireeCredit else {
            Issue.record("\(terms.retireeCredit)")
            return
        }
        let line = shippedText.line(of: "figure: 改革当年") - 2
        #expect(
            error.description == """
                lianyungang-employee.yaml:\(line): account.retiree_monthly_amount (退休人员个人账户月计入定额) is needed \
                from 2024-01-01 by 连政办发〔2022〕73号 二（四） and is not supplied yet.
                The figure: 改革当年全市基本养老金月平均水平的2.5 %，全市同一数额. To be supplied by: 市医疗保障局.
                Write these lines to a file, fill in what stands in <...>, and name the file with --site:
                site: <name of your office>
                completes: lianyungang-employee
                source: <document that states the figure>
                values:
                  account.retiree_monthly_amount:
                    2024-01-01: {value: <whole fen a month>, unit: fen/month}
                """)
        // Workers of the month can be credited all the same.
        #expect(terms.workerCreditRate == Rate(basisPoints: 200))
    }

    @Test func `2023年12月31日与2024年1月1日`() throws {
        let last = try rules.decision(.retireeCreditBasis, on: date("2023-12-31"), as: RetireeCreditBasis.self)
        let first = try rules.decision(.retireeCreditBasis, on: date("2024-01-01"), as: RetireeCreditBasis.self)
        #expect(last.value == .ownLevel)
        #expect(first.value == .cityAmount)
        #expect(try rules.amount(.baseFloor, on: date("2023-12-31")).value == Fen(4494_00))
        #expect(try rules.amount(.baseFloor, on: date("2024-01-01")).value == Fen(4879_00))
    }

    @Test func `未明示的事项取默认口径`() throws {
        let table = try rules.outpatientTable(on: date("2023-01-01"))
        #expect(
            table.decisions
                == OutpatientDecisions(
                    deductiblePeriod: .calendarYear, ceilingCounts: .poolPayment, categoryChange: .nextMonth,
                    changeWithinYear: .continue, benefitYear: .settlementTime, unpaidGap: .pooled,
                    coversFullSelfPay: .no, payerOrder: .ownAccountFirst, rounding: .halfUp))
        #expect(table.medicalTypes == [11, 110_104, 13])
        #expect(table.prescriptionMedicalTypes == [41])
        #expect(table.movedChronicDiseases == [])
        let deposits = try rules.rate(.poolDepositRate, on: date("2023-01-01"))
        #expect(deposits.value == Rate(basisPoints: 500))
        #expect(try rules.rate(.accountDepositRate, on: date("2023-01-01")).value == Rate(basisPoints: 0))
    }

    @Test(arguments: [
        ("11", InsuredCategory.active), ("1101", .active), ("1103", .flexible), ("11031", .flexible), ("12", .retired),
        ("1203", .retired), ("34", .veteran), ("3401", .veteran), ("136003", .veteran), ("136013", .veteran),
    ])
    func `人员类别按最长前缀`(code: String, category: InsuredCategory) throws {
        let table = try rules.personCategories(on: date("2023-01-01"))
        #expect(table.category(of: code) == category)
    }

    @Test(arguments: ["", "1", "13", "13600", "136004", "21", "退休"])
    func `其余编码不属于任何类别`(code: String) throws {
        #expect(try rules.personCategories(on: date("2023-01-01")).category(of: code) == nil)
    }

    @Test(arguments: [
        ("01", InstitutionLevel.tertiary), ("04", .tertiary), ("05", .secondary), ("07", .secondary), ("08", .primary),
        ("11", .primary), ("", .primary),
    ])
    func `医疗机构级别按编码，未定级归一级及以下`(code: String, level: InstitutionLevel) throws {
        #expect(try rules.institutionLevels(on: date("2023-01-01")).level(of: code) == level)
    }

    @Test func `没有级别编码与编码有误不是一回事`() throws {
        let levels = try rules.institutionLevels(on: date("2023-01-01"))
        #expect(levels.level(of: nil) == .primary)
        #expect(levels.level(of: "12") == nil)
    }

    @Test func `老工人在计入上是退休人员，在统筹上自成一类`() {
        #expect(InsuredCategory.allCases.map(\.isRetired) == [false, false, true, true])
        #expect(InsuredCategory.allCases.map(\.poolingCategory) == [.active, .active, .retired, .veteran])
    }

    @Test func `每个参数都在目录里，每个数值都有依据`() {
        let rows = rules.listing()
        #expect(Set(rows.map(\.key)) == Set(RuleKey.allCases))
        #expect(rows.allSatisfy { !$0.cite.isEmpty && !$0.title.isEmpty && !$0.isIllustrative })
    }

    @Test func `某日的清单只列当日有效的数值`() throws {
        let rows = try rules.listing(on: date("2023-12-31")).filter { $0.key == .baseFloor }
        #expect(rows.map(\.state) == [.value(.amount(Fen(4494_00)))])
        #expect(rows.map(\.place.description) == ["lianyungang-employee.yaml:\(shippedText.line(of: "value: 449400"))"])
        #expect(try rules.listing(on: date("2023-12-31")).allSatisfy { $0.key != .retireeMonthlyAmount })
        #expect(try rules.listing(on: date("2022-12-31")) == [])
    }
}
