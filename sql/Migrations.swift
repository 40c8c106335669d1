/// One forward step of the database's shape: a file of this folder, built into the program.
package struct Migration: Sendable {
    /// The number in the file's name: 1, 2, 3, …, without gaps.
    package let number: Int
    /// The file's name without the number and `.sql`.
    package let name: String
    package let text: String

    /// As `0003_run.sql`.
    package var fileName: String {
        let digits = String(number)
        return "\(String(repeating: "0", count: 4 - digits.count))\(digits)_\(name).sql"
    }

    private init(_ number: Int, _ name: String, _ bytes: [UInt8]) {
        self.number = number
        self.name = name
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    /// All steps in order. A new file is listed here and in `Package.swift`; a released one is never edited.
    /// (The name of an embedded file replaces its first digit by an underscore.)
    package static let all = [
        Migration(1, "schemas_and_roles", PackageResources._001_schemas_and_roles_sql),
        Migration(2, "intake", PackageResources._002_intake_sql),
        Migration(3, "run", PackageResources._003_run_sql),
        Migration(4, "ledger", PackageResources._004_ledger_sql),
        Migration(5, "report", PackageResources._005_report_sql),
        Migration(6, "adjudication", PackageResources._006_adjudication_sql),
        Migration(7, "reconciliation", PackageResources._007_reconciliation_sql),
        Migration(8, "facts_in_yuan", PackageResources._008_facts_in_yuan_sql),
        Migration(9, "annual_settlement", PackageResources._009_annual_settlement_sql),
        Migration(10, "bulk_runs", PackageResources._010_bulk_runs_sql),
        Migration(11, "personal_data", PackageResources._011_personal_data_sql),
        Migration(12, "person_order", PackageResources._012_person_order_sql),
        Migration(13, "fresh_keys", PackageResources._013_fresh_keys_sql),
        Migration(14, "fresh_settlements", PackageResources._014_fresh_settlements_sql),
        Migration(15, "versions_by_batch", PackageResources._015_versions_by_batch_sql),
        Migration(16, "longest_first", PackageResources._016_longest_first_sql),
    ]
}
