import FoundationEssentials
import Testing

/// One after the other, since each makes and drops the same databases.
@Suite(.serialized, .server) struct `The peers do the same work as settle` {
    @Test(arguments: 1...3)
    func `to the fen, for the month-end, the first adjudication and a night of a city`(seed: Int) throws {
        let bench = try Bench()
        let ending = try bench.run(
            """
            jobs --people 800 --settlements 6400 --repetitions 0 --seed \(seed) --peers \(Bench.peers) \
            --work \(bench.folder) --jobs month-end,adjudication,night
            """)
        #expect(ending.code == 0, "\(ending.complaint)")
        for compared in [
            "account entries equal to the fen", "exceptions equal to the fen",
            "adjudications equal to the fen", "running sums equal to the fen", "account movements equal to the fen",
        ] {
            #expect(ending.complaint.contains(compared), "\(compared)")
        }
        try bench.end()
    }

    @Test(arguments: [
        ("adjudication", "setup.sql", "600000)", "600001)", "adjudication: "),
        ("adjudication", "adjudicated.sql", "+ 5000)", "+ 4999)", "adjudication: "),
        ("month-end", "credited.sql", "* 200 + 5000", "* 200 + 9999", "month-end: "),
        ("night", "night.sql", "coalesce(m.pool_payment_fen, 0) AS paid_before", "0 AS paid_before", "night: "),
    ])
    func `and where a peer is wrong by a fen, nothing is timed and the exit code is 4`(
        job: String, file: String, right: String, wrong: String, complaint: String
    ) throws {
        let bench = try Bench()
        let peers = bench.folder + "/peers"
        try FileManager.default.copyItem(atPath: Bench.peers, toPath: peers)
        let text = try bench.text("peers/\(file)")
        try #require(text.contains(right))
        try Data(text.replacing(right, with: wrong).utf8).write(to: URL(filePath: "\(peers)/\(file)"))
        let ending = try bench.run(
            """
            jobs --people 500 --settlements 5000 --repetitions 0 --peers \(peers) --work \(bench.folder) --jobs \(job)
            """)
        #expect(ending.code == 4, "\(ending.complaint)")
        #expect(ending.complaint.contains("settle-bench: \(complaint)"), "\(ending.complaint)")
        #expect(ending.complaint.contains("so nothing was timed"))
        #expect(ending.output.isEmpty)
        try bench.end()
    }
}
