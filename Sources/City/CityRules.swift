package import Money

/// What the generator knows of the law: the figures that shape the facts. The engine has its own, in the rule packs;
/// the two are kept apart so that a mistake in one shows in the other.
package struct CityRules: Hashable, Sendable {
    /// In ascending order of `effective`; the first also serves the months before it.
    package var baseLimits: [BaseLimits]
    /// 个人缴费比例.
    package var ownRate: Rate
    /// 单位缴费比例, without maternity.
    package var employerRate: Rate
    /// Flexible workers pay all of it themselves.
    package var flexibleRate: Rate
    package var pooling: PoolingTerms

    package init(
        baseLimits: [BaseLimits], ownRate: Rate, employerRate: Rate, flexibleRate: Rate, pooling: PoolingTerms
    ) {
        precondition(!baseLimits.isEmpty, "a city has limits of the contribution base")
        self.baseLimits = baseLimits
        self.ownRate = ownRate
        self.employerRate = employerRate
        self.flexibleRate = flexibleRate
        self.pooling = pooling
    }

    /// 连云港: 4494–24042 for 2023 and provisionally for 2024, until 4879–24396 were published in September 2024.
    package static let lianyungang = CityRules(
        baseLimits: [
            BaseLimits(
                effective: Month(monthNumber: 2023 * 12), floor: Fen(4494_00), ceiling: Fen(24_042_00),
                published: Month(monthNumber: 2023 * 12).firstDay),
            BaseLimits(
                effective: Month(monthNumber: 2024 * 12), floor: Fen(4879_00), ceiling: Fen(24_396_00),
                published: Month(monthNumber: 2024 * 12 + 8).lastDay),
        ],
        ownRate: Rate(basisPoints: 200), employerRate: Rate(basisPoints: 700), flexibleRate: Rate(basisPoints: 800),
        pooling: .lianyungang)

    /// The limits that an office collecting on `date` applies to `month`: the newest ones published by then.
    package func limits(covering month: Month, knownOn date: CivilDate) -> BaseLimits {
        var known = baseLimits[0]
        for limits in baseLimits where limits.effective <= month && limits.published <= date {
            known = limits
        }
        return known
    }
}

/// 缴费基数上下限, for months covered from `effective` on, known to the office from `published` on.
package struct BaseLimits: Hashable, Sendable {
    package var effective: Month
    package var floor: Fen
    package var ceiling: Fen
    package var published: CivilDate

    package init(effective: Month, floor: Fen, ceiling: Fen, published: CivilDate) {
        self.effective = effective
        self.floor = floor
        self.ceiling = ceiling
        self.published = published
    }

    package func base(forWage wage: Fen) -> Fen {
        min(max(wage, floor), ceiling)
    }
}
