import Money
import Policy
import Postgres
import Settlement

/// Everything a night needs to know before it looks at persons: fixed when the run begins, the same when it resumes.
struct NightlyPlan: Sendable {
    let run: Run
    private(set) var rules: OutpatientRules
    private(set) var institutions: InstitutionDirectory
    let categories: PersonCategoryTable
    let insurance: Int16
    private(set) var citations: NightlyCitations
    /// How account use is judged on the business date; `nil` if no rule covers it.
    let accountUse: AccountUseTerms?
    /// Earlier batches of which facts are new, see ``OpenedBatches``.
    var opened: [Int64] = []
    /// What the run is the first to fill.
    var fresh = FreshTables.none

    /// The same plan in memory of its own, for one of the threads that work by it.
    func copied() -> NightlyPlan {
        var plan = self
        plan.rules = rules.copied()
        plan.institutions = institutions.copied()
        plan.citations = citations.citing(plan.rules.tables)
        return plan
    }

    func isNew(batch: Int64, date: CivilDate) -> Bool {
        guard let previous = run.previous else { return true }
        return batch > previous.batch || date > previous.date
    }
}

extension NightlyPlan {
    /// - Throws: ``JobError/noServiceDate``, `PolicyError`, `DatabaseError`.
    init(
        _ run: Run, by ruleSet: RuleSet, on date: CivilDate, _ citations: inout CitationStore,
        _ connection: inout Connection
    ) throws {
        let rules = try OutpatientRules(ruleSet)
        guard !rules.goesByServiceDate else { throw JobError.noServiceDate }
        let accountUse = NightlyPlan.accountUse(by: ruleSet, on: date)
        let notice = ruleSet.pack.notice
        self.init(
            run: run, rules: rules,
            institutions: try InstitutionDirectory(
                &connection, batchUpto: run.horizon.batch, previousBatch: run.previous?.batch),
            categories: try ruleSet.personCategories(on: date), insurance: Int16(ruleSet.pack.insurance) ?? 0,
            citations: NightlyCitations(
                rates: RateCitations(rules.tables, numbered: { citations.number(of: $0) }),
                notice: citations.number(of: notice),
                accountUse: citations.number(of: accountUse?.citations.allowed ?? notice)),
            accountUse: accountUse)
    }

    /// `nil` before any rule: then each use is found to have none.
    private static func accountUse(by ruleSet: RuleSet, on date: CivilDate) -> AccountUseTerms? {
        do throws(PolicyError) {
            return try ruleSet.accountUseTerms(on: date)
        } catch {
            return nil
        }
    }
}

/// The numbers under which the ledger cites what a night decides.
struct NightlyCitations: Sendable {
    /// Of the tables of rules.
    private(set) var rates: RateCitations
    let notice: Int32
    let accountUse: Int32

    /// - Parameter tables: the same rules, in the same order.
    fileprivate func citing(_ tables: [OutpatientTable]) -> NightlyCitations {
        var citations = self
        citations.rates = rates.citing(tables)
        return citations
    }

    /// The article of the rate that a settlement was paid by; the notice itself for one that is outside or refused.
    func number(of outcome: YearOutcome, table: OutpatientTable?) -> Int32 {
        guard let table, let category = outcome.category, let level = outcome.level, outcome.verdict == .settled else {
            return notice
        }
        return rates.number(in: table, of: category.poolingCategory, level) ?? notice
    }
}

/// The numbers of the articles that set the rates of the tables of rules.
struct RateCitations: Sendable {
    private var tables: [ObjectIdentifier]
    /// By table, category and level.
    private let numbers: [Int32]

    init(_ tables: [OutpatientTable], numbered number: (String) -> Int32) {
        self.tables = tables.map(ObjectIdentifier.init)
        var numbers = [Int32](repeating: 0, count: tables.count * RateCitations.ratesOfTable)
        for (index, table) in tables.enumerated() {
            for category in PoolingCategory.allCases {
                for level in InstitutionLevel.allCases {
                    let citation = table[category].citations.poolRates[level]
                    numbers[RateCitations.position(in: index, of: category, level)] = number(citation)
                }
            }
        }
        self.numbers = numbers
    }

    /// - Parameter tables: the same rules, in the same order.
    fileprivate func citing(_ tables: [OutpatientTable]) -> RateCitations {
        var citations = self
        citations.tables = tables.map(ObjectIdentifier.init)
        return citations
    }

    /// `nil` if the table is none of these.
    func number(in table: OutpatientTable, of category: PoolingCategory, _ level: InstitutionLevel) -> Int32? {
        for index in tables.indices where tables[index] == ObjectIdentifier(table) {
            return numbers[RateCitations.position(in: index, of: category, level)]
        }
        return nil
    }

    private static let levels = InstitutionLevel.allCases.count
    private static let ratesOfTable = PoolingCategory.allCases.count * levels

    private static func position(in table: Int, of category: PoolingCategory, _ level: InstitutionLevel) -> Int {
        let row =
            switch category {
            case .active: 0
            case .retired: 1
            case .veteran: 2
            }
        return table * ratesOfTable + row * levels + Int(level.code) - 1
    }
}
