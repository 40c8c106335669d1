/// One typed cell of a row. What ``number`` counts is said by the column's ``CellKind``.
package struct Cell: Hashable, Sendable {
    package let number: Int64
    // Where the bytes stand in the reader's block.
    let start: Int
    let end: Int

    static let absent = Cell(number: 0, start: 0, end: 0)

    /// False if the cell was empty, or the file has no such column.
    package var isReported: Bool { start < end }

    /// Where its bytes stand among those of ``IntakeReader/withRow(_:)``.
    package var place: Range<Int> { start..<end }
}
