import Money
import Settlement

/// What a chunk of a night has counted.
struct NightlyTally: Sendable {
    /// Settlements looked at, with their total fees: those new, and all of persons whose years were folded anew.
    var read = Count()
    /// By verdict, with the fund's payment in force.
    var verdicts: [String: Count] = [:]
    /// Rows written, with the fund's payment they state.
    var written = Count()
    /// Rows that replace an older revision.
    var revised = Count()
    /// Rows by which a proof restores what a run wrote and the ledger does not hold any more; the books hold it still.
    var restored = Count()
    /// Of what the fund and the accounts pay, what adjusts a closed year before the one of posting.
    var priorYearPool: [Int: Count] = [:]
    var priorYearEntries: [Int: Count] = [:]
    /// What institutions are owed more than before, by institution: from the fund and from accounts.
    var poolByInstitution: [FactID: Count] = [:]
    var accountByInstitution: [FactID: Count] = [:]
    /// Entries of accounts that settlements write, and those that other uses write.
    var settlementEntries = Count()
    var useEntries: [Int16: Count] = [:]
    var discrepancies: [String: Count] = [:]
    var findings: [String: Count] = [:]

    var controlTotals: [ControlTotal] {
        func rows<Item>(_ measure: String, _ counts: [Item: Count], _ name: (Item) -> String) -> [ControlTotal] {
            counts.map { ControlTotal(measure: measure, item: name($0.key), count: $0.value) }
        }
        let single = [
            ControlTotal(measure: "settlement.read", item: "", count: read),
            ControlTotal(measure: "adjudication.written", item: "", count: written),
            ControlTotal(measure: "adjudication.revised", item: "", count: revised),
            ControlTotal(measure: "entry.settlement", item: "", count: settlementEntries),
        ]
        let rare = [ControlTotal(measure: "adjudication.restored", item: "", count: restored)].filter {
            $0.count.rows > 0
        }
        return single + rare + rows("settlement.verdict", verdicts, \.self)
            + rows("prior_year.pool", priorYearPool, \.description)
            + rows("prior_year.entry", priorYearEntries, \.description)
            + rows("institution.pool", poolByInstitution, \.description)
            + rows("institution.account", accountByInstitution, \.description)
            + rows("entry.use", useEntries, \.description) + rows("discrepancy", discrepancies, \.self)
            + rows("finding", findings, \.self)
    }
}
