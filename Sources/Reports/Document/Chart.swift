/// A chart of one or a few series over the same places. What it shows stands in a table or its text as well.
package struct Chart: Sendable {
    package enum Form: Hashable, Sendable {
        case bars
        case lines
    }

    package enum Unit: Hashable, Sendable {
        case money
        case count
        /// Parts of a whole.
        case share
    }

    package struct Series: Sendable {
        package let name: Phrase
        /// Fen, counts or basis points by place; `nil` where nothing is known.
        package let values: [Int64?]

        package init(_ name: Phrase, _ values: [Int64?]) {
            self.name = name
            self.values = values
        }
    }

    package let form: Form
    package let title: Phrase
    package let unit: Unit
    /// What stands along the axis, as months.
    package let places: [Phrase]
    package let series: [Series]
    /// What the picture says, for who does not see it.
    package let alternative: Phrase

    package init(
        _ form: Form, title: Phrase, unit: Unit, places: [Phrase], series: [Series], alternative: Phrase
    ) {
        self.form = form
        self.title = title
        self.unit = unit
        self.places = places
        self.series = series
        self.alternative = alternative
    }
}
