import Intake
import Money

/// The good rows of a delivered file, handed to windows as these have room, and what is known of them so far.
struct FileRows: ~Copyable {
    private let table: StoredTable
    private let delivered: DeliveredFile
    private var reader: IntakeReader
    private var repeats: RepeatWatch?
    private let id: Int
    private var latest = Int64.min
    private(set) var isAtEnd = false
    private(set) var rowCount = 0

    /// - Parameter watchesRepeats: whether ``mayRepeatID`` will be asked for.
    init(
        of table: StoredTable, at path: String, watchesRepeats: Bool, reporting problems: inout IntakeProblems,
        progress: @escaping (LoadProgress) -> Void
    ) throws {
        let delivered = try DeliveredFile(table.file, at: path, progress: progress)
        reader = try IntakeReader(table.file, from: delivered.blocks, reporting: &problems)
        self.delivered = delivered
        self.table = table
        repeats = watchesRepeats ? RepeatWatch() : nil
        id = table.key.first?.source ?? 0
    }

    /// Reads up to `count` rows into a window, and no more than it has room for. Returns false if the window is full or
    /// the file at its end.
    mutating func fill(
        _ window: inout RowWindow, upTo count: Int, reporting problems: inout IntakeProblems
    ) throws -> Bool {
        guard !isAtEnd else { return false }
        for _ in 0..<count {
            guard !window.isFull else { return false }
            guard try reader.next(reporting: &problems) else {
                isAtEnd = true
                return false
            }
            rowCount += 1
            if let dated = table.dated { latest = max(latest, reader.cells[dated.source].number) }
            if repeats != nil { watch() }
            window.append(reader)
        }
        return true
    }

    private mutating func watch() {
        reader.withBytes(of: id) { bytes in
            // The reader lets no longer identifier in.
            if let id = FactID(bytes) { repeats?.add(id) }
        }
    }

    /// Whether an event's id may have come twice; if not, none did.
    var mayRepeatID: Bool { repeats?.mayHoldRepeats ?? true }

    /// The latest date on a row; `nil` if the rows are not events or there are none.
    var latestFact: CivilDate? {
        guard let dated = table.dated, rowCount > 0 else { return nil }
        return dated.form == .timestamp
            ? CivilTime(secondNumber: latest).date : CivilDate(dayNumber: Int32(truncatingIfNeeded: latest))
    }

    /// SHA-256 of the bytes read, in hexadecimal.
    var digest: String { delivered.digest }
}
