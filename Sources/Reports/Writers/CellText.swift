package import Money

extension Cell {
    /// As people read it: figures in groups of three, a true minus sign, capital characters where the column says so.
    func shown(in language: ReportLanguage, as kind: ColumnKind) -> String {
        switch self {
        case .text(let text), .identifier(let text): text
        case .phrase(let phrase): phrase.text(in: language)
        case .count(let count): grouped("\(count)")
        case .money(let amount): kind == .capitals ? amount.capitals : grouped("\(amount)")
        case .rate(let rate): rate.percent.replacing("-", with: "−")
        case .date(let date): "\(date)"
        case .month(let month): "\(month)"
        case .empty: ""
        }
    }

    var isZero: Bool { self == .money(.zero) || self == .count(0) }

    /// As programs read it: digits, a point, a minus sign; rates as ratios, as the interface has them.
    var plain: String {
        switch self {
        case .text(let text), .identifier(let text): text
        case .phrase(let phrase): phrase.english
        case .count(let count): "\(count)"
        case .money(let amount): "\(amount)"
        case .rate(let rate): rate.ratio
        case .date(let date): "\(date)"
        case .month(let month): "\(month)"
        case .empty: ""
        }
    }
}

extension Fen {
    /// In groups of three, for texts about an amount.
    package var grouped: String { Cell.money(self).shown(in: .english, as: .money) }
}

extension Int64 {
    /// In groups of three, for texts about a count.
    package var grouped: String { Cell.count(self).shown(in: .english, as: .count) }
}

/// `-1234567.89` as `−1,234,567.89`.
private func grouped(_ number: String) -> String {
    let parts = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isNegative = number.hasPrefix("-")
    let digits = Array((parts.first ?? "").drop { $0 == "-" })
    var text = isNegative ? "−" : ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
        text.append(digit)
    }
    return parts.count > 1 ? "\(text).\(parts[1])" : text
}

extension Rate {
    /// Percent with two decimals, so that rates stand figure under figure.
    fileprivate var percent: String {
        let (whole, rest) = basisPoints.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(basisPoints < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)%"
    }

    /// `0.6000`.
    fileprivate var ratio: String {
        let (whole, rest) = basisPoints.magnitude.quotientAndRemainder(dividingBy: 10_000)
        let digits = "\(rest)"
        let fraction = String(repeating: "0", count: 4 - digits.count) + digits
        return "\(basisPoints < 0 ? "-" : "")\(whole).\(fraction)"
    }
}
