import Money
import Oracle

/// A person who has been of one category (`psn_type`) for as long as anyone remembers.
func insured(_ type: String = "1101") throws -> OraclePerson {
    OraclePerson(enrolment: [OracleEnrolment(begin: try date("2000-01-01"), type: type)])
}

/// A person whose `psn_type` changes on those dates.
func insured(_ rows: [(type: String, from: String)]) throws -> OraclePerson {
    OraclePerson(enrolment: try rows.map { OracleEnrolment(begin: try date($0.from), type: $0.type) })
}

/// A settlement whose whole fee is in scope, at noon; each is a visit of its own.
func bill(
    _ id: String, _ eligible: Int64, at institution: String = "tertiary", on day: String = "2023-03-01"
) throws -> OracleSettlement {
    var bill = OracleSettlement(
        id: id, visit: "visit of \(id)", day: try date(day), secondOfDay: 43_200, institution: institution)
    (bill.total, bill.eligible) = (eligible, eligible)
    return bill
}

extension OracleSettlement {
    /// The mirror row that takes all of this settlement back.
    func mirror(_ id: String, on day: String) throws -> OracleSettlement {
        var mirror = negated
        (mirror.id, mirror.original, mirror.day) = (id, self.id, try date(day))
        return mirror
    }

    /// The mirror row that takes back some of its in-scope amount.
    func mirror(_ id: String, of eligible: Int64, on day: String) throws -> OracleSettlement {
        var mirror = try mirror(id, on: day)
        (mirror.fullSelfPay, mirror.overLimit, mirror.advance) = (0, 0, 0)
        (mirror.account, mirror.family, mirror.institutionBorne) = (0, 0, 0)
        (mirror.total, mirror.eligible) = (-eligible, -eligible)
        return mirror
    }

    private var negated: OracleSettlement {
        var other = self
        other.total = -total
        other.fullSelfPay = -fullSelfPay
        other.overLimit = -overLimit
        other.advance = -advance
        other.eligible = -eligible
        other.account = -account
        other.family = -family
        other.institutionBorne = -institutionBorne
        return other
    }
}
