package import Money
package import Policy

/// What should be looked at in a use of an account, in this order. The use is booked all the same: the money has moved.
package enum AccountUseFinding: String, Hashable, Sendable, CaseIterable {
    /// No rule of 二（五） covers the day.
    case noRule = "no_rule"
    /// The interface has no such `acct_incexpd_type`; the money is booked by its hundreds.
    case movementNotKnown = "movement_not_known"
    /// Neither an allowed nor a forbidden `use_kind`.
    case kindNotKnown = "use_kind_not_known"
    /// 公共卫生、体育健身、养生保健: what an account never pays.
    case kindForbidden = "use_kind_forbidden"
    /// The beneficiary is not linked to the account on that day.
    case beneficiaryWithoutLink = "beneficiary_without_link"
    /// A kind that is not for this beneficiary: for the owner, or for a member of the family.
    case relationNotAllowed = "relation_not_allowed"
    /// The owner had died, and the movement is not one that follows a death.
    case ownerDead = "owner_dead"
    /// The owner was not enrolled, and the movement is not one that follows leaving.
    case ownerNotEnrolled = "owner_not_enrolled"
    /// A negative amount that cancels nothing, or a cancellation that is not negative.
    case wrongSign = "wrong_sign"
}

/// What a use of an account comes to.
package struct AccountUseJudgement: Hashable, Sendable {
    /// `acct_incexpd_type` to book it by, as delivered.
    package let movement: Int16
    /// What it moves: negative takes away from the account.
    package let amount: Fen
    /// Ordered; empty if there is nothing to look at.
    package let findings: [AccountUseFinding]
    /// What the findings rest on; `nil` if no rule covers the day.
    package let citation: String?
}

/// 个人账户使用。 二（五）: what the account may pay, and for whom. Nothing is refused: what is out of scope is booked and
/// found.
///
/// A cancellation moves the money back by its own sign; what was wrong with the original is not found again.
///
/// - Parameters:
///   - owner: the account's owner, standing as of the day of the use.
///   - links: the owner's links, valid ones only, in any order.
///   - terms: the rules of the day; `nil` if none covers it.
package func judge(
    _ use: AccountUse, owner: AccountOwner, links: [FamilyLink], terms: AccountUseTerms?
) throws(MoneyOverflow) -> AccountUseJudgement {
    let movement = AccountMovement(rawValue: use.movement)
    var findings: [AccountUseFinding] = []
    if terms == nil { findings.append(.noRule) }
    if movement == nil { findings.append(.movementNotKnown) }
    if let movement, !use.isCancellation {
        if movement.paysForSomething, let terms {
            if let finding = kindFinding(use.kind, terms) { findings.append(finding) }
            if let finding = beneficiaryFinding(use, owner, links, terms) { findings.append(finding) }
        }
        if let finding = movement.finding(for: owner.standing) { findings.append(finding) }
    }
    if use.isCancellation ? use.amount > .zero : use.amount < .zero { findings.append(.wrongSign) }
    let takesAway = movement?.takesAway ?? (use.movement >= 200)
    return AccountUseJudgement(
        movement: use.movement, amount: takesAway ? try use.amount.negated() : use.amount, findings: findings,
        citation: terms.map { citation(of: findings, $0) })
}

private func kindFinding(_ kind: String, _ terms: AccountUseTerms) -> AccountUseFinding? {
    if terms.forbidden.contains(kind) { return .kindForbidden }
    return terms.allowed.contains(kind) ? nil : .kindNotKnown
}

/// Whether the use may benefit whom it benefits. A kind that is no allowed one is for nobody, and that is found already.
private func beneficiaryFinding(
    _ use: AccountUse, _ owner: AccountOwner, _ links: [FamilyLink], _ terms: AccountUseTerms
) -> AccountUseFinding? {
    let isAllowed = terms.allowed.contains(use.kind)
    guard let beneficiary = use.beneficiary, beneficiary != owner.person else {
        return isAllowed && !terms.ownUses.contains(use.kind) ? .relationNotAllowed : nil
    }
    let relations = links.filter { $0.relative == beneficiary && $0.holds(on: use.date) }.map(\.relation)
    guard !relations.isEmpty else { return .beneficiaryWithoutLink }
    let isFamily = relations.contains(where: terms.familyRelations.contains)
    return isAllowed && !(isFamily && terms.familyUses.contains(use.kind)) ? .relationNotAllowed : nil
}

/// The article of the first finding that has one of its own, or that of the allowed kinds.
private func citation(of findings: [AccountUseFinding], _ terms: AccountUseTerms) -> String {
    switch findings.first {
    case .kindForbidden: terms.citations.forbidden
    case .beneficiaryWithoutLink: terms.citations.familyRelations
    case .relationNotAllowed: terms.citations.familyUses
    case .noRule, .movementNotKnown, .kindNotKnown, .ownerDead, .ownerNotEnrolled, .wrongSign, nil:
        terms.citations.allowed
    }
}
