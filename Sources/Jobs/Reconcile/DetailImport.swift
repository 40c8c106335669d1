import Archive
import Crypto
import Money
package import Postgres

/// Reads an institution's detail file (3202) as one batch of `intake.institution_statement_line`, all of it or nothing.
/// A row like the one in force changes nothing; another one replaces it.
package struct DetailImport {
    private let settings: ConnectionSettings
    private let clock: Clock
    private let programVersion: String
    private let problemLimit: Int

    package init(settings: ConnectionSettings, clock: Clock, programVersion: String, problemLimit: Int = 100) {
        precondition(problemLimit > 0, "at least one problem is reported")
        self.settings = settings
        self.clock = clock
        self.programVersion = programVersion
        self.problemLimit = problemLimit
    }

    /// - Throws: ``ReconcileError``, `ArchiveError` if it is no zip file, ``JobError`` if the database has not the program's
    ///   shape, `DatabaseError`.
    package func load(_ path: String, institution: String) throws -> LoadResult {
        var lines = try DetailLines(path)
        var connection = try Connection(settings)
        try Migrator().verify(&connection)
        let isKnown = try connection.first(.institutionIsKnown, institution) { row throws(DatabaseError) in
            try row[0, as: Bool.self]
        }
        guard isKnown == true else { throw ReconcileError.unknownInstitution(institution) }
        // Kept for the case that the answer to COMMIT is lost.
        var loaded: LoadedBatch?
        do {
            return try connection.work("read detail") { connection in
                let batch = try read(&lines, of: path, institution, into: &connection)
                loaded = batch
                return batch.result
            }
        } catch let error as TransactionError<any Error> where error.isCommitUnknown {
            guard let loaded, try loaded.isThere(settings, after: error) else { throw error }
            return loaded.result
        }
    }

    private func read(
        _ lines: inout DetailLines, of path: String, _ institution: String, into connection: inout Connection
    ) throws -> LoadedBatch {
        _ = try connection.execute(.lockBatches)
        let number = try connection.first(.nextDetailBatch) { row throws(DatabaseError) in try row[0, as: Int64.self] }
        _ = try connection.execute(.makeDetailStage)
        var delivered = Delivered(file: fileName(path), problemLimit: problemLimit)
        let read = try connection.copyIn(.copyDetail, columns: 8) { writer in
            try delivered.copy(&lines, into: &writer)
        }
        if delivered.problems.isEmpty {
            delivered.problems = try contradictions(in: delivered.file, &connection)
        }
        guard delivered.problems.isEmpty else {
            throw ReconcileError.refused(delivered.problems, isCut: delivered.problems.count >= problemLimit)
        }
        let replacing = try connection.first(.countReplacing, institution) { row throws(DatabaseError) in
            try row[0, as: Int64.self]
        }
        let written = try connection.execute(.insertDetail, institution, number ?? 1)
        let file = LoadResult.File(
            name: delivered.file, new: written - Int(replacing ?? 0), replacing: Int(replacing ?? 0),
            unchanged: read - written)
        let batch = LoadedBatch(
            result: LoadResult(batch: written > 0 ? number ?? 1 : nil, files: [file], duration: .zero), source: path,
            digest: delivered.digest, latestFact: nil)
        try batch.insert(programVersion: programVersion, loadedAt: clock.now, into: &connection)
        return batch
    }

    /// Rows of one key with different contents.
    private func contradictions(in file: String, _ connection: inout Connection) throws -> [DetailProblem] {
        try connection.rows(.detailContradictions, Int64(problemLimit)) { row throws(DatabaseError) in
            DetailProblem(
                file: file, line: try row[0, as: Int64.self],
                cell: DetailCellFault(
                    column: DetailRow.columns[0], value: shownText(try row[2, as: String.self]),
                    fault: .otherContentOnLine(try row[1, as: Int64.self])))
        }
    }

    /// The rows on their way into the database, and what is wrong with them.
    private struct Delivered {
        let file: String
        let problemLimit: Int
        var problems: [DetailProblem] = []
        private var hash = SHA256()

        init(file: String, problemLimit: Int) {
            self.file = file
            self.problemLimit = problemLimit
        }

        /// SHA-256 of the rows, in hexadecimal.
        var digest: String { hexadecimal(hash.finalize()) }

        /// Rows are sent only as long as nothing is wrong; the rest of the file is still looked through.
        mutating func copy(_ lines: inout DetailLines, into writer: inout CopyWriter) throws {
            while problems.count < problemLimit, let line = try lines.next() {
                let row: DetailRow
                do throws(DetailCellFault) {
                    guard case .bytes(let bytes) = line else {
                        throw DetailCellFault(column: nil, value: nil, fault: .lineTooLong)
                    }
                    row = try DetailRow(line: bytes)
                    hash.update(data: Array(bytes) + [UInt8(ascii: "\n")])
                } catch {
                    problems.append(DetailProblem(file: file, line: lines.number, cell: error))
                    if error.fault == .lineTooLong { return }
                    continue
                }
                if problems.isEmpty { try write(row, lines.number, into: &writer) }
            }
        }

        /// What the file leaves empty: no visit and no person is an empty text, no payment is 0.00.
        private func write(_ row: DetailRow, _ line: Int64, into writer: inout CopyWriter) throws {
            try writer.row(8)
            writer.append(line)
            writer.append(row.total.rawValue)
            writer.append((row.fund ?? .zero).rawValue)
            writer.append((row.account ?? .zero).rawValue)
            writer.append(row.isRefund)
            writer.append(text: row.settlement)
            writer.append(text: row.visit ?? "")
            writer.append(text: row.person ?? "")
        }
    }
}

/// What comes after the last slash.
private func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}

extension Statement {
    fileprivate static let institutionIsKnown = Statement(
        "institution is known", "SELECT EXISTS (SELECT FROM intake.institution WHERE fixmedins_code = $1)")

    fileprivate static let nextDetailBatch = Statement(
        "next batch", "SELECT coalesce(max(batch_id), 0) + 1 FROM intake.batch")

    fileprivate static let makeDetailStage = Statement(
        "make detail stage",
        """
        CREATE TEMPORARY TABLE detail_stage (
            line bigint, medfee_sumamt_fen bigint, fund_pay_sumamt_fen bigint, acct_pay_fen bigint,
            refd_setl_flag boolean, setl_id text COLLATE "C", mdtrt_id text COLLATE "C", psn_no text COLLATE "C"
        ) ON COMMIT DROP
        """)

    fileprivate static let copyDetail = Statement(
        "copy detail",
        """
        COPY detail_stage (line, medfee_sumamt_fen, fund_pay_sumamt_fen, acct_pay_fen, refd_setl_flag, setl_id, mdtrt_id,
            psn_no) FROM STDIN (FORMAT binary)
        """)

    fileprivate static let detailContradictions = Statement(
        "detail contradictions",
        """
        SELECT later.line, earlier.line, later.setl_id
        FROM (SELECT setl_id, refd_setl_flag, min(line) AS line FROM detail_stage
              GROUP BY setl_id, refd_setl_flag HAVING count(*) > 1) k
        JOIN detail_stage earlier ON earlier.line = k.line
        JOIN detail_stage later
            ON later.setl_id = k.setl_id AND later.refd_setl_flag = k.refd_setl_flag AND later.line > k.line
        WHERE (\(detail(of: "later"))) <> (\(detail(of: "earlier")))
        ORDER BY later.line LIMIT $1
        """)

    fileprivate static let countReplacing = Statement(
        "count replacing",
        """
        SELECT count(*) FROM (\(distinctDetail)) d
        CROSS JOIN LATERAL (\(versionInForce)) v WHERE (\(detail(of: "v"))) <> (\(detail(of: "d")))
        """)

    /// `$1` the institution, `$2` the batch.
    fileprivate static let insertDetail = Statement(
        "insert detail",
        """
        INSERT INTO intake.institution_statement_line (batch_id, fixmedins_code, setl_id, mdtrt_id, psn_no,
            medfee_sumamt_fen, fund_pay_sumamt_fen, acct_pay_fen, refd_setl_flag)
        SELECT $2, $1, d.setl_id, d.mdtrt_id, d.psn_no, d.medfee_sumamt_fen, d.fund_pay_sumamt_fen, d.acct_pay_fen,
               d.refd_setl_flag
        FROM (\(distinctDetail)) d
        LEFT JOIN LATERAL (\(versionInForce)) v ON true
        WHERE v.setl_id IS NULL OR (\(detail(of: "v"))) <> (\(detail(of: "d")))
        """)

    private static let distinctDetail: SQLText =
        "SELECT DISTINCT ON (setl_id, refd_setl_flag) * FROM detail_stage ORDER BY setl_id, refd_setl_flag, line"

    private static let versionInForce: SQLText = """
        SELECT l.setl_id, l.mdtrt_id, l.psn_no, l.medfee_sumamt_fen, l.fund_pay_sumamt_fen, l.acct_pay_fen
        FROM intake.institution_statement_line l
        WHERE l.fixmedins_code = $1 AND l.setl_id = d.setl_id AND l.refd_setl_flag = d.refd_setl_flag
        ORDER BY l.batch_id DESC LIMIT 1
        """

    private static func detail(of row: SQLText) -> SQLText {
        """
        \(row).mdtrt_id, \(row).psn_no, \(row).medfee_sumamt_fen, \(row).fund_pay_sumamt_fen, \(row).acct_pay_fen
        """
    }
}
