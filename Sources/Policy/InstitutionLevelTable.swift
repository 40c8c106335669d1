/// Which level a `hosp_lv` code stands for, on one date.
package struct InstitutionLevelTable: Hashable, Sendable {
    /// A dozen short codes, which are compared faster than hashed.
    private let levels: [CodedLevel]
    /// Decision 18: the level of an institution without one.
    package let ungraded: InstitutionLevel

    private struct CodedLevel: Hashable, Sendable {
        let code: String
        let level: InstitutionLevel
    }

    init(_ codes: [(level: InstitutionLevel, codes: [String])], ungraded: InstitutionLevel) {
        levels = codes.flatMap { level, codes in codes.map { CodedLevel(code: $0, level: level) } }
        self.ungraded = ungraded
    }

    private init(_ levels: [CodedLevel], ungraded: InstitutionLevel) {
        self.levels = levels
        self.ungraded = ungraded
    }

    /// The same table in memory of its own, see ``OutpatientTable/copied()``.
    func copied() -> InstitutionLevelTable {
        InstitutionLevelTable(levels.map(\.self), ungraded: ungraded)
    }

    /// `nil` for a code that is none; no code or an empty one is an institution without a level.
    package func level(of code: String?) -> InstitutionLevel? {
        guard let code, !code.isEmpty else { return ungraded }
        for index in levels.indices.reversed() where levels[index].code == code { return levels[index].level }
        return nil
    }
}
