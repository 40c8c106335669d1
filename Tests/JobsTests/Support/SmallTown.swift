/// A town whose ledger can be reckoned without a machine: each worker pays on a base of 5,000.00 a month and is credited
/// 100.00; each retiree's own credits of 2022 were 1,200.00, which gives 100.00 a month as well.
struct SmallTown {
    var months: ClosedRange<String>
    var workers = 12
    var retirees = 8

    var people: Int { workers + retirees }

    func files() throws -> [String: String] {
        let months = try JobsTests.months(months)
        var person = "psn_no,insu_admdvs\n"
        var enrolment = "psn_no,insutype,psn_type,begndate\n"
        var contribution = SmallTown.contributionHeader
        var level = "psn_no,year,year_total\n"
        for number in 1...workers {
            person += "W\(number),320703\n"
            enrolment += "W\(number),310,1101,2010-01-01\n"
            for month in months {
                contribution +=
                    "\(month)-W\(number),W\(number),310,10,\(month),5000.00,100.00,350.00,\(month)-10\n"
            }
        }
        for number in 1...retirees {
            person += "R\(number),320703\n"
            enrolment += "R\(number),310,1201,2010-01-01\n"
            level += "R\(number),2022,1200.00\n"
        }
        return [
            "person.csv": person, "enrolment.csv": enrolment, "contribution.csv": contribution,
            "fixed_credit.csv": level,
        ]
    }

    static let contributionHeader =
        "clct_id,psn_no,insutype,clct_type,accrym,clct_base,psn_clct_amt,emp_clct_amt,clct_time\n"

    /// A migrated database with the town's facts.
    func database() throws -> ScratchDatabase {
        let database = try Scratch.database()
        try database.load(files())
        return database
    }
}
