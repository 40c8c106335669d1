/// 月末划账 of a city's second month: a ledger with a month in it, and contributions of the first month that came late.
struct MonthEndBench {
    let city: CityOptions
    let bench: Workbench

    private var variables: [String: String] {
        [
            "year": "\(city.year)", "from": "\(city.year)-02-01", "upto": "\(city.year)-02-01",
            "horizon": "\(city.year)-02-28", "batch": "1", "previous_batch": "1",
            "previous_horizon": "\(city.year)-01-31", "run": "2",
            "person_upto": "\(Int64.max / 10)",
        ]
    }

    func measure(repetitions: Int) throws -> [Measurement] {
        complain("month-end: a city of \(city.people) people")
        let directory = "\(bench.directory)/city-month"
        try bench.run(["rm", "-rf", directory], "remove")
        try bench.run(
            [
                bench.settle, "generate", "--out", directory, "--people", "\(city.people)", "--from", "\(city.year)-01",
                "--to", "\(city.year)-03", "--seed", "\(city.seed)", "--settlements-per-person", "0",
            ], "generate")
        try bench.run(bench.settle("load", directory), "load")
        try bench.run(bench.settle("month-end", "--month", "\(city.year)-01"), "month-end-before")
        try bench.run(["psql", "-qd", bench.database, "-c", "VACUUM (FREEZE, ANALYZE)"], "vacuum")
        try bench.run(bench.psql("keep"), "keep")
        try compare()
        return try contest.measure(repetitions: repetitions, bench)
    }

    private func compare() throws {
        try bench.run(ours, "month-end-first")
        try bench.run(bench.psql("keep_results", "setup", "floor_results", variables: variables), "keep-results")
        try forget()
        try bench.run(bench.psql("setup", "month_end", variables: variables), "month-end-sql-first")
        try Comparison(job: "month-end", bench: bench).expectEqual("compare_month_end", variables)
    }

    private var ours: [String] { bench.settle("month-end", "--month", "\(city.year)-02") }

    private func forget() throws {
        try bench.run(bench.psql("forget", variables: variables), "forget")
    }

    private var contest: Contest {
        let prepare = { try forget() }
        let setUp = {
            try forget()
            try bench.run(bench.psql("setup", variables: variables), "setup")
        }
        return Contest(
            job: "month-end", unit: "people", rows: Int64(city.people),
            sides: [
                Side(name: .settle, prepare: prepare, words: ours),
                Side(name: .sql, prepare: setUp, words: bench.psql("month_end", variables: variables)),
                Side(
                    name: .rowLoop, prepare: setUp,
                    words: bench.psql("row_loop_month_end", variables: variables), scale: 10),
                Side(
                    name: .floor,
                    prepare: {
                        try forget()
                        try bench.run(bench.psql("setup", "floor_fresh_tables", variables: variables), "setup")
                    }, words: bench.psql("floor_month_end", variables: variables)),
            ])
    }
}
