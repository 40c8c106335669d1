import Archive
import Files
import Glibc
import Money
import Postgres

/// Writes our side of each unequal statement as the interface's detail file (3202), for the institution to compare with.
///
/// `H1-310-11-2023-01-01-2023-01-31.zip` holds `….txt` of the same name. Rows are ordered by settlement and refund flag.
struct DetailExport {
    let directory: String

    /// Makes the directory if it is not there.
    init(directory: String) throws(ReconcileError) {
        guard mkdir(directory, 0o777) == 0 || errno == EEXIST, access(directory, W_OK | X_OK) == 0 else {
            throw .directory(directory, reason: String(cString: strerror(errno)))
        }
        self.directory = directory
    }

    private struct UnequalStatement {
        let institution: String
        let insurance: Int16
        let clearingType: Int16
        let from: CivilDate
        let through: CivilDate
        let includesRefunds: Bool

        var fileName: String {
            "\(plain(institution))-\(insurance)-\(clearingType)-\(from)-\(through)"
        }
    }

    /// From what the session has just compared.
    ///
    /// - Returns: the paths of the files, in order.
    func write(_ connection: inout Connection) throws -> [String] {
        let statements = try connection.rows(.unequalStatements) { row throws(DatabaseError) in
            UnequalStatement(
                institution: try row[0, as: String.self], insurance: try row[1, as: Int16.self],
                clearingType: try row[2, as: Int16.self], from: try row[3, as: CivilDate.self],
                through: try row[4, as: CivilDate.self], includesRefunds: try row[5, as: Bool.self])
        }
        var paths: [String] = []
        for statement in statements {
            let path = "\(directory)/\(statement.fileName).zip"
            try write(statement, to: path, &connection)
            paths.append(path)
        }
        return paths
    }

    private func write(_ statement: UnequalStatement, to path: String, _ connection: inout Connection) throws {
        let textPath = path + ".txt"
        defer { unlink(textPath) }
        let text = try TextFile(textPath)
        try connection.forEachRow(
            .detailRows, statement.institution, statement.insurance, statement.clearingType, statement.from,
            statement.through, statement.includesRefunds
        ) { row in
            let detail = DetailRow(
                settlement: try row[0, as: String.self], visit: try row[1, as: String?.self],
                person: try row[2, as: String?.self], total: try row[3, as: Fen.self], fund: try row[4, as: Fen.self],
                account: try row[5, as: Fen.self], isRefund: try row[6, as: Bool.self])
            let line: String
            do throws(DetailCellFault) {
                line = try detail.line()
            } catch {
                throw ReconcileError.notWritable(
                    error.fault, column: error.column ?? "a field", institution: statement.institution)
            }
            try text.write(line)
        }
        try text.finish()
        try writeZip(path, entry: statement.fileName + ".txt", from: textPath)
    }
}

/// A code as part of a file name: letters, digits and hyphens stay, all else is `%` and its bytes.
private func plain(_ code: String) -> String {
    code.utf8.map { isPlain($0) ? String(UnicodeScalar($0)) : "%" + hexadecimal([$0]) }.joined()
}

private func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
        true
    default: false
    }
}

extension Statement {
    fileprivate static let unequalStatements = Statement(
        "unequal statements",
        """
        SELECT fixmedins_code, insutype, clr_type, stmt_begndate, stmt_enddate, refd_setl_flag FROM compared_statement
        WHERE NOT is_equal ORDER BY fixmedins_code, insutype, clr_type, stmt_begndate, stmt_enddate
        """)

    fileprivate static let detailRows = Statement(
        "detail rows",
        """
        SELECT o.setl_id, o.mdtrt_id, p.psn_no, o.medfee_fen, o.fund_pay_fen, o.acct_pay_fen, o.is_refund
        FROM our_row o LEFT JOIN report.person p ON p.person_id = o.person_id
        WHERE o.fixmedins_code = $1 AND o.insutype = $2 AND o.clr_type = $3 AND o.setl_date BETWEEN $4 AND $5
          AND ($6 OR NOT o.is_refund)
        ORDER BY o.setl_id, o.is_refund
        """)
}
