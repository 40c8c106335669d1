import Money
import Postgres
import Settlement

/// 家庭共济核对. Proves what settlements of other persons took from the accounts of a chunk.
///
/// The patients are of other chunks, so this is a step of its own: it goes by adjudications, which all have to be right.
struct FamilyProof {
    private let plan: YearEndPlan
    private let range: PersonRange
    /// In a dry run nothing is written, and so nothing can be looked at again.
    private let writes: Bool

    init(plan: YearEndPlan, range: PersonRange, writes: Bool) {
        self.plan = plan
        self.range = range
        self.writes = writes
    }

    func run(_ connection: inout Connection) throws -> [ControlTotal] {
        guard let proof = try look(&connection) else { return [] }
        var totals = try proof.controlTotals + FamilyProof.totals("difference", proof)
        guard writes else { return totals }
        var rest = proof
        if !proof.adjustments.isEmpty {
            try proof.write(of: plan.run, &connection)
            rest = try look(&connection) ?? proof
        }
        let remainder = try FamilyProof.totals("remainder", rest)
        try plan.expectNothing(of: remainder)
        totals += remainder
        return totals
    }

    /// The persons of the chunk whose accounts do not hold what they paid for others, ascending. Writes nothing.
    func differingPersons(_ connection: inout Connection) throws -> [Int64] {
        try look(&connection)?.persons.sorted() ?? []
    }

    private func look(_ connection: inout Connection) throws -> EntryProof? {
        guard let pooling = plan.pooling else { return nil }
        let extract = ProofExtract(plan: pooling, year: plan.year, range: range)
        let subjects = try extract.readFamilySubjects(&connection)
        guard !subjects.isEmpty else { return try EntryProof(due: [], posted: []) }
        return try EntryProof(
            due: try extract.readFamilyPayments(&connection),
            posted: try extract.readFamilyEntries(of: subjects, &connection))
    }

    private static func totals(_ measure: String, _ proof: EntryProof) throws -> [ControlTotal] {
        [
            ControlTotal(measure: "\(measure).entry", item: "", count: try proof.differences),
            ControlTotal(measure: "\(measure).person", item: "", count: Count(rows: Int64(proof.persons.count))),
        ]
    }
}
