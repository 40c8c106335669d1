/// Which category a `psn_type` code belongs to, on one date: the longest prefix that fits decides, so 1103 is flexible
/// though 11 is active.
package struct PersonCategoryTable: Hashable, Sendable {
    private struct Prefix: Hashable, Sendable {
        let bytes: [UInt8]
        let category: InsuredCategory
    }

    /// Longest first.
    private let prefixes: [Prefix]

    init(_ codes: [(category: InsuredCategory, prefixes: [String])]) {
        prefixes = codes.flatMap { category, prefixes in
            prefixes.map { Prefix(bytes: Array($0.utf8), category: category) }
        }.sorted { $0.bytes.count > $1.bytes.count }
    }

    /// `nil` if the code belongs to no category; such a person is an exception, not a default.
    package func category(of personType: String) -> InsuredCategory? {
        category(of: personType.utf8.span)
    }

    /// The same for a code as it lies in a row: its ASCII bytes.
    package func category(of personType: borrowing Span<UInt8>) -> InsuredCategory? {
        for prefix in prefixes where begins(personType, with: prefix.bytes) { return prefix.category }
        return nil
    }

    private func begins(_ code: borrowing Span<UInt8>, with prefix: [UInt8]) -> Bool {
        guard code.count >= prefix.count else { return false }
        for index in prefix.indices where code[index] != prefix[index] { return false }
        return true
    }
}
