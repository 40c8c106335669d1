import Money
import Postgres

extension Statement {
    fileprivate static let insertCertificate = Statement(
        "insert certificate",
        "INSERT INTO run.certificate (year, run_id, digest, previous_digest) VALUES ($1, $2, $3, $4)")

    fileprivate static let copyCertificateLines = Statement(
        "copy certificate lines",
        """
        COPY run.certificate_line (year, row_count, amount_fen, section, item, digest) FROM STDIN (FORMAT binary)
        """)

    fileprivate static let readCertificate = Statement(
        "read certificate",
        """
        SELECT c.run_id, c.digest, c.previous_digest, r.program_version FROM run.certificate c
        JOIN run.run r ON r.run_id = c.run_id AND r.state = 'completed' WHERE c.year = $1
        """)

    fileprivate static let readLines = Statement(
        "read certificate lines",
        "SELECT section, item, row_count, amount_fen, digest FROM run.certificate_line WHERE year = $1")

    fileprivate static let readLeaves = Statement(
        "read certificate leaves",
        """
        SELECT table_name, chunk_no, person_from, person_upto, row_count, digest FROM run.certificate_leaf WHERE year = $1
        """)

    fileprivate static let certifiedYears = Statement(
        "certified years", "SELECT year FROM run.certificate ORDER BY year")
}

/// A certificate as it was kept.
struct KeptCertificate {
    let certificate: Certificate
    /// As it was computed then.
    let digest: String
    let programVersion: String
}

/// Reads and writes certificates.
enum CertificateStore {
    static func insert(_ certificate: Certificate, into connection: inout Connection) throws {
        let year = Int16(clamping: certificate.year)
        _ = try connection.execute(
            .insertCertificate, year, certificate.run, certificate.digest, certificate.previousDigest)
        var rows = CopyBuffer()
        for line in certificate.lines {
            rows.row(6)
            rows.append(year)
            rows.append(line.rows)
            rows.append(line.amount.rawValue)
            rows.append(text: line.section)
            rows.append(text: line.item)
            if let digest = line.digest { rows.append(text: digest) } else { rows.appendNull() }
        }
        try connection.send(rows, .copyCertificateLines, columns: 6)
    }

    /// `nil` if the year is not closed.
    static func read(_ year: Int, _ connection: inout Connection) throws -> KeptCertificate? {
        let head = try connection.first(.readCertificate, Int16(clamping: year), decode: Head.init)
        guard let head else { return nil }
        let lines = try connection.rows(.readLines, Int16(clamping: year)) { row throws(DatabaseError) in
            CertificateLine(
                try row[0, as: String.self], try row[1, as: String.self], rows: try row[2, as: Int64.self],
                amount: try row[3, as: Fen.self], digest: try row[4, as: String?.self])
        }
        return KeptCertificate(
            certificate: Certificate(
                year: year, run: head.run, previousDigest: head.previousDigest, lines: lines,
                leaves: try leaves(of: year, &connection)),
            digest: head.digest, programVersion: head.programVersion)
    }

    static func leaves(of year: Int, _ connection: inout Connection) throws -> [CertificateLeaf] {
        try connection.rows(.readLeaves, Int16(clamping: year)) { row throws(DatabaseError) in
            CertificateLeaf(
                table: try row[0, as: String.self],
                range: PersonRange(
                    number: try row[1, as: Int32.self], first: try row[2, as: Int64.self],
                    last: try row[3, as: Int64.self]),
                rows: try row[4, as: Int64.self], digest: try row[5, as: String.self])
        }
    }

    /// Years that have a certificate, ascending.
    static func years(_ connection: inout Connection) throws -> [Int] {
        try connection.rows(.certifiedYears) { row throws(DatabaseError) in Int(try row[0, as: Int16.self]) }
    }

    private struct Head {
        let run: Int64
        let digest: String
        let previousDigest: String?
        let programVersion: String

        init(_ row: borrowing Row) throws(DatabaseError) {
            run = try row[0, as: Int64.self]
            digest = try row[1, as: String.self]
            previousDigest = try row[2, as: String?.self]
            programVersion = try row[3, as: String.self]
        }
    }
}
