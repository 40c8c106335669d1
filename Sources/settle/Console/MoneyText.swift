import Money

extension Fen {
    /// Yuan with thousands separators: `1,234,567.89`.
    var grouped: String {
        let (yuan, fen) = rawValue.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(rawValue < 0 ? "-" : "")\(settle.grouped(Int64(yuan))).\(fen < 10 ? "0" : "")\(fen)"
    }
}
