import Money
import Policy
import Postgres
import Settlement

/// Everything a night needs to know before it looks at persons: fixed when the run begins, the same when it resumes.
struct NightlyPlan: Sendable {
    let run: Run
    private(set) var rules: OutpatientRules
    let institutions: InstitutionDirectory
    let categories: PersonCategoryTable
    let insurance: Int16
    private(set) var citations: NightlyCitations
    /// How account use is judged on the business date; `nil` if no rule covers it.
    let accountUse: AccountUseTerms?
    /// What the run is the first to fill.
    var fresh = FreshTables.none

    /// The same plan with rules of its own, for one of the threads that work by it.
    func copied() -> NightlyPlan {
        var plan = self
        plan.rules = rules.copied()
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
                rates: rules.tables.map { RateCitations($0, numbered: { citations.number(of: $0) }) },
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
    /// Of each table of rules.
    private(set) var rates: [RateCitations]
    let notice: Int32
    let accountUse: Int32

    /// - Parameter tables: the same rules, in the same order.
    fileprivate func citing(_ tables: [OutpatientTable]) -> NightlyCitations {
        var citations = self
        citations.rates = zip(rates, tables).map { $0.citing($1) }
        return citations
    }

    /// The article of the rate that a settlement was paid by; the notice itself for one that is outside or refused.
    func number(of outcome: YearOutcome, table: OutpatientTable?) -> Int32 {
        guard let table, let category = outcome.category, let level = outcome.level, outcome.verdict == .settled else {
            return notice
        }
        for rates in rates where rates.table === table {
            return rates.number(of: category.poolingCategory, level)
        }
        return notice
    }
}

/// The numbers of the articles that set the rates of one table of rules.
struct RateCitations: Sendable {
    private(set) var table: OutpatientTable
    private let numbers: [Int32]

    init(_ table: OutpatientTable, numbered number: (String) -> Int32) {
        self.table = table
        var numbers = [Int32](repeating: 0, count: PoolingCategory.allCases.count * InstitutionLevel.allCases.count)
        for category in PoolingCategory.allCases {
            for level in InstitutionLevel.allCases {
                let citation = table[category].citations.poolRates[level]
                numbers[RateCitations.position(of: category, level)] = number(citation)
            }
        }
        self.numbers = numbers
    }

    fileprivate func citing(_ table: OutpatientTable) -> RateCitations {
        var citations = self
        citations.table = table
        return citations
    }

    func number(of category: PoolingCategory, _ level: InstitutionLevel) -> Int32 {
        numbers[RateCitations.position(of: category, level)]
    }

    private static func position(of category: PoolingCategory, _ level: InstitutionLevel) -> Int {
        let row =
            switch category {
            case .active: 0
            case .retired: 1
            case .veteran: 2
            }
        return row * InstitutionLevel.allCases.count + Int(level.code) - 1
    }
}
