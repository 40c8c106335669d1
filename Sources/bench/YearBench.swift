import Postgres

/// The jobs of a benefit year: load, first adjudication, a night on top of it, the proof, the certificate.
struct YearBench {
    let city: CityOptions
    /// About how many settlements the year has.
    let settlements: Int
    let jobs: [CompareJobs.Job]
    let bench: Workbench

    private var year: Int { city.year }
    private var directory: String { "\(bench.directory)/city-year" }
    private func label(_ job: String) -> String { job }

    func measure(repetitions: Int) throws -> [Measurement] {
        complain("year: a city of \(city.people) people with about \(settlements) settlements")
        try bench.run(["rm", "-rf", directory, "\(directory)-settlements"], "remove")
        try bench.run(
            [
                bench.settle, "generate", "--out", directory, "--people", "\(city.people)", "--from", "\(year)-01",
                "--to", "\(year)-12", "--seed", "\(city.seed)", "--settlements-per-person",
                "\(city.perPerson(settlements))",
            ], "generate")
        var measurements: [Measurement] = []
        if jobs.contains(.load) { measurements += try measureLoad(repetitions) }
        guard !Set(jobs).isDisjoint(with: [.adjudication, .proof, .night, .verify]) else { return measurements }
        try bench.run(bench.settle("load", directory), "load")
        try bench.run(bench.psql("arrival", variables: ["year": "\(year)"]), "arrival")
        try bench.run(bench.psql("keep"), "keep")
        let rows = try bench.number("SELECT count(*) FROM intake.settlement")
        if jobs.contains(.adjudication) { measurements += try measureAdjudication(rows, repetitions) }
        guard !Set(jobs).isDisjoint(with: [.proof, .night, .verify]) else { return measurements }
        measurements += try measureNight(repetitions)
        guard !Set(jobs).isDisjoint(with: [.proof, .verify]) else { return measurements }
        try close()
        if jobs.contains(.proof) { measurements += try measureProof(rows, repetitions) }
        if jobs.contains(.verify) { measurements += try measureVerify(rows, repetitions) }
        return measurements
    }

    private func variables(batch: Int, horizon: String, run: Int64) -> [String: String] {
        [
            "year": "\(year)", "batch": "\(batch)", "horizon": horizon, "run": "\(run)", "previous_batch": "1",
            "from": "\(year)-01-01", "upto": "\(year)-12-01", "person_upto": "\(Int64.max / 10)",
        ]
    }

    private func forget() throws {
        try bench.run(bench.psql("forget"), "forget")
    }

    private func setUp(_ files: String..., variables: [String: String]) throws {
        try forget()
        for file in ["setup", "row_by_row"] + files {
            try bench.run(bench.psql(file, variables: variables), file)
        }
    }
}

// MARK: Load

extension YearBench {
    private func measureLoad(_ repetitions: Int) throws -> [Measurement] {
        let file = "\(directory)-settlements"
        try bench.run(["mkdir", "-p", file], "mkdir")
        try bench.run(["ln", "-f", "\(directory)/settlement.csv", "\(file)/settlement.csv"], "link")
        try bench.run(["ln", "-f", "\(directory)/settlement.csv", "\(bench.directory)/settlement.csv"], "link")
        let unload = { try bench.run(bench.psql("unload"), "unload") }
        try unload()
        try bench.run(bench.settle("load", file), "load-first")
        let rows = try bench.number("SELECT count(*) FROM intake.settlement")
        let contest = Contest(
            job: "load", unit: "settlements", rows: rows,
            sides: [
                Side(name: .settle, prepare: unload, words: bench.settle("load", file)),
                Side(
                    name: .floor,
                    prepare: {
                        try unload()
                        try bench.run(bench.psql("setup", "floor_load_table"), "setup")
                    }, words: bench.psql("floor_load")),
            ])
        let measurements = try contest.measure(repetitions: repetitions, bench)
        try unload()
        return measurements
    }
}

// MARK: First adjudication

extension YearBench {
    private func measureAdjudication(_ rows: Int64, _ repetitions: Int) throws -> [Measurement] {
        let ours = bench.settle("nightly", "--date", "\(year)-12-31")
        let variables = variables(batch: 1, horizon: "\(year)-12-31", run: 1)
        try bench.run(ours, "adjudication-first")
        try bench.run(bench.psql("keep_results", "setup", "floor_results", variables: variables), "keep-results")
        try setUp(variables: variables)
        try bench.run(bench.psql("adjudication", variables: variables), "adjudication-sql-first")
        try Comparison(job: "adjudication", bench: bench)
            .expectEqual("compare_adjudication", variables.merging(["theirs": "bench"]) { $1 })
        let contest = Contest(
            job: "adjudication", unit: "settlements", rows: rows,
            sides: [
                Side(name: .settle, prepare: { try forget() }, words: ours),
                Side(
                    name: .sql, prepare: { try setUp(variables: variables) },
                    words: bench.psql("adjudication", variables: variables)),
                Side(
                    name: .rowLoop, prepare: { try setUp(variables: variables) },
                    words: bench.psql("row_loop_adjudication", variables: variables), scale: 10),
                Side(
                    name: .floor, prepare: { try setUp("floor_fresh_tables", variables: variables) },
                    words: bench.psql("floor_adjudication", variables: variables)),
            ])
        let measurements = try contest.measure(repetitions: repetitions, bench)
        try forget()
        return measurements
    }
}

// MARK: A night on top of the year

extension YearBench {
    /// Settles the year without its last settlements, and measures the night in which these arrive.
    private func measureNight(_ repetitions: Int) throws -> [Measurement] {
        try bench.run(
            bench.psql("second_batch", variables: ["year": "\(year)", "rows": "\(city.night)"]), "second-batch")
        try bench.run(bench.settle("nightly", "--date", "\(year)-12-31"), "nightly-before")
        try bench.run(bench.psql("second_batch_arrives", "keep"), "second-batch-arrives")
        let rows = try bench.number("SELECT count(*) FROM intake.settlement WHERE batch_id = 2")
        let run = try bench.number("SELECT max(run_id) + 1 FROM run.run")
        let variables = variables(batch: 2, horizon: "\(year + 1)-01-01", run: run)
        let ours = bench.settle("nightly", "--date", "\(year + 1)-01-01")
        guard jobs.contains(.night) else {
            try bench.run(ours, "nightly-last")
            return []
        }
        try bench.run(ours, "night-first")
        try bench.run(bench.psql("keep_results", "setup", "floor_results", variables: variables), "keep-results")
        try setUp(variables: variables)
        try bench.run(bench.psql("night", variables: variables), "night-sql-first")
        try Comparison(job: "night", bench: bench)
            .expectEqual("compare_adjudication", variables.merging(["theirs": "ledger"]) { $1 })
        let contest = Contest(
            job: "night", unit: "settlements", rows: rows,
            sides: [
                Side(name: .settle, prepare: { try forget() }, words: ours),
                Side(
                    name: .sql, prepare: { try setUp(variables: variables) },
                    words: bench.psql("night", variables: variables)),
                Side(
                    name: .floor, prepare: { try setUp("floor_tables", variables: variables) },
                    words: bench.psql("floor_night", variables: variables)),
            ])
        let measurements = try contest.measure(repetitions: repetitions, bench)
        try forget()
        try bench.run(ours, "nightly-last")
        return measurements
    }
}

// MARK: The proof and the certificate

extension YearBench {
    private func close() throws {
        for month in 1...12 {
            let name = "\(year)-\(month < 10 ? "0" : "")\(month)"
            try bench.run(bench.settle("month-end", "--month", name), "month-end-of-year")
        }
        try bench.run(bench.settle("year-end", "--year", "\(year)"), "year-end")
        try bench.run(["psql", "-qd", bench.database, "-c", "VACUUM (FREEZE, ANALYZE)"], "vacuum")
        try bench.run(bench.psql("keep"), "keep")
    }

    private func measureProof(_ rows: Int64, _ repetitions: Int) throws -> [Measurement] {
        let ours = bench.settle("year-end", "--reprove", "\(year)")
        let run = try bench.number("SELECT max(run_id) + 1 FROM run.run")
        let variables = variables(batch: 2, horizon: "\(year + 1)-01-01", run: run)
        try bench.run(ours, "proof-first")
        let found = try bench.number(
            """
            SELECT coalesce(sum(row_count), 0)::bigint FROM run.control_total
            WHERE run_id = (SELECT max(run_id) FROM run.run) AND measure LIKE 'difference.%'
            """)
        try setUp(variables: variables)
        try bench.run(bench.psql("proof", variables: variables), "proof-sql-first")
        let comparison = Comparison(job: "proof", bench: bench)
        try comparison.expectNone(["settlements proven by settle|\(rows)|\(found)"])
        try comparison.expectNone(
            bench.lines(of: "proof-sql-first").map { line in
                let cells = line.split(separator: "|")
                return cells.count == 2 ? "settlements, by SQL: \(cells[0])|\(rows)|\(cells[1])" : line
            })
        let contest = Contest(
            job: "proof", unit: "settlements", rows: rows,
            sides: [
                Side(name: .settle, prepare: { try forget() }, words: ours),
                Side(
                    name: .sql, prepare: { try setUp(variables: variables) },
                    words: bench.psql("proof", variables: variables)),
                Side(
                    name: .floor, prepare: { try setUp(variables: variables) },
                    words: bench.psql("floor_proof", variables: variables)),
            ])
        let measurements = try contest.measure(repetitions: repetitions, bench)
        try forget()
        return measurements
    }

    private func measureVerify(_ rows: Int64, _ repetitions: Int) throws -> [Measurement] {
        let variables = ["year": "\(year)"]
        let contest = Contest(
            job: "verify", unit: "settlements", rows: rows,
            sides: [
                Side(
                    name: .settle, prepare: { try forget() }, words: bench.settle("verify", "--year", "\(year)")),
                Side(
                    name: .floor, prepare: { try setUp(variables: variables) },
                    words: bench.psql("floor_verify", variables: variables)),
            ])
        return try contest.measure(repetitions: repetitions, bench)
    }
}
