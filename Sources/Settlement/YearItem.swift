package import Money
package import Policy

/// A settlement in the order of its person's benefit year, with what the day and the place say about it.
package struct YearItem: Sendable {
    /// `setl_id`.
    package let id: FactID
    package let time: CivilTime
    /// `mdtrt_id`, where the deductible runs by visit.
    package let visit: FactID
    package let claim: Claim
    package let entry: PoolingEntry
    /// `init_setl_id` of a mirror row.
    package let original: FactID?
    package let isKnownPerson: Bool
    package let standing: Standing
    /// Whether a contribution for the month has been paid; asked only where the rules pool paid months only.
    package let isPaidMonth: Bool
    package let place: PlaceLevel

    package init(
        id: FactID, time: CivilTime, visit: FactID, claim: Claim, entry: PoolingEntry, original: FactID?,
        isKnownPerson: Bool, standing: Standing, isPaidMonth: Bool = true, place: PlaceLevel
    ) {
        self.id = id
        self.time = time
        self.visit = visit
        self.claim = claim
        self.entry = entry
        self.original = original
        self.isKnownPerson = isKnownPerson
        self.standing = standing
        self.isPaidMonth = isPaidMonth
        self.place = place
    }

    /// The same settlement for other amounts.
    func with(_ claim: Claim) -> YearItem {
        YearItem(
            id: id, time: time, visit: visit, claim: claim, entry: entry, original: original,
            isKnownPerson: isKnownPerson, standing: standing, isPaidMonth: isPaidMonth, place: place)
    }
}

/// The level that decides the rate: of the institution, or of the prescriber for a pharmacy.
package enum PlaceLevel: Hashable, Sendable {
    case level(InstitutionLevel)
    case unknownInstitution
    case unknownLevel
}

/// What a settlement comes to, and by what.
package struct YearOutcome: Hashable, Sendable {
    package let verdict: Verdict
    package let decision: Decision
    package let category: InsuredCategory?
    package let level: InstitutionLevel?
    /// Settlements between a refund and its original that would have come to something else without what is refunded;
    /// they keep what they got.
    package let kept: [KeptSettlement]
}

/// A settlement that keeps its result although an earlier one was refunded.
package struct KeptSettlement: Hashable, Sendable {
    package let id: FactID
    package let poolPayment: Fen
    /// What the fund would have paid had the refunded settlement, or the part of it that is refunded, never been.
    package let withoutOriginal: Fen
}
