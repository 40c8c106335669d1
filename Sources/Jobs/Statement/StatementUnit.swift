import Money
import Postgres

extension Statement {
    /// The rows in force of everybody who was ever enrolled with the unit; a row ends with the day before the next one
    /// begins.
    fileprivate static let personsOfUnit = Statement(
        "persons of unit",
        """
        SELECT s.person_id
        FROM (SELECT f.person_id, f.emp_no, f.begndate, f.enddate,
                     lead(f.begndate) OVER (PARTITION BY f.person_id ORDER BY f.begndate) AS next_begndate
              FROM (SELECT DISTINCT ON (e.person_id, e.begndate) e.person_id, e.emp_no, e.begndate, e.enddate, e.valid
                    FROM intake.enrolment e
                    WHERE e.insutype = $2 AND e.person_id IN (
                        SELECT u.person_id FROM intake.enrolment u WHERE u.emp_no = $1 AND u.insutype = $2)
                    ORDER BY e.person_id, e.begndate, e.batch_id DESC) f
              WHERE f.valid) s
        LEFT JOIN report.person p ON p.person_id = s.person_id
        WHERE s.emp_no = $1 AND s.begndate <= $4
          AND coalesce(least(s.enddate, s.next_begndate - 1), 'infinity') >= $3::date
        GROUP BY s.person_id, p.psn_no
        ORDER BY p.psn_no, s.person_id
        """)
}

/// The persons enrolled with a unit (`emp_no`) on any day of a year, by `psn_no`.
enum StatementUnit {
    /// - Throws: ``StatementError/unknownUnit(_:year:)`` if there are none.
    static func persons(
        of unit: String, year: Int, insurance: Int16, _ connection: inout Connection
    ) throws -> [Int64] {
        let persons = try connection.rows(
            .personsOfUnit, unit, insurance, Month.first(of: year).firstDay, Month.last(of: year).lastDay
        ) { row throws(DatabaseError) in try row[0, as: Int64.self] }
        guard !persons.isEmpty else { throw StatementError.unknownUnit(unit, year: year) }
        return persons
    }
}
