/// How much of a file is held and sent together. Two windows are in memory: while the server takes one, the next is filled.
///
/// Within a window the rows lie in the order of persons, so a larger one leaves fewer places to look for a person's facts.
package struct LoadWindow: Sendable {
    /// A window is full when it has so many bytes...
    package var bytes: Int
    /// ...or so many rows.
    package var rows: Int

    /// Both must be positive.
    package init(bytes: Int = 40 << 20, rows: Int = 1 << 18) {
        precondition(bytes > 0 && rows > 0, "a window holds at least a row")
        self.bytes = bytes
        self.rows = rows
    }
}
