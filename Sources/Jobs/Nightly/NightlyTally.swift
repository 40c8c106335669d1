import Money
import Settlement

/// What a chunk of a night has counted.
struct NightlyTally: Sendable {
    /// Settlements looked at, with their total fees: those new, and all of persons whose years were folded anew.
    var read = Count()
    /// With the fund's payment in force, by verdict as it was first met: few, compared faster than hashed.
    private var verdicts: [VerdictCount] = []
    /// Rows written, with the fund's payment they state.
    var written = Count()
    /// Rows that replace an older revision.
    var revised = Count()
    /// Rows by which a proof restores what a run wrote and the ledger does not hold any more; the books hold it still.
    var restored = Count()
    /// Of what the fund and the accounts pay, what adjusts a closed year before the one of posting.
    var priorYearPool: [Int: Count] = [:]
    var priorYearEntries: [Int: Count] = [:]
    /// What institutions are owed more than before, in the order in which they were first met, and where each stands.
    private var owed: [Owed] = []
    private var places: [FactID: Int] = [:]
    /// Where the institution met last stands: a person goes back to the same one.
    private var latest: Int?
    /// Entries of accounts that settlements write, and those that other uses write.
    var settlementEntries = Count()
    var useEntries: [Int16: Count] = [:]
    var discrepancies: [String: Count] = [:]
    var findings: [String: Count] = [:]

    private struct VerdictCount {
        let code: Int16
        let name: String
        var count: Count
    }

    private struct Owed {
        let institution: FactID
        var pool = Count()
        var account = Count()
    }

    mutating func count(_ verdict: Verdict, poolPayment: Fen) throws(MoneyOverflow) {
        let code = verdict.code
        if let index = verdicts.firstIndex(where: { $0.code == code }) {
            try verdicts[index].count.add(poolPayment)
        } else {
            verdicts.append(VerdictCount(code: code, name: verdict.name, count: Count(rows: 1, amount: poolPayment)))
        }
    }

    /// - Parameters:
    ///   - pool: what the fund owes more than before.
    ///   - account: what accounts paid more than before.
    mutating func owe(_ institution: FactID, pool: Fen, account: Fen) throws(MoneyOverflow) {
        guard pool != .zero || account != .zero else { return }
        let place = place(of: institution)
        if pool != .zero { try owed[place].pool.add(pool) }
        if account != .zero { try owed[place].account.add(account) }
    }

    private mutating func place(of institution: FactID) -> Int {
        if let latest, owed[latest].institution == institution { return latest }
        let place = places[institution] ?? owed.count
        if place == owed.count {
            owed.append(Owed(institution: institution))
            places[institution] = place
        }
        latest = place
        return place
    }

    var controlTotals: [ControlTotal] {
        func rows<Item>(_ measure: String, _ counts: [Item: Count], _ name: (Item) -> String) -> [ControlTotal] {
            counts.map { ControlTotal(measure: measure, item: name($0.key), count: $0.value) }
        }
        func owedRows(_ measure: String, _ part: KeyPath<Owed, Count>) -> [ControlTotal] {
            owed.filter { $0[keyPath: part].rows > 0 }.map {
                ControlTotal(measure: measure, item: $0.institution.description, count: $0[keyPath: part])
            }
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
        let byVerdict = verdicts.map { ControlTotal(measure: "settlement.verdict", item: $0.name, count: $0.count) }
        return single + rare + byVerdict
            + rows("prior_year.pool", priorYearPool, \.description)
            + rows("prior_year.entry", priorYearEntries, \.description)
            + owedRows("institution.pool", \.pool) + owedRows("institution.account", \.account)
            + rows("entry.use", useEntries, \.description) + rows("discrepancy", discrepancies, \.self)
            + rows("finding", findings, \.self)
    }
}
