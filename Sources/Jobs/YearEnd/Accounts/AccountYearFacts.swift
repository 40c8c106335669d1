import Money
import Postgres
import Settlement

/// The accounts of a chunk: what each carried forward from the year before, and what moved it in the year of the books.
struct AccountYearFacts {
    /// Ascending by person.
    private(set) var openings: [Opening] = []
    /// Ascending by person.
    private(set) var movements: [Movement] = []

    struct Opening {
        let person: Int64
        let ages: AccountAges
    }

    struct Movement {
        let person: Int64
        let movement: AccountYearMovement
    }

    init(plan: YearEndPlan, range: PersonRange, _ connection: inout Connection) throws {
        let rows = ChunkConditions(run: plan.run, range: range)
        let carried = Statement(
            "accounts carried forward",
            """
            COPY (SELECT person_id, closing_this_year_fen, closing_last_year_fen, closing_earlier_fen
                  FROM ledger.account_year WHERE \(rows.inRange("person_id")) AND year = \(literal: plan.year - 1)
                  ORDER BY person_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(carried, columns: 4) { row in
            openings.append(
                Opening(
                    person: try row.int64(),
                    ages: try AccountAges(
                        thisYear: try row.fen(), lastYear: try row.fen(), earlier: try row.fen()
                    ).carriedForward()))
        }
        let moved = Statement(
            "movements of a year",
            """
            COPY (SELECT e.person_id, e.amount_fen, e.effective_on, e.covered_month, e.kind,
                         e.kind = \(literal: Int32(AccountMovement.carriedIn.rawValue)) AND e.source = 'account-opening'
                  FROM ledger.account_entry e
                  WHERE \(rows.inRange("e.person_id")) AND \(plan.ledger.reaches(coveredMonth: "e.covered_month"))
                    AND \(plan.ledger.isOfYear(run: "e.run_id"))) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(moved, columns: 6) { row in
            let (person, amount, effective) = (try row.int64(), try row.fen(), try row.date())
            let coveredYear = try row.month().year
            movements.append(
                Movement(
                    person: person,
                    movement: AccountYearMovement(
                        kind: try row.int16(), amount: amount, effectiveOn: effective, coveredYear: coveredYear,
                        isBroughtIn: try row.bool())))
        }
        movements = movements.mergedByPerson(\.person)
    }

    /// The smallest key among what is left of both lists.
    func person(_ nextOpening: Int, _ nextMovement: Int) -> Int64? {
        let opened = nextOpening < openings.count ? openings[nextOpening].person : nil
        let moved = nextMovement < movements.count ? movements[nextMovement].person : nil
        guard let opened, let moved else { return opened ?? moved }
        return min(opened, moved)
    }
}
