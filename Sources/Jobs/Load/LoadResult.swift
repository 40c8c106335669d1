/// What became of a delivery.
package struct LoadResult: Sendable {
    /// What became of the rows of one file: read = new + replacing + unchanged.
    package struct File: Hashable, Sendable {
        package let name: String
        /// Rows of keys that were not there.
        package internal(set) var new = 0
        /// Rows that replace an older version.
        package internal(set) var replacing = 0
        /// Rows equal to what is in force, or to an earlier row of the file; nothing is written for them.
        package internal(set) var unchanged = 0
        package internal(set) var duration = Duration.zero

        package var read: Int { new + replacing + unchanged }
        package var written: Int { new + replacing }
    }

    /// `nil` if every row was unchanged: then no batch was made.
    package let batch: Int64?
    /// In the order they were loaded.
    package let files: [File]
    package let duration: Duration
}

/// How far the reading of a delivery is.
package struct LoadProgress: Hashable, Sendable {
    package let file: String
    package let bytesRead: Int
    package let byteCount: Int
}
