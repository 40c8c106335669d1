package import Money

/// The posting months that a page of the books is about. What was posted before them is its opening.
package enum BookSpan: Hashable, Sendable {
    case month(Month)
    case year(Int)
    /// From the beginning to the end of a month.
    case through(Month)
    case all

    /// `nil` if the span goes back to the beginning: then there is no opening.
    package var first: Month? {
        switch self {
        case .month(let month): month
        case .year(let year): .first(of: year)
        case .through, .all: nil
        }
    }

    /// `nil` if the span goes on to whatever is posted.
    package var last: Month? {
        switch self {
        case .month(let month), .through(let month): month
        case .year(let year): .last(of: year)
        case .all: nil
        }
    }
}

extension BookSpan: CustomStringConvertible {
    package var description: String {
        switch self {
        case .month(let month): "\(month)"
        case .year(let year): "\(year)"
        case .through(let month): "through \(month)"
        case .all: "all months"
        }
    }
}
