/// Which level a `hosp_lv` code stands for, on one date.
package struct InstitutionLevelTable: Hashable, Sendable {
    private let levels: [String: InstitutionLevel]
    /// Decision 18: the level of an institution without one.
    package let ungraded: InstitutionLevel

    init(_ codes: [(level: InstitutionLevel, codes: [String])], ungraded: InstitutionLevel) {
        var levels: [String: InstitutionLevel] = [:]
        for (level, codes) in codes {
            for code in codes { levels[code] = level }
        }
        self.levels = levels
        self.ungraded = ungraded
    }

    /// `nil` for a code that is none; no code or an empty one is an institution without a level.
    package func level(of code: String?) -> InstitutionLevel? {
        guard let code, !code.isEmpty else { return ungraded }
        return levels[code]
    }
}
