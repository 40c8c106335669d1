package import Money

/// How the office stands: a few figures, how far each month of the last years is, and what has run.
package struct Glance: Sendable {
    package let figures: [Figure]
    /// The newest first.
    package let years: [Year]
    /// The newest first.
    package let runs: [Run]

    package init(figures: [Figure], years: [Year], runs: [Run] = []) {
        self.figures = figures
        self.years = years
        self.runs = runs
    }

    package struct Run: Sendable {
        package let run: Int64
        package let instance: Phrase
        /// `nil` while it is at work.
        package let finishedAt: CivilTime?
        package let state: Phrase

        package init(run: Int64, instance: Phrase, finishedAt: CivilTime?, state: Phrase) {
            self.run = run
            self.instance = instance
            self.finishedAt = finishedAt
            self.state = state
        }
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
