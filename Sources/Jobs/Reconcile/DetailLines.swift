import Archive

/// The lines of a zipped detail file, one after the other in flat memory. A byte order mark before the first is passed
/// over, and a carriage return before a line feed.
struct DetailLines: ~Copyable {
    private var reader: ZipReader
    private var block = [UInt8](repeating: 0, count: 64 * 1024)
    private var start = 0
    private var end = 0
    /// The number of the line given last, from 1.
    private(set) var number: Int64 = 0

    static let longest = 4096

    init(_ path: String) throws(ArchiveError) {
        reader = try ZipReader(path)
    }

    enum Line {
        case bytes(ArraySlice<UInt8>)
        /// The rest of the file is given up: where its rows begin can no longer be told.
        case tooLong
    }

    /// - Returns: the next line without its end; `nil` when there are no more.
    mutating func next() throws(ArchiveError) -> Line? {
        var searched = start
        while true {
            if let feed = block[searched..<end].firstIndex(of: UInt8(ascii: "\n")) {
                let line = start..<feed
                start = feed + 1
                return give(line)
            }
            guard end - start <= DetailLines.longest else {
                start = end
                number += 1
                return .tooLong
            }
            let count = try fill()
            searched = end - count
            guard count > 0 else {
                guard start < end else { return nil }
                let line = start..<end
                start = end
                return give(line)
            }
        }
    }

    private mutating func give(_ range: Range<Int>) -> Line {
        number += 1
        guard range.count <= DetailLines.longest else { return .tooLong }
        var line = block[range]
        if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        return .bytes(line)
    }

    /// Moves what is not given yet to the front and reads more behind it.
    private mutating func fill() throws(ArchiveError) -> Int {
        block.replaceSubrange(0..<end - start, with: Array(block[start..<end]))
        end -= start
        start = 0
        let count = try reader.read(into: &block, at: end..<block.count)
        end += count
        return count
    }
}
