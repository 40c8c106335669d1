import Jobs
import Money
import Policy
import Testing

extension TestRules {
    /// The pack with another text in place of some of its own, and the site file of ``supplied()``.
    static func changed(_ text: String, to replacement: String) throws -> RuleSet {
        let pack = try #require(try published().sources.first { $0.kind == .pack })
        try #require(pack.text.contains(text), "the pack does not say \(text)")
        let directory = try Scratch.directory([
            "lianyungang-employee.yaml": pack.text.replacing(text, with: replacement), "site.yaml": site(),
        ])
        return try RuleSet.load(rulesDirectory: directory, siteFile: "\(directory)/site.yaml")
    }

    /// With rates of interest from 2023 on, in basis points a year.
    static func bearing(
        demand: Int, threeMonth: Int, changing text: String? = nil, to replacement: String = ""
    ) throws -> RuleSet {
        let rates = """
              account.demand_interest_rate:
                2023-01-01: {value: \(demand)}
              account.three_month_interest_rate:
                2023-01-01: {value: \(threeMonth)}

            """
        let pack = try #require(try published().sources.first { $0.kind == .pack })
        let changed = text.map { pack.text.replacing($0, with: replacement) } ?? pack.text
        let directory = try Scratch.directory(["lianyungang-employee.yaml": changed, "site.yaml": site() + rates])
        return try RuleSet.load(rulesDirectory: directory, siteFile: "\(directory)/site.yaml")
    }

    private static func site() -> String {
        """
        site: test
        completes: lianyungang-employee
        source: 测试用数字
        illustrative: true
        values:
          account.retiree_monthly_amount:
            2024-01-01: {value: \(retireeAmount.rawValue)}

        """
    }
}
