// swift-tools-version: 6.3

import PackageDescription

/// What every target of ours is held to. `strict` adds the memory-safety check where unsafe code lives.
let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// The files of `sql/` that `settle migrate` applies, in order; `sql/Migrations.swift` lists them too.
let migrations = [
    "0001_schemas_and_roles", "0002_intake", "0003_run", "0004_ledger", "0005_report",
    "0006_adjudication", "0007_reconciliation", "0008_facts_in_yuan", "0009_annual_settlement",
    "0010_bulk_runs", "0011_personal_data", "0012_person_order", "0013_fresh_keys", "0014_fresh_settlements",
    "0015_versions_by_batch", "0016_longest_first",
]

/// The files of `Sources/Reports/Templates`, which the program carries with it.
let templates = [
    "chart.mustache", "index.mustache", "page-begin.mustache", "page-end.mustache", "section.mustache",
    "table-begin.mustache", "table-row.mustache", "table-end.mustache", "notice.mustache", "record.mustache",
    "style.css", "table.js",
]

let package = Package(
    name: "settle",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .target(name: "Money", swiftSettings: rules),
        .target(name: "Postgres", dependencies: ["CLibpq"], swiftSettings: rules + [.strictMemorySafety()]),
        .target(
            name: "Policy", dependencies: ["Money", crypto, yams],
            resources: [.embedInCode("Packs/lianyungang-employee.yaml")], swiftSettings: rules),
        .target(
            name: "Schema", path: "sql", exclude: ["bench"],
            resources: migrations.map { .embedInCode("\($0).sql") }, swiftSettings: rules),
        .target(name: "Settlement", dependencies: ["Money", "Policy"], swiftSettings: rules),
        .target(name: "Cases", dependencies: ["Money", "Policy", "Settlement"], swiftSettings: rules),
        .target(name: "Books", dependencies: ["Money"], swiftSettings: rules),
        .target(name: "Intake", dependencies: ["Money", crypto], swiftSettings: rules),
        .target(name: "Files", swiftSettings: rules),
        .target(
            name: "Spreadsheet", dependencies: ["CXlsxWriter"], swiftSettings: rules + [.strictMemorySafety()]),
        .target(
            name: "Reports", dependencies: ["Files", "Money", "Spreadsheet", mustache],
            resources: templates.map { .embedInCode("Templates/\($0)") }, swiftSettings: rules),
        .target(name: "Archive", dependencies: ["CZip", "Files"], swiftSettings: rules + [.strictMemorySafety()]),
        .target(
            name: "Jobs",
            dependencies: [
                "Money", "Policy", "Settlement", "Books", "Files", "Intake", "Archive", "Postgres", "Reports", "Schema",
                logging, crypto,
            ],
            swiftSettings: rules),
        .target(name: "City", dependencies: ["Money"], swiftSettings: rules),
        .executableTarget(
            name: "settle",
            dependencies: [
                "Archive", "Books", "Cases", "City", "Files", "Intake", "Jobs", "Money", "Policy", "Postgres",
                "Reports", "Schema", "Settlement", "Spreadsheet", argumentParser, logging,
            ],
            swiftSettings: rules),
        .target(name: "CAllocations"),
        .executableTarget(
            name: "settle-bench",
            dependencies: ["CAllocations", "Money", "Policy", "Postgres", "Settlement", argumentParser],
            path: "Sources/bench", swiftSettings: rules),

        .testTarget(name: "MoneyTests", dependencies: ["Money"], swiftSettings: rules),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres"], swiftSettings: rules),
        .testTarget(name: "PolicyTests", dependencies: ["Money", "Policy"], swiftSettings: rules),
        .target(name: "Oracle", dependencies: ["Money"], path: "Tests/Oracle", swiftSettings: rules),
        .testTarget(
            name: "SettlementTests", dependencies: ["Money", "Oracle", "Policy", "Settlement"], swiftSettings: rules),
        .testTarget(
            name: "BooksTests", dependencies: ["Money", "Books"], resources: [.copy("Golden")], swiftSettings: rules),
        .testTarget(
            name: "CasesTests", dependencies: ["Cases", "Policy"], resources: [.copy("Cases")], swiftSettings: rules),
        .testTarget(name: "IntakeTests", dependencies: ["Intake", "Money"], swiftSettings: rules),
        .testTarget(
            name: "JobsTests",
            dependencies: [
                "Archive", "Books", "City", "Files", "Jobs", "Intake", "Money", "Oracle", "Policy", "Postgres",
                "Readers", "Reports", "Schema", "settle", logging,
            ],
            exclude: ["Golden"],
            resources: [.embedInCode("NightlyOracle.sql")], swiftSettings: rules),
        .testTarget(name: "SettleTests", dependencies: ["Postgres", "settle"], swiftSettings: rules),
        .target(name: "Readers", path: "Tests/Readers", swiftSettings: rules),
        .testTarget(
            name: "ReportsTests", dependencies: ["Files", "Money", "Readers", "Reports"], exclude: ["Golden"],
            swiftSettings: rules),
        .testTarget(
            name: "BenchTests", dependencies: ["Postgres", "settle", "settle-bench"], swiftSettings: rules),
        .testTarget(name: "ArchiveTests", dependencies: ["Archive"], swiftSettings: rules),
        .testTarget(name: "CityTests", dependencies: ["City", "Money"], swiftSettings: rules),
    ],
    swiftLanguageModes: [.v6]
)
