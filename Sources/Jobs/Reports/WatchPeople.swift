import Money
import Policy

extension WatchFacts {
    /// What adjudications of an institution come to.
    struct InstitutionCount {
        var visits: Int64 = 0
        var people: Int64 = 0
        var pool = Fen.zero

        mutating func add(_ visits: Int64, _ people: Int64, _ pool: Fen) throws(MoneyOverflow) {
            self.visits += visits
            self.people += people
            try self.pool += pool
        }
    }

    /// Persons of a category with the same number of visits.
    struct VisitGroup: Hashable {
        /// Code of the category; 0 where nothing of the persons is settled any more.
        let category: Int16
        let visits: Int64
    }

    struct VisitCount {
        var people: Int64 = 0
        var pool = Fen.zero

        mutating func add(_ people: Int64, _ pool: Fen) throws(MoneyOverflow) {
            self.people += people
            try self.pool += pool
        }
    }

    /// The visits of a category's persons who have any: the median and the median deviation, at least one visit. Of an even
    /// number of persons the lower of the two in the middle.
    struct VisitSpread: Hashable {
        let median: Int64
        let deviation: Int64

        /// By category.
        static func all(_ groups: [VisitGroup: VisitCount]) -> [Int16: VisitSpread] {
            let visiting = groups.filter { $0.key.visits > 0 }
            return Dictionary(grouping: visiting, by: \.key.category).mapValues { groups in
                let median = middle(groups.map { (value: $0.key.visits, people: $0.value.people) })
                let deviation = middle(
                    groups.map { (value: abs($0.key.visits - median), people: $0.value.people) })
                return VisitSpread(median: median, deviation: max(deviation, 1))
            }
        }

        private static func middle(_ values: [(value: Int64, people: Int64)]) -> Int64 {
            let all = values.reduce(0) { $0 + $1.people }
            var passed: Int64 = 0
            for (value, people) in values.sorted(by: { $0.value < $1.value }) {
                passed += people
                if passed * 2 >= all { return value }
            }
            return 0
        }
    }

    /// Somebody with many more visits than the others of the category.
    struct FarPerson {
        let person: Int64
        let group: VisitGroup
        /// Where the person has a visit left.
        let institutions: Int64
        let pool: Fen
        /// Masked; empty as long as it was not asked for.
        var number = ""
        /// `insu_admdvs`.
        var district = ""
        var spread = VisitSpread(median: 0, deviation: 1)

        var category: InsuredCategory? { InsuredCategory.allCases.first { $0.code == group.category } }

        /// Beyond three deviations, the farthest first.
        ///
        /// - Parameter most: of each category at least those of most visits.
        static func farthest(_ most: [FarPerson], among groups: [VisitGroup: VisitCount]) -> [FarPerson] {
            let spreads = VisitSpread.all(groups)
            let far = most.compactMap { person -> FarPerson? in
                guard let spread = spreads[person.group.category],
                    person.group.visits - spread.median > 3 * spread.deviation
                else { return nil }
                var person = person
                person.spread = spread
                return person
            }
            return Array(far.sorted { $0.isFarther(than: $1) }.prefix(WatchFacts.shown))
        }

        private func isFarther(than other: FarPerson) -> Bool {
            let (mine, theirs) = (group.visits - spread.median, other.group.visits - other.spread.median)
            let (left, right) = (mine * other.spread.deviation, theirs * spread.deviation)
            return (left, mine, pool, other.person) > (right, theirs, other.pool, person)
        }
    }
}

extension WatchFacts.PeopleBand {
    /// By category and band, those of no category last.
    static func all(_ groups: [WatchFacts.VisitGroup: WatchFacts.VisitCount]) throws(MoneyOverflow) -> [Self] {
        struct Place: Hashable {
            let category: Int16
            let band: WatchFacts.Band
        }
        let spreads = WatchFacts.VisitSpread.all(groups)
        var counts: [Place: (people: Int64, visits: Int64, pool: Fen)] = [:]
        for (group, count) in groups {
            let place = Place(
                category: group.category, band: WatchFacts.Band(of: group.visits, in: spreads[group.category]))
            let sum = counts[place] ?? (people: 0, visits: 0, pool: .zero)
            counts[place] = (
                people: sum.people + count.people, visits: sum.visits + group.visits * count.people,
                pool: try sum.pool + count.pool
            )
        }
        let places = counts.keys.sorted {
            ($0.category == 0 ? 1 : 0, $0.category, $0.band.rawValue)
                < ($1.category == 0 ? 1 : 0, $1.category, $1.band.rawValue)
        }
        return places.compactMap { place in
            guard let count = counts[place] else { return nil }
            let spread = spreads[place.category]
            return Self(
                category: InsuredCategory.allCases.first { $0.code == place.category }, band: place.band,
                median: spread?.median, deviation: spread?.deviation, people: count.people, visits: count.visits,
                pool: count.pool)
        }
    }
}

extension WatchFacts.Band {
    fileprivate init(of visits: Int64, in spread: WatchFacts.VisitSpread?) {
        guard let spread, visits > spread.median else {
            self = .upToMedian
            return
        }
        let above = visits - spread.median
        self =
            above <= 3 * spread.deviation
            ? .withinThree
            : above <= 6 * spread.deviation ? .withinSix : above <= 10 * spread.deviation ? .withinTen : .beyond
    }
}
