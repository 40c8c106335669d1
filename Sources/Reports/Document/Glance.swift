/// How the office stands: a few figures, and how far each month of the last years is.
package struct Glance: Sendable {
    package let figures: [Figure]
    /// The newest first.
    package let years: [Year]

    package init(figures: [Figure], years: [Year]) {
        self.figures = figures
        self.years = years
    }

    package struct Year: Sendable {
        package let year: Int
        package let rows: [Row]

        package init(year: Int, rows: [Row]) {
            self.year = year
            self.rows = rows
        }
    }

    package struct Row: Sendable {
        package let label: Phrase
        /// January to December.
        package let marks: [Mark]

        package init(_ label: Phrase, _ marks: [Mark]) {
            self.label = label
            self.marks = marks
        }
    }

    package enum Mark: Hashable, Sendable {
        /// Not begun.
        case none
        /// Begun, or waiting for something.
        case open
        case done
    }
}
