@testable import Policy

/// The shipped pack as text: bad packs are made from it by spoiling one place.
let shippedText = String(decoding: RuleFile.builtIn[0].bytes, as: UTF8.self)

let demoSite = """
    site: demo-city
    completes: lianyungang-employee
    source: 演示数据，非公布数据
    illustrative: true
    values:
      account.retiree_monthly_amount:
        2024-01-01: {value: 9000, unit: fen/month}
    """

/// Reads texts as if they were built in: `pack.yaml` first, then the others.
func library(_ pack: String, _ others: (name: String, text: String)...) -> RuleLibrary {
    let files = [(name: "pack.yaml", text: pack)] + others
    return RuleLibrary(
        rulesDirectory: nil, siteFile: nil,
        builtIn: files.map { RuleFile(name: $0.name, bytes: Array($0.text.utf8)) })
}

func rules(_ pack: String = shippedText, site: String? = nil) throws(PolicyError) -> RuleSet {
    let files = site.map { library(pack, ("site.yaml", $0)) } ?? library(pack)
    return try RuleSet.load(pack: "lianyungang-employee", from: files)
}

/// What is wrong with a pack and its site file, as an operator reads it.
func faults(_ pack: String = shippedText, site: String? = nil) -> [String] {
    let files = site.map { library(pack, ("site.yaml", $0)) } ?? library(pack)
    return files.allFaults.map(\.description)
}

extension String {
    /// This text with the only occurrence of `old` replaced.
    func spoiled(_ old: String, _ new: String) -> String {
        let parts = split(separator: old, omittingEmptySubsequences: false)
        precondition(parts.count == 2, "\(old) stands \(parts.count - 1) times in the text")
        return parts[0] + new + parts[1]
    }

    /// The line, counted from 1, on which `snippet` begins for the first time.
    func line(of snippet: String) -> Int {
        let parts = split(separator: snippet, maxSplits: 1, omittingEmptySubsequences: false)
        precondition(parts.count == 2, "\(snippet) is not in the text")
        return parts[0].count { $0 == "\n" } + 1
    }

    /// This text without the parameter of that name.
    func without(_ key: String) -> String {
        let lines = split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(of: "  \(key):") else { preconditionFailure("\(key) is not in the text") }
        let end = lines[(start + 1)...].firstIndex { !$0.hasPrefix("    ") } ?? lines.endIndex
        return (lines[..<start] + lines[end...]).joined(separator: "\n")
    }
}
