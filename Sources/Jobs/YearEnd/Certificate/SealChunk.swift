import Crypto
import Money
import Postgres

extension Statement {
    fileprivate static let copyLeaves = Statement(
        "copy certificate leaves",
        """
        COPY run.certificate_leaf (year, chunk_no, person_from, person_upto, row_count, table_name, digest)
        FROM STDIN (FORMAT binary)
        """)
}

/// A leaf of a certificate's hash tree: the rows of a table for a range of persons.
package struct CertificateLeaf: Hashable, Sendable {
    package let table: String
    package let range: PersonRange
    package let rows: Int64
    /// SHA-256 over the rows as COPY gives them, 64 hexadecimal digits.
    package let digest: String

    /// Reads the rows and hashes them as they come, in flat memory.
    init(_ table: SealedTable, _ seal: YearSeal, _ range: PersonRange, _ connection: inout Connection) throws {
        self.table = table.name
        self.range = range
        var hash = SHA256()
        let rows = try connection.copyOut(table.statement(seal, range), columns: table.columnCount) { row in
            try row.rest { $0.withUnsafeBytes { hash.update(bufferPointer: $0) } }
        }
        self.rows = Int64(rows)
        digest = hexadecimal(hash.finalize())
    }

    init(table: String, range: PersonRange, rows: Int64, digest: String) {
        self.table = table
        self.range = range
        self.rows = rows
        self.digest = digest
    }
}

/// The leaves of one range of persons.
struct SealChunk: ChunkResult {
    private let year: Int
    private let leaves: [CertificateLeaf]

    init(_ seal: YearSeal, _ range: PersonRange, _ connection: inout Connection) throws {
        year = seal.ledger.year
        leaves = try SealedTable.all.map { try CertificateLeaf($0, seal, range, &connection) }
    }

    var controlTotals: [ControlTotal] {
        leaves.map { ControlTotal(measure: "sealed", item: $0.table, count: Count(rows: $0.rows)) }
    }

    func write(_ connection: inout Connection) throws {
        var rows = CopyBuffer()
        for leaf in leaves {
            rows.row(7)
            rows.append(Int16(clamping: year))
            rows.append(leaf.range.number)
            rows.append(leaf.range.first)
            rows.append(leaf.range.last)
            rows.append(leaf.rows)
            rows.append(text: leaf.table)
            rows.append(text: leaf.digest)
        }
        try connection.send(rows, .copyLeaves, columns: 7)
    }
}
