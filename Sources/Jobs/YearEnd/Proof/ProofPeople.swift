import Money
import Policy
import Postgres
import Settlement

/// Who the persons of a chunk are, by what a job knew last.
struct ProofPeople {
    /// By person, batch.
    private(set) var persons: [PersonVersion] = []
    /// By person, begin, batch.
    private(set) var enrolments: [EnrolmentVersion] = []

    init(
        _ rows: ChunkConditions, insurance: Int16, categories: PersonCategoryTable, _ connection: inout Connection
    ) throws {
        let versions = Statement(
            "persons to prove",
            """
            COPY (SELECT person_id, batch_id, death_date, valid FROM intake.person
                  WHERE \(rows.inRange("person_id")) AND \(rows.isKnown(batch: "batch_id"))
                  ORDER BY person_id, batch_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(versions, columns: 4) { row in
            persons.append(
                PersonVersion(
                    person: try row.int64(), batch: try row.int64(), death: try row.optionalDate(),
                    isValid: try row.bool()))
        }
        let statuses = Statement(
            "enrolments to prove",
            """
            COPY (SELECT person_id, batch_id, begndate, enddate, valid, psn_type FROM intake.enrolment
                  WHERE \(rows.inRange("person_id")) AND insutype = \(literal: Int32(insurance))
                    AND \(rows.isKnown(batch: "batch_id"))
                  ORDER BY person_id, begndate, batch_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statuses, columns: 6) { row in
            let (person, batch) = (try row.int64(), try row.int64())
            let (begin, end, isValid) = (try row.date(), try row.optionalDate(), try row.bool())
            var category: InsuredCategory?
            try row.lendUTF8 { category = categories.category(of: $0) }
            enrolments.append(
                EnrolmentVersion(
                    person: person, batch: batch, status: EnrolmentStatus(begin: begin, end: end, category: category),
                    isValid: isValid))
        }
    }
}

extension ProofPeople {
    /// The persons as the last month-end knew them, and as the last night did: mostly the same, which is read once.
    static func read(
        _ plan: YearEndPlan, _ range: PersonRange, _ connection: inout Connection
    ) throws -> (credits: ProofPeople?, pooling: ProofPeople?) {
        let credits = try plan.credit.map { plan throws in
            try ProofPeople(
                ChunkConditions(run: plan.run, range: range), insurance: plan.insurance, categories: plan.categories,
                &connection)
        }
        guard let pooling = plan.pooling else { return (credits, nil) }
        if let credit = plan.credit, credit.run.horizon.batch == pooling.run.horizon.batch,
            credit.insurance == pooling.insurance, credit.categories == pooling.categories
        {
            return (credits, credits)
        }
        let people = try ProofPeople(
            ChunkConditions(run: pooling.run, range: range), insurance: pooling.insurance,
            categories: pooling.categories, &connection)
        return (credits, people)
    }
}
