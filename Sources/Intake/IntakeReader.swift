/// The rows of one delivered file, read, checked and typed, one at a time.
///
///     var reader = try IntakeReader(.contribution, from: source, reporting: &problems)
///     while try reader.next(reporting: &problems) {
///         let base = reader.cells[5].number
///     }
///
/// A row with a problem is reported and passed over, so that one reading finds all problems up to the limit.
package struct IntakeReader: ~Copyable {
    package let file: IntakeFile
    /// The cells of the current row, in the order of the contract's columns.
    package private(set) var cells: [Cell]
    /// The physical line on which the current row begins, from 1.
    package var line: Int { csv.line }

    private var csv: CSVReader
    /// What stands in each field of a row; empty if the header was refused.
    private var plan: [Place] = []
    private let rules: [RulePlan]
    private var memo = PersonMemo()

    private struct Place {
        let column: Int
        let kind: CellKind
        let isOptional: Bool
    }

    /// Reads the header and reports what is wrong with it; then ``next(reporting:)`` finds no rows.
    package init(
        _ file: IntakeFile, from source: some ByteSource, reporting problems: inout IntakeProblems,
        blockSize: Int = 256 * 1024
    ) throws {
        self.file = file
        cells = [Cell](repeating: .absent, count: file.columns.count)
        rules = file.rules.compactMap { RulePlan($0, in: file) }
        csv = CSVReader(source, blockSize: blockSize)
        try csv.skipByteOrderMark()
        switch try csv.next() {
        case .end: problems.add(IntakeProblem(file: file.name, line: nil, .emptyFile))
        case .fault(let fault): problems.add(IntakeProblem(file: file.name, line: 1, fault))
        case .row: readHeader(reporting: &problems)
        }
    }

    /// Goes on to the next row that can be stored. False at the end, or when the problems have reached their limit.
    package mutating func next(reporting problems: inout IntakeProblems) throws -> Bool {
        guard !plan.isEmpty else { return false }
        while !problems.isFull {
            switch try csv.next() {
            case .end: return false
            case .fault(let fault): problems.add(IntakeProblem(file: file.name, line: line, fault))
            case .row: if readRow(reporting: &problems) { return true }
            }
        }
        return false
    }

    /// The bytes of a cell of the current row; none if it is absent.
    package func withBytes<Result, Failure: Error>(
        of column: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(csv.block.span.extracting(cells[column].start..<cells[column].end))
    }

    /// Lends the cells of the current row and the bytes in which their texts stand, see ``Cell/place``.
    package func withRow<Failure: Error>(
        _ body: (_ cells: [Cell], _ bytes: Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        try body(cells, csv.block.span)
    }

    private mutating func readHeader(reporting problems: inout IntakeProblems) {
        let before = problems.list.count
        var plan: [Place] = []
        for field in csv.row.fields {
            let bytes = csv.block[field.start..<field.end]
            guard let index = file.columns.firstIndex(where: { $0.name.utf8.elementsEqual(bytes) }) else {
                let name = shown(csv.block.span.extracting(field.start..<field.end))
                problems.add(
                    IntakeProblem(
                        file: file.name, line: 1, column: "column", value: name,
                        .unknownColumn(known: file.columns.map(\.name))))
                continue
            }
            let column = file.columns[index]
            if plan.contains(where: { $0.column == index }) {
                problems.add(IntakeProblem(file: file.name, line: 1, column: column.name, .columnTwice))
            }
            plan.append(Place(column: index, kind: column.kind, isOptional: column.isOptional))
        }
        for (index, column) in file.columns.enumerated() where !column.isOptional {
            if !plan.contains(where: { $0.column == index }) {
                problems.add(IntakeProblem(file: file.name, line: 1, column: column.name, .columnMissing))
            }
        }
        if problems.list.count == before { self.plan = plan }
    }

    private mutating func readRow(reporting problems: inout IntakeProblems) -> Bool {
        guard csv.row.fields.count == plan.count else {
            let isEmptyLine = csv.row.fields.count == 1 && csv.row.fields[0].start == csv.row.fields[0].end
            let fault: IntakeFault =
                isEmptyLine ? .emptyLine : .fieldCount(found: csv.row.fields.count, expected: plan.count)
            problems.add(IntakeProblem(file: file.name, line: line, fault))
            return false
        }
        // The bytes are lent from this reader, so what is written is taken out of it meanwhile.
        var cells: [Cell] = []
        var memo = PersonMemo()
        swap(&cells, &self.cells)
        swap(&memo, &self.memo)
        let isGood = read(into: &cells, &memo, reporting: &problems)
        swap(&cells, &self.cells)
        swap(&memo, &self.memo)
        return isGood && keepsRules(reporting: &problems)
    }

    private func read(
        into cells: inout [Cell], _ memo: inout PersonMemo, reporting problems: inout IntakeProblems
    ) -> Bool {
        var isGood = true
        let bytes = csv.block.span
        let isPlain = csv.row.isPlain
        for number in plan.indices {
            let (place, field) = (plan[number], csv.row.fields[number])
            guard field.start < field.end else {
                cells[place.column] = .absent
                if !place.isOptional {
                    problems.add(
                        IntakeProblem(file: file.name, line: line, column: file.columns[place.column].name, .required))
                    isGood = false
                }
                continue
            }
            let text = bytes.extracting(field.start..<field.end)
            do {
                if !isPlain { try checkEncoding(text) }
                let number: Int64
                if place.kind == .person, let key = memo.key(of: text) {
                    number = key
                } else {
                    number = try readCell(text, as: place.kind)
                    if place.kind == .person { memo.remember(number, of: text) }
                }
                cells[place.column] = Cell(number: number, start: field.start, end: field.end)
            } catch {
                report(error, at: place.column, text, to: &problems)
                isGood = false
            }
        }
        return isGood
    }

    private func keepsRules(reporting problems: inout IntakeProblems) -> Bool {
        var isGood = true
        for rule in rules {
            if let broken = rule.broken(by: cells) {
                let cell = cells[broken.column]
                report(broken.fault, at: broken.column, csv.block.span.extracting(cell.start..<cell.end), to: &problems)
                isGood = false
            }
        }
        return isGood
    }

    private func report(
        _ fault: IntakeFault, at column: Int, _ text: Span<UInt8>, to problems: inout IntakeProblems
    ) {
        let column = file.columns[column]
        let value = column.isConfidential || text.isEmpty ? nil : shown(text)
        problems.add(IntakeProblem(file: file.name, line: line, column: column.name, value: value, fault))
    }
}
