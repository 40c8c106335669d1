import FoundationEssentials
import Testing

extension `The peers do the same work as settle` {
    @Test func `The table and the JSON file name every job and side, with what was measured`() throws {
        let bench = try Bench()
        let ending = try bench.run(
            """
            jobs --people 2000 --settlements 10000 --repetitions 1 --peers \(Bench.peers) --work \(bench.folder) \
            --json \(bench.folder)/results.json
            """)
        #expect(ending.code == 0, "\(ending.complaint)")
        #expect(ending.complaint.contains("settlements, by SQL: credits equal to the fen"))
        let rows = ending.output.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
            line.split(separator: "|").map { $0.trimming { $0 == " " } }
        }
        #expect(
            rows.dropFirst().map { "\($0[0]) \($0[2])" } == [
                "month-end settle", "month-end sql", "month-end row loop", "month-end floor", "load settle",
                "load floor",
                "adjudication settle", "adjudication sql", "adjudication row loop", "adjudication floor",
                "night settle",
                "night sql", "night floor", "proof settle", "proof sql", "proof floor", "verify settle", "verify floor",
            ])
        for row in rows.dropFirst() {
            #expect(row.count == 12, "\(row)")
            #expect(row[3] != "0.00", "\(row)")
            // The floor is its own measure.
            #expect(row[2] != "floor" || row[7] == "1.00", "\(row)")
        }
        for setting in ["fsync on", "synchronous_commit on", "shared_buffers"] {
            #expect(ending.output.contains(setting))
        }
        let json = try bench.text("results.json")
        #expect(json.matches(of: /"side" : "settle"/).count == 6)
        #expect(json.contains(#""fsync" : "on""#))
        try bench.end()
    }

    @Test(arguments: [
        ("jobs --jobs month-end,nonsense", "there is no job nonsense"),
        ("jobs --scale 5M", "--scale takes whole numbers"),
        ("jobs --repetitions=-1", "--repetitions takes 0 or more"),
        ("jobs --people 0", "--people and --settlements take 1 or more"),
    ])
    func `A wrong argument is named`(arguments: String, message: String) throws {
        let bench = try Bench()
        let ending = try bench.run(arguments)
        #expect(ending.code == 64)
        #expect(ending.complaint.contains(message), "\(ending.complaint)")
        try bench.end()
    }

    /// Even without optimisation; of a credit that can only be said of the optimised build.
    @Test func `The arithmetic of a claim asks for no memory`() throws {
        let bench = try Bench()
        let ending = try bench.run("core --seconds 0.02 --repetitions 1")
        #expect(ending.code == 0)
        let row = try #require(ending.output.split(separator: "\n").first { $0.hasPrefix("| adjudicate one claim ") })
        let allocations = try #require(row.split(separator: "|").last?.trimming { $0 == " " })
        // A thread of the runtime may ask for a block meanwhile; one a hundred operations would be ours.
        #expect(allocations.hasPrefix("0.00"), "\(row)")
        try bench.end()
    }
}

extension Substring {
    fileprivate func trimming(_ isBlank: (Character) -> Bool) -> String {
        String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
