/// The axis of a chart: round steps that hold all values, and zero.
struct ChartScale {
    let low: Int64
    let high: Int64
    /// From the lowest to the highest.
    let ticks: [Int64]
    /// How many of the smallest unit one of the axis is: fen for money.
    private let divisor: Int64

    init(_ chart: Chart) {
        let values = chart.series.flatMap { $0.values.compactMap(\.self) }
        let (least, most) = (min(values.min() ?? 0, 0), max(values.max() ?? 0, 0))
        let one: Int64 = chart.unit == .count ? 1 : 100
        let step = ChartScale.step(most.magnitude > least.magnitude ? most.magnitude : least.magnitude, one: one)
        low = least >= 0 ? 0 : -((-least + step - 1) / step) * step
        high = max((most + step - 1) / step * step, low + step)
        ticks = Array(stride(from: low, through: high, by: Int64.Stride(step)))
        divisor =
            switch chart.unit {
            case .count: 1
            case .share: 100
            case .money: step >= 100_000_000_00 ? 100_000_000_00 : step >= 1_000_00 ? 10_000_00 : 100
            }
    }

    /// A fourth of the largest value, rounded up to 1, 2 or 5 of a power of ten.
    private static func step(_ largest: UInt64, one: Int64) -> Int64 {
        let wanted = max(Int64(clamping: largest / 4), one)
        var power = one
        while power <= wanted / 10 { power *= 10 }
        for factor in [1, 2, 5] as [Int64] where power * factor >= wanted { return power * factor }
        return power * 10
    }

    func label(_ tick: Int64) -> String {
        let (whole, rest) = tick.magnitude.quotientAndRemainder(dividingBy: UInt64(divisor))
        let tenth = rest * 10 / UInt64(divisor)
        return (tick < 0 ? "−" : "") + "\(whole)" + (tenth > 0 ? ".\(tenth)" : "")
    }

    func unit(of unit: Chart.Unit) -> Phrase {
        switch unit {
        case .count: ReportWords.times
        case .share: ReportWords.percent
        case .money:
            divisor == 100
                ? ReportWords.yuan : divisor == 10_000_00 ? ReportWords.tenThousand : ReportWords.hundredMillion
        }
    }
}
