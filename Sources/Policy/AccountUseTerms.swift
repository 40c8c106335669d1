package import Money

/// What an account may be used for on one date (二（五）).
package struct AccountUseTerms: Hashable, Sendable {
    /// `use_kind` codes that an account may pay.
    package let allowed: [String]
    /// `use_kind` codes that it never pays: 公共卫生、体育健身、养生保健.
    package let forbidden: [String]
    /// The kinds that may benefit the owner.
    package let ownUses: [String]
    /// The kinds that may benefit a linked member of the family.
    package let familyUses: [String]
    /// `rlts_type` codes of the family: 配偶、父母、子女.
    package let familyRelations: [String]
    package let citations: Citations

    /// The article behind each list.
    package struct Citations: Hashable, Sendable {
        package let allowed: String
        package let forbidden: String
        package let ownUses: String
        package let familyUses: String
        package let familyRelations: String
    }
}

extension RuleSet {
    /// Throws `noRule` for a date before the first of any of the lists.
    package func accountUseTerms(on date: CivilDate) throws(PolicyError) -> AccountUseTerms {
        let allowed = try codes(.allowedUses, on: date)
        let forbidden = try codes(.forbiddenUses, on: date)
        let ownUses = try codes(.ownUses, on: date)
        let familyUses = try codes(.familyUses, on: date)
        let familyRelations = try codes(.familyRelations, on: date)
        return AccountUseTerms(
            allowed: allowed.value, forbidden: forbidden.value, ownUses: ownUses.value, familyUses: familyUses.value,
            familyRelations: familyRelations.value,
            citations: AccountUseTerms.Citations(
                allowed: allowed.cite, forbidden: forbidden.cite, ownUses: ownUses.cite, familyUses: familyUses.cite,
                familyRelations: familyRelations.cite))
    }
}
