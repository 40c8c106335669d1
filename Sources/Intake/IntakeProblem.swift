/// One thing wrong with a delivery: where, what, and what to write instead.
///
///     contribution.csv:17: clct_base "12.345": more than two decimals; write yuan with at most two decimals, as 12.34
package struct IntakeProblem: Error, Hashable, Sendable {
    package let file: String
    /// The physical line on which the row begins, from 1; the header is a row. `nil` for the file as a whole.
    package let line: Int?
    package let column: String?
    /// The cell as it may be shown; `nil` if empty or confidential.
    package let value: String?
    package let fault: IntakeFault

    package init(file: String, line: Int?, column: String? = nil, value: String? = nil, _ fault: IntakeFault) {
        self.file = file
        self.line = line
        self.column = column
        self.value = value
        self.fault = fault
    }
}

extension IntakeProblem: CustomStringConvertible {
    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        let subject = [column, value.map { "\"\($0)\"" }].compactMap(\.self).joined(separator: " ")
        return [place, subject, "\(fault.reason); \(fault.remedy)"].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}

/// The problems found so far, up to a limit: after it, looking further is no help to anyone.
package struct IntakeProblems: Sendable {
    package let limit: Int
    package private(set) var list: [IntakeProblem] = []

    /// `limit` must be positive.
    package init(limit: Int = 100) {
        precondition(limit > 0, "at least one problem is reported")
        self.limit = limit
    }

    package var isEmpty: Bool { list.isEmpty }

    /// At the limit: there may be more.
    package var isFull: Bool { list.count >= limit }

    /// Keeps the problem if the limit allows.
    package mutating func add(_ problem: IntakeProblem) {
        if !isFull { list.append(problem) }
    }
}

extension IntakeProblems: CustomStringConvertible {
    /// One line a problem; a last line says so if the limit was reached.
    package var description: String {
        var lines = list.map(\.description)
        if isFull { lines.append("and more may be wrong: the first \(limit) problems are shown") }
        return lines.joined(separator: "\n")
    }
}
