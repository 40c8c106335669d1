import Jobs
import Money

/// What `settle verify` says of a year.
struct VerificationText {
    let text: String

    init(_ verification: Verification) {
        var lines = [
            "certificate \(verification.year), run \(verification.run)", "  \(verification.digest)",
            "  computed again: \(grouped(Int64(verification.lines))) statements, "
                + "\(grouped(Int64(verification.leaves))) leaves over \(grouped(verification.rows)) rows",
        ]
        if verification.holds {
            lines.append("  everything matches")
        } else {
            let places = verification.mismatches.count
            lines.append("  \(places == 1 ? "1 place does" : "\(grouped(Int64(places))) places do") not match:")
            lines += verification.mismatches.map { "    \(VerificationText.line($0))" }
        }
        text = lines.joined(separator: "\n")
    }

    private static func line(_ mismatch: CertificateMismatch) -> String {
        switch mismatch {
        case .leaf(let leaf, let rows, let persons):
            let counts =
                rows == leaf.rows
                ? "\(grouped(rows)) rows, changed" : "\(grouped(leaf.rows)) rows, now \(grouped(rows))"
            let place = "\(leaf.table), chunk \(leaf.range.number): \(counts)"
            let range = "\n      persons \(leaf.range.first) to \(leaf.range.last)"
            guard let first = persons.first else { return place + range }
            let others = persons.count > 1 ? " and \(grouped(Int64(persons.count - 1))) others" : ""
            return place + range + "\n      not what the facts come to: person \(first)\(others)"
        case .line(let section, let item, let kept, let found):
            return "\(section) \(item): \(value(kept)), now \(value(found, besides: kept))"
        case .certificate(let kept, let computed):
            return "the certificate itself was changed: its digest is\n      \(kept), its content's\n      \(computed)"
        case .previous(let kept, let found):
            return "the certificate of the year before:\n      \(kept ?? "none"), now\n      \(found ?? "none")"
        }
    }

    private static func value(_ line: CertificateLine?, besides other: CertificateLine? = nil) -> String {
        guard let line else { return "not there" }
        if let other, other.rows == line.rows, other.amount == line.amount { return "other content" }
        return "\(grouped(line.rows)) rows" + (line.amount == .zero ? "" : ", \(line.amount.grouped) yuan")
    }
}
