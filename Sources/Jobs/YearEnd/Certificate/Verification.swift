import Money
import Policy
import Postgres

/// 复验: computes a certificate again from the database as it stands and names what does not match. It reads only.
package struct Verification: Sendable {
    package let year: Int
    package let run: Int64
    /// Of the certificate as it was kept.
    package let digest: String
    package let lines: Int
    package let leaves: Int
    /// Rows of the ledger and of the facts that were hashed again.
    package let rows: Int64
    /// Empty if everything matches.
    package let mismatches: [CertificateMismatch]

    package var holds: Bool { mismatches.isEmpty }
    package var exitCode: ExitCode { holds ? .done : .doesNotTie }
}

/// One place where the database is not what the certificate says.
package enum CertificateMismatch: Hashable, Sendable {
    /// Rows of a table were changed, added or taken away for persons of a range; with the persons there of whom the ledger
    /// does not hold what their facts come to.
    case leaf(CertificateLeaf, foundRows: Int64, persons: [Int64])
    case line(section: String, item: String, kept: CertificateLine?, found: CertificateLine?)
    /// The certificate itself was changed: its digest is not that of its lines and leaves.
    case certificate(kept: String, computed: String)
    /// The certificate of the year before is another now.
    case previous(kept: String?, found: String?)
}

/// Why there is nothing to verify.
package enum VerifyError: Error, Hashable, Sendable, CustomStringConvertible {
    case notCertified(Int)
    case noYear
    /// The operator asked the program to stop before every place was looked at.
    case stopped(Int)

    package var exitCode: ExitCode {
        switch self {
        case .notCertified, .noYear: .refused
        case .stopped: .tryLater
        }
    }

    package var description: String {
        switch self {
        case .notCertified(let year):
            "the year \(year) has no certificate; `settle year-end --year \(year)` closes it and makes one."
        case .noYear: "no year is closed yet, so there is nothing to verify."
        case .stopped(let year): "the verification of \(year) stopped as asked; nothing can be said of the year."
        }
    }
}

/// Computes certificates again.
package struct VerifyJob {
    private let context: JobContext
    private let year: Int?

    /// - Parameter year: `nil` verifies every closed year.
    package init(_ context: JobContext, year: Int?) {
        self.context = context
        self.year = year
    }

    /// - Throws: ``VerifyError``, ``JobError``, `DatabaseError`.
    package func run() async throws -> [Verification] {
        var connection = try Connection(context.settings)
        try Migrator().verify(&connection)
        let years = try year.map { [$0] } ?? CertificateStore.years(&connection)
        guard !years.isEmpty else { throw VerifyError.noYear }
        var verifications: [Verification] = []
        for year in years {
            guard let kept = try CertificateStore.read(year, &connection) else { throw VerifyError.notCertified(year) }
            verifications.append(try await verify(kept, &connection))
        }
        return verifications
    }

    private func verify(_ kept: KeptCertificate, _ connection: inout Connection) async throws -> Verification {
        let certificate = kept.certificate
        let runs = try RunStore.all(&connection)
        let seal = YearSeal(
            ledger: try YearLedger(year: certificate.year, lastRun: certificate.run, runs, &connection),
            batch: runs.first { $0.id == certificate.run }?.horizon.batch ?? 0)
        async let found = lines(of: kept, seal, runs)
        let leaves = try await leaves(of: certificate, seal)
        let lines = try await found
        guard !context.stop.isRequested else { throw VerifyError.stopped(certificate.year) }
        let persons = try differingPersons(of: certificate, leaves, &connection)
        var mismatches = compare(certificate.leaves, leaves, persons) + compare(certificate.lines, lines)
        if certificate.digest != kept.digest {
            mismatches.append(.certificate(kept: kept.digest, computed: certificate.digest))
        }
        let previous = try CertificateStore.read(certificate.year - 1, &connection)?.digest
        if previous != certificate.previousDigest {
            mismatches.append(.previous(kept: certificate.previousDigest, found: previous))
        }
        return Verification(
            year: certificate.year, run: certificate.run, digest: kept.digest, lines: certificate.lines.count,
            leaves: certificate.leaves.count, rows: leaves.reduce(0) { $0 + $1.rows }, mismatches: mismatches)
    }

    /// Every statement anew, while the leaves are computed.
    @concurrent private func lines(
        of kept: KeptCertificate, _ seal: YearSeal, _ runs: [Run]
    ) async throws -> [CertificateLine] {
        var connection = try Connection(context.settings)
        let totals = try ChunkStore.totals(of: kept.certificate.run, &connection)
        let conserved = try RowConservation.all(
            of: seal, totals: totals, horizons: YearHorizons(runs, before: kept.certificate.run), &connection)
        return try Certificate.lines(
            of: seal, totals: totals, conserved: conserved, programVersion: kept.programVersion, &connection)
    }

    /// Every leaf anew, by as many connections as there are workers.
    private func leaves(of certificate: Certificate, _ seal: YearSeal) async throws -> [CertificateLeaf] {
        let ranges = Set(certificate.leaves.map(\.range)).sorted { $0.number < $1.number }
        let queue = ChunkQueue(ranges: ranges)
        return try await withThrowingTaskGroup(of: [CertificateLeaf].self) { group in
            for _ in 0..<max(1, min(context.workers, ranges.count)) {
                group.addTask {
                    var connection = try Connection(context.settings)
                    try connection.execute(.workAlone)
                    var leaves: [CertificateLeaf] = []
                    while !context.stop.isRequested, let chunk = queue.next() {
                        for table in SealedTable.all {
                            leaves.append(try CertificateLeaf(table, seal, chunk.range, &connection))
                        }
                        context.progress(
                            Progress(
                                instance: .yearEnd(certificate.year), step: "verify", chunksDone: queue.finish(),
                                chunkCount: queue.total))
                    }
                    return leaves
                }
            }
            var leaves: [CertificateLeaf] = []
            for try await part in group { leaves += part }
            return leaves
        }
    }

    /// Looks closer at the ranges that do not match: a proof of them names the persons, as long as the rules are those
    /// that the year was closed by.
    private func differingPersons(
        of certificate: Certificate, _ leaves: [CertificateLeaf], _ connection: inout Connection
    ) throws -> [Int32: [Int64]] {
        let matching = Set(certificate.leaves)
        let ranges = Set(leaves.filter { !matching.contains($0) }.map(\.range))
        let rules = try RunStore.all(&connection).first { $0.id == certificate.run }?.rulesDigest
        guard !ranges.isEmpty, rules == context.rules.digest, try RunStore.atWork(&connection) == nil else {
            return [:]
        }
        let plan = try YearEndPlanner(
            context: context, instance: .reprove(certificate.year), steps: [YearEndStep.proof.name]
        ).plan(&connection, isDryRun: true)
        var persons: [Int32: [Int64]] = [:]
        for range in ranges {
            let own = try ChunkProof(plan: plan, range: range, writes: false).differingPersons(&connection)
            let others = try FamilyProof(plan: plan, range: range, writes: false).differingPersons(&connection)
            persons[range.number] = Set(own + others).sorted()
        }
        return persons
    }

    private func compare(
        _ kept: [CertificateLeaf], _ found: [CertificateLeaf], _ persons: [Int32: [Int64]]
    ) -> [CertificateMismatch] {
        struct Key: Hashable {
            let table: String
            let chunk: Int32
        }
        func byKey(_ leaves: [CertificateLeaf]) -> [Key: CertificateLeaf] {
            Dictionary(
                leaves.map { (Key(table: $0.table, chunk: $0.range.number), $0) },
                uniquingKeysWith: { first, _ in first })
        }
        let (known, now) = (byKey(kept), byKey(found))
        // A leaf that was taken out of the certificate is named as one of no rows.
        let gone = found.filter { known[Key(table: $0.table, chunk: $0.range.number)] == nil }.map {
            CertificateLeaf(table: $0.table, range: $0.range, rows: 0, digest: "")
        }
        return (kept + gone).compactMap { leaf in
            let found = now[Key(table: leaf.table, chunk: leaf.range.number)]
            guard found != leaf else { return nil }
            return .leaf(leaf, foundRows: found?.rows ?? 0, persons: persons[leaf.range.number] ?? [])
        }
    }

    private func compare(_ kept: [CertificateLine], _ found: [CertificateLine]) -> [CertificateMismatch] {
        struct Key: Hashable {
            let section: String
            let item: String
        }
        func byKey(_ lines: [CertificateLine]) -> [Key: CertificateLine] {
            Dictionary(
                lines.map { (Key(section: $0.section, item: $0.item), $0) }, uniquingKeysWith: { first, _ in first })
        }
        let (kept, found) = (byKey(kept), byKey(found))
        return Set(kept.keys).union(found.keys).sorted { ($0.section, $0.item) < ($1.section, $1.item) }
            .filter { kept[$0] != found[$0] }
            .map { .line(section: $0.section, item: $0.item, kept: kept[$0], found: found[$0]) }
    }
}
