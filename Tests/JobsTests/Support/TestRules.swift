import Jobs
import Money
import Policy

/// The rules that tests settle by.
enum TestRules {
    /// What the site file of ``supplied()`` says a retiree is credited from 2024 on.
    static let retireeAmount = Fen(98_76)

    /// The built-in pack as it is: the figure of 2024 is expected.
    static func published() throws -> RuleSet {
        try RuleSet.load()
    }

    /// The same with a figure that only tests use.
    ///
    /// - Parameter others: further lines of the site file's values.
    static func supplied(source: String = "测试用数字", _ others: String = "") throws -> RuleSet {
        let directory = try Scratch.directory([
            "site.yaml": """
            site: test
            completes: lianyungang-employee
            source: \(source)
            illustrative: true
            values:
              account.retiree_monthly_amount:
                2024-01-01: {value: \(retireeAmount.rawValue)}
            \(others)
            """
        ])
        return try RuleSet.load(siteFile: "\(directory)/site.yaml")
    }
}
