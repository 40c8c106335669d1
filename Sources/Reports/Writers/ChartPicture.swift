import Money

/// A chart as the lines, bars and labels of an SVG picture. All geometry is in whole hundredths of a unit, so that the same
/// figures give the same bytes on every machine.
struct ChartPicture {
    private let chart: Chart
    private let language: ReportLanguage
    private let id: String
    private let scale: ChartScale

    /// The picture's field, in units: room for labels to the left and below.
    private static let (width, height, left, right, top, bottom) = (860, 260, 64, 12, 16, 32)

    init(_ chart: Chart, _ language: ReportLanguage, id: String) {
        self.chart = chart
        self.language = language
        self.id = id
        scale = ChartScale(chart)
    }

    var context: [String: Any] {
        let (title, unit) = (chart.title.text(in: language), scale.unit(of: chart.unit).text(in: language))
        return [
            "id": id, "title": title, "caption": language == .chinese ? "\(title)（\(unit)）" : "\(title) (\(unit))",
            "alternative": chart.alternative.text(in: language),
            "unit": unit, "width": ChartPicture.width,
            "height": ChartPicture.height, "left": ChartPicture.left,
            "rightEnd": ChartPicture.width - ChartPicture.right,
            "ticks": scale.ticks.map { ["y": decimal(y($0)), "label": scale.label($0)] },
            "places": places, "bars": chart.form == .bars ? bars : [], "lines": chart.form == .lines ? lines : [],
            "hasLegend": chart.series.count > 1,
            "legend": chart.series.enumerated().map { ["class": "s\($0)", "name": $1.name.text(in: language)] },
        ]
    }

    private var field: Int { ChartPicture.width - ChartPicture.left - ChartPicture.right }

    /// How far down a value stands, in hundredths.
    private func y(_ value: Int64) -> Int {
        let height = Int128((ChartPicture.height - ChartPicture.top - ChartPicture.bottom) * 100)
        let rise = Int128(value) - Int128(scale.low)
        let span = max(1, Int128(scale.high) - Int128(scale.low))
        return Int(Int128(ChartPicture.top * 100) + height - height * rise / span)
    }

    /// The middle of a place, in hundredths.
    private func middle(_ place: Int) -> Int {
        ChartPicture.left * 100 + field * 100 * (2 * place + 1) / (2 * max(1, chart.places.count))
    }

    /// As many labels as have room beside one another, from the last one back.
    private var places: [[String: String]] {
        let y = "\(ChartPicture.height - 10)"
        let labels = chart.places.map { $0.text(in: language) }
        let widest = labels.map(ChartPicture.width(of:)).max() ?? 0
        let step = max(1, (widest * labels.count + field - 1) / field)
        return labels.enumerated().filter { (labels.count - 1 - $0.offset).isMultiple(of: step) }.map { place, label in
            // A long one at the edge moves in.
            let half = ChartPicture.width(of: label) * 50
            let x = max(half, min(middle(place), ChartPicture.width * 100 - half))
            return ["x": decimal(x), "y": y, "label": label]
        }
    }

    /// What a label takes, with some air: Chinese characters are as wide as they are high, others less.
    private static func width(of label: String) -> Int {
        label.unicodeScalars.reduce(8) { $0 + ($1.value >= 0x1100 ? 11 : 7) }
    }

    private var bars: [[String: String]] {
        let band = field * 100 / max(1, chart.places.count)
        let bar = min(2400, band * 6 / 10 / max(1, chart.series.count))
        var bars: [[String: String]] = []
        for (number, series) in chart.series.enumerated() {
            for (place, value) in series.values.enumerated() {
                guard let value else { continue }
                let x = middle(place) - bar * chart.series.count / 2 + bar * number
                let (top, base) = (max(value, 0), min(value, 0))
                bars.append([
                    "class": "s\(number)", "x": decimal(x), "width": decimal(bar - 100), "y": decimal(y(top)),
                    "height": decimal(y(base) - y(top)),
                    "title": tip(series, place, value),
                ])
            }
        }
        return bars
    }

    private var lines: [[String: Any]] {
        chart.series.enumerated().map { number, series in
            let points = series.values.enumerated().compactMap { place, value in
                value.map { (x: decimal(middle(place)), y: decimal(y($0)), title: tip(series, place, $0)) }
            }
            return [
                "class": "s\(number)", "points": points.map { "\($0.x),\($0.y)" }.joined(separator: " "),
                "dots": points.map { ["x": $0.x, "y": $0.y, "title": $0.title] },
            ]
        }
    }

    private func tip(_ series: Chart.Series, _ place: Int, _ value: Int64) -> String {
        let cell: Cell =
            switch chart.unit {
            case .money: .money(Fen(value))
            case .count: .count(value)
            case .share: .rate(Rate(basisPoints: value))
            }
        return "\(chart.places[place].text(in: language)) \(series.name.text(in: language)) "
            + cell.shown(in: language, as: .money)
    }
}

private func decimal(_ hundredths: Int) -> String {
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    return "\(hundredths < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
}
