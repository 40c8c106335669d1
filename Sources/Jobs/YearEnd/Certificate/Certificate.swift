import Crypto
package import Money

/// 年度结算证书: what the books of a year were when they were closed, so that everything in it can be computed again.
package struct Certificate: Hashable, Sendable {
    package let year: Int
    /// The year-end run.
    package let run: Int64
    /// Of the year before; `nil` for the first.
    package let previousDigest: String?
    /// Ascending by section and item, each pair once.
    package let lines: [CertificateLine]
    /// Ascending by table and chunk.
    package let leaves: [CertificateLeaf]

    init(
        year: Int, run: Int64, previousDigest: String?, lines: [CertificateLine], leaves: [CertificateLeaf]
    ) {
        self.year = year
        self.run = run
        self.previousDigest = previousDigest
        self.lines = lines.sorted { ($0.section, $0.item) < ($1.section, $1.item) }
        self.leaves = leaves.sorted { ($0.table, $0.range.number) < ($1.table, $1.range.number) }
    }

    /// SHA-256 over the year, the certificate of the year before, every line and every leaf, 64 hexadecimal digits.
    package var digest: String {
        var hash = SHA256()
        func update(_ fields: String...) {
            for field in fields {
                // Lengths in front, so that no two lists of fields have the same bytes.
                hash.update(data: Array("\(field.utf8.count):\(field)".utf8))
            }
        }
        update("\(year)", "\(run)", previousDigest ?? "")
        for line in lines {
            update("line", line.section, line.item, "\(line.rows)", "\(line.amount.rawValue)", line.digest ?? "")
        }
        for leaf in leaves {
            update("leaf", leaf.table, "\(leaf.range.number)", "\(leaf.rows)", leaf.digest)
        }
        return hexadecimal(hash.finalize())
    }
}

/// One statement of a certificate.
package struct CertificateLine: Hashable, Sendable {
    package let section: String
    package let item: String
    package let rows: Int64
    package let amount: Fen
    /// Of what the line is about; `nil` where count and amount say it all.
    package let digest: String?

    init(_ section: String, _ item: String, rows: Int64 = 0, amount: Fen = .zero, digest: String? = nil) {
        self.section = section
        self.item = item
        self.rows = rows
        self.amount = amount
        self.digest = digest
    }
}
