import Testing

@testable import Reports

@Suite struct `The axis of a chart` {
    @Test(arguments: [
        ([Int64(0)], Chart.Unit.count, ["0", "1"]), ([3], .count, ["0", "1", "2", "3"]),
        ([7, 9], .count, ["0", "2", "4", "6", "8", "10"]),
        ([-3, 4], .count, ["−3", "−2", "−1", "0", "1", "2", "3", "4"]),
        ([390_00], .money, ["0", "100", "200", "300", "400"]),
        ([45_000_00], .money, ["0", "2", "4", "6"]), ([3_900_000_000_00], .money, ["0", "10", "20", "30", "40"]),
        ([], .money, ["0", "1"]),
    ])
    func `has round steps that hold every value and zero`(values: [Int64], unit: Chart.Unit, labels: [String]) {
        let scale = ChartScale(chart(values, unit))
        #expect(scale.ticks.map(scale.label) == labels)
    }

    @Test(arguments: 1...50) func `holds whatever it is given, in few steps`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let values = (0..<5).map { _ in
            Int64(bitPattern: random.next() >> (8 + random.next() % 50)) * (random.next() % 2 == 0 ? 1 : -1)
        }
        let scale = ChartScale(chart(values, .money))
        #expect(scale.low <= min(0, values.min() ?? 0) && scale.high >= values.max() ?? 0)
        #expect((2...13).contains(scale.ticks.count) && scale.ticks.contains(0), "\(scale.ticks)")
    }

    private func chart(_ values: [Int64], _ unit: Chart.Unit) -> Chart {
        let name = Phrase("甲", "A")
        return Chart(
            .bars, title: name, unit: unit, places: values.map { _ in name }, series: [Chart.Series(name, values)],
            alternative: name)
    }
}
