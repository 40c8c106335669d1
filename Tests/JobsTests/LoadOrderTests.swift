import Jobs
import Testing

/// Deliveries of a small city at random: persons, contributions, uses of accounts, statuses.
private struct RandomDelivery {
    var random: SplitMix64

    /// Rows by file, no key twice.
    mutating func rows() -> [(file: String, row: String)] {
        var rows: [(file: String, row: String)] = []
        for person in 0..<12 {
            if flip() { rows.append(("person.csv", "P\(person),320700")) }
            if flip() { rows.append(("enrolment.csv", "P\(person),310,1101,200\(person % 10)-07-01")) }
            for month in 1...3 where flip() {
                let fen = Int.random(in: 10...99, using: &random)
                rows.append(
                    (
                        "contribution.csv",
                        "C\(person)-\(month),P\(person),310,10,2023-0\(month),6000.\(fen),120,420,2023-04-0\(month)"
                    ))
            }
            if flip() { rows.append(("account_use.csv", "U\(person),P\(person),205,a,1.00,2023-05-01")) }
        }
        return rows
    }

    mutating func flip() -> Bool { Bool.random(using: &random) }

    static func files(_ rows: [(file: String, row: String)]) -> [String: String] {
        let headers = [
            "person.csv": "psn_no,insu_admdvs",
            "enrolment.csv": "psn_no,insutype,psn_type,begndate",
            "contribution.csv":
                "clct_id,psn_no,insutype,clct_type,accrym,clct_base,psn_clct_amt,emp_clct_amt,clct_time",
            "account_use.csv": "acct_use_id,psn_no,acct_incexpd_type,use_kind,amount,use_date",
        ]
        var files: [String: String] = [:]
        for (file, row) in rows {
            files[file, default: headers[file, default: ""]] += "\n" + row
        }
        return files
    }
}

@Suite(.serialized, .loadDatabase) struct `The facts do not depend on how they were cut into deliveries` {
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `nor on the order of the deliveries, nor on repetition`(seed: UInt64) throws {
        let database = try LoadDatabase.required()
        var delivery = RandomDelivery(random: SplitMix64(seed: seed))
        let rows = delivery.rows()
        var shuffled = rows.shuffled(using: &delivery.random)
        while !shuffled.isEmpty {
            let count = min(shuffled.count, Int.random(in: 1...20, using: &delivery.random))
            let repeated = rows.filter { _ in Int.random(in: 0..<10, using: &delivery.random) == 0 }
            try database.load(RandomDelivery.files(shuffled.prefix(count) + repeated))
            shuffled.removeFirst(count)
        }
        let inPieces = try database.facts()
        #expect(inPieces.count == rows.count, "seed \(seed)")
        // Delivered whole: nothing changes where all is there, and an empty database comes out the same.
        #expect(try database.load(RandomDelivery.files(rows)).batch == nil, "seed \(seed)")
        try database.empty()
        #expect(try database.load(RandomDelivery.files(rows)).batch == 1, "seed \(seed)")
        #expect(try database.facts() == inPieces, "seed \(seed)")
    }
}
