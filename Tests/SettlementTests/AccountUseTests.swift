import Money
import Policy
import Testing

@testable import Settlement

private let owner: Int64 = 1
private let wife: Int64 = 2
private let son: Int64 = 3
private let mother: Int64 = 4
private let neighbour: Int64 = 9
private let family = [wife, son, mother]

/// A use of an account on 2023-06-10 and what should be found about it.
private struct Use: CustomTestStringConvertible, Sendable {
    let name: String
    var movement = AccountMovement.premium
    var kind = "serious_illness_premium"
    var beneficiary: Int64?
    var fen: Int64 = 60_00
    var standing = Standing.enrolled(.active)
    var isCancellation = false
    var findings: [AccountUseFinding] = []

    var testDescription: String { name }
}

private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

private func links() throws -> [FamilyLink] {
    [
        FamilyLink(relative: wife, relation: "spouse", begin: try day("2023-02-01"), end: try day("2023-06-10")),
        FamilyLink(relative: son, relation: "child", begin: try day("2023-06-10"), end: nil),
        FamilyLink(relative: mother, relation: "parent", begin: try day("2020-01-01"), end: nil),
        FamilyLink(relative: 5, relation: "sibling", begin: try day("2020-01-01"), end: nil),
        FamilyLink(relative: 6, relation: "spouse", begin: try day("2020-01-01"), end: try day("2023-06-09")),
        FamilyLink(relative: 7, relation: "spouse", begin: try day("2023-06-11"), end: nil),
    ]
}

private func judged(
    _ use: Use, on date: String = "2023-06-10", terms: AccountUseTerms?
) throws -> AccountUseJudgement {
    try judge(
        AccountUse(
            movement: use.movement.rawValue, kind: use.kind, beneficiary: use.beneficiary, amount: Fen(use.fen),
            date: day(date), isCancellation: use.isCancellation),
        owner: AccountOwner(person: owner, standing: use.standing), links: links(), terms: terms)
}

private let ownUses = [
    "institution", "pharmacy", "serious_illness_premium", "large_sum_premium", "long_term_care_premium",
]
private let familyUses = ["institution", "pharmacy", "residents_premium"]
private let forbiddenUses = ["public_health", "sport_fitness", "wellness"]

private let uses: [Use] =
    ownUses.map { Use(name: "二（五） 本人 \($0)", movement: .spending, kind: $0) }
    + familyUses.flatMap { kind in
        family.map { Use(name: "二（五） 家庭成员\($0) \(kind)", kind: kind, beneficiary: $0) }
    }
    + forbiddenUses.map {
        Use(name: "二（五） 不得支付 \($0)", movement: .spending, kind: $0, findings: [.kindForbidden])
    }
    + [
        Use(name: "本人即受益人", beneficiary: owner),
        Use(name: "本人的居民医保保费", kind: "residents_premium", findings: [.relationNotAllowed]),
        Use(name: "配偶的职工大病保费", beneficiary: wife, findings: [.relationNotAllowed]),
        Use(name: "子女的长期护理保险保费", kind: "long_term_care_premium", beneficiary: son, findings: [.relationNotAllowed]),
        Use(name: "非家庭成员", kind: "residents_premium", beneficiary: neighbour, findings: [.beneficiaryWithoutLink]),
        Use(name: "授权前一日已终止", kind: "pharmacy", beneficiary: 6, findings: [.beneficiaryWithoutLink]),
        Use(name: "授权次日才开始", kind: "pharmacy", beneficiary: 7, findings: [.beneficiaryWithoutLink]),
        Use(name: "兄弟姐妹", kind: "pharmacy", beneficiary: 5, findings: [.relationNotAllowed]),
        Use(name: "用途不明", kind: "拍卖", findings: [.kindNotKnown]),
        Use(name: "用途不明且非家庭成员", kind: "", beneficiary: neighbour, findings: [.kindNotKnown, .beneficiaryWithoutLink]),
        Use(name: "不得支付且为配偶", kind: "wellness", beneficiary: wife, findings: [.kindForbidden]),
        Use(name: "本人已死亡", standing: .dead, findings: [.ownerDead]),
        Use(name: "本人未参保", standing: .notEnrolled, findings: [.ownerNotEnrolled]),
        Use(name: "本人类别不明不是发现", standing: .unknownStatus),
        Use(name: "死亡后由继承人领取", movement: .toHeirs, kind: "inheritance", beneficiary: neighbour, standing: .dead),
        Use(name: "死亡后注销", movement: .closedOut, kind: "", standing: .dead),
        Use(name: "死亡后转出", movement: .transferredOut, kind: "transfer_out", standing: .dead, findings: [.ownerDead]),
        Use(name: "离开后转出", movement: .transferredOut, kind: "transfer_out", standing: .notEnrolled),
        Use(name: "转入", movement: .transferredIn, kind: "transfer_in"),
        Use(
            name: "离开后转入", movement: .transferredIn, kind: "transfer_in", standing: .notEnrolled,
            findings: [.ownerNotEnrolled]),
        Use(name: "负数而非冲销", fen: -1, findings: [.wrongSign]),
        Use(name: "冲销", fen: -60_00, isCancellation: true),
        Use(name: "冲销为正数", fen: 60_00, isCancellation: true, findings: [.wrongSign]),
        Use(
            name: "冲销不再评判原用途", kind: "wellness", beneficiary: neighbour, fen: -1, standing: .dead, isCancellation: true),
        Use(
            name: "一笔可有多项发现，次序固定", movement: .spending, kind: "wellness", beneficiary: neighbour, fen: -1,
            standing: .dead, findings: [.kindForbidden, .beneficiaryWithoutLink, .ownerDead, .wrongSign]),
    ]

@Suite struct `二（五） 个人账户使用` {
    let terms: AccountUseTerms

    init() throws { terms = try RuleSet.load().accountUseTerms(on: day("2023-06-10")) }

    @Test func `the lists of the shipped pack and their article`() {
        #expect(
            terms.allowed == [
                "institution", "pharmacy", "serious_illness_premium", "large_sum_premium",
                "long_term_care_premium", "residents_premium",
            ])
        #expect(terms.ownUses == ownUses)
        #expect(terms.familyUses == familyUses)
        #expect(terms.forbidden == forbiddenUses)
        #expect(terms.familyRelations == ["spouse", "parent", "child"])
        #expect(Set(terms.ownUses + terms.familyUses) == Set(terms.allowed))
        #expect(terms.citations.allowed == "连政办发〔2022〕73号 二（五）")
    }

    @Test(arguments: uses)
    fileprivate func `is booked, and what is out of scope is found`(use: Use) throws {
        let judgement = try judged(use, terms: terms)
        #expect(judgement.findings == use.findings)
        #expect(judgement.movement == use.movement.rawValue)
        #expect(judgement.amount == Fen(use.movement.takesAway ? -use.fen : use.fen))
        #expect(judgement.citation == "连政办发〔2022〕73号 二（五）")
    }

    @Test(arguments: AccountMovement.allCases)
    func `kinds in the hundreds add, those in the two hundreds take away, cancellations the other way round`(
        movement: AccountMovement
    ) throws {
        let adds = movement.rawValue < 200
        let plain = try judged(Use(name: "", movement: movement, fen: 5), terms: terms)
        #expect(plain.amount == Fen(adds ? 5 : -5))
        let cancelled = try judged(Use(name: "", movement: movement, fen: -5, isCancellation: true), terms: terms)
        #expect(cancelled.amount == Fen(adds ? -5 : 5))
        #expect(cancelled.findings == [])
    }

    @Test(arguments: [(Int16(199), Int64(7)), (204, -7), (999, -7), (0, 7)])
    func `a movement that the interface does not have is booked by its hundreds and found`(
        movement: Int16, amount: Int64
    ) throws {
        let use = AccountUse(
            movement: movement, kind: "wellness", beneficiary: nil, amount: Fen(7), date: try day("2023-06-10"),
            isCancellation: false)
        let judgement = try judge(
            use, owner: AccountOwner(person: owner, standing: .enrolled(.active)), links: [], terms: terms)
        #expect(judgement.findings == [.movementNotKnown])
        #expect(judgement.movement == movement)
        #expect(judgement.amount == Fen(amount))
    }

    @Test func `before the first rule nothing can be judged but the owner and the sign`() throws {
        let rules = try RuleSet.load()
        #expect(throws: PolicyError.self) { try rules.accountUseTerms(on: day("2022-12-31")) }
        let judgement = try judged(
            Use(name: "", kind: "wellness", fen: -1, standing: .dead), on: "2022-12-31", terms: nil)
        #expect(judgement.findings == [.noRule, .ownerDead, .wrongSign])
        #expect(judgement.citation == nil)
        #expect(judgement.amount == Fen(1))
    }

    @Test func `the order of findings is that of the list`() {
        let order = uses.map { use in use.findings.compactMap(AccountUseFinding.allCases.firstIndex) }
        #expect(order.allSatisfy { $0 == $0.sorted() })
        let found = Set(uses.flatMap(\.findings))
        #expect(found.union([.noRule, .movementNotKnown]) == Set(AccountUseFinding.allCases))
    }

    @Test func `an amount at the edge of 64 bits overflows as an error`() {
        #expect(throws: MoneyOverflow.self) { try judged(Use(name: "", fen: .min), terms: terms) }
    }
}
