import Money
import Policy
import Postgres
import Settlement

/// Everything a night needs to know before it looks at persons: fixed when the run begins, the same when it resumes.
struct NightlyPlan: Sendable {
    let run: Run
    let rules: OutpatientRules
    let institutions: InstitutionDirectory
    let categories: PersonCategoryTable
    let insurance: Int16
    let citations: NightlyCitations
    /// How account use is judged on the business date; `nil` if no rule covers it.
    let accountUse: AccountUseTerms?

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
                rates: Dictionary(uniqueKeysWithValues: rules.rateCitations.map { ($0, citations.number(of: $0)) }),
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
    private var numbers: [String: Int32] = [:]
    let notice: Int32
    let accountUse: Int32

    /// - Parameter rates: every citation of a pool rate, numbered.
    init(rates: [String: Int32], notice: Int32, accountUse: Int32) {
        numbers = rates
        self.notice = notice
        self.accountUse = accountUse
    }

    /// The article of the rate that a settlement was paid by; the notice itself for one that is outside or refused.
    func number(of outcome: YearOutcome, table: OutpatientTable?) -> Int32 {
        guard let table, let category = outcome.category, let level = outcome.level, outcome.verdict == .settled else {
            return notice
        }
        return numbers[table[category.poolingCategory].citations.poolRates[level]] ?? notice
    }
}
