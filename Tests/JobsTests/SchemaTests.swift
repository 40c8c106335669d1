import Jobs
import Postgres
import Schema
import Testing

@Suite(.serialized, .scratch) struct `A migration` {
    private let last = Migration.all.count

    private func migrate(_ database: ScratchDatabase, _ migrator: Migrator = Migrator()) throws -> [String] {
        var connection = try database.connect()
        return try migrator.migrate(&connection).map(\.fileName)
    }

    /// The refusal of a migration, which must be that of a job too, and of which nothing remains.
    private func refusal(_ database: ScratchDatabase) throws -> JobError {
        let before = try database.rows(
            "SELECT concat_ws(' ', number, digest) FROM public.settle_migration ORDER BY number")
        let error = try #require(throws: JobError.self) { try migrate(database) }
        var connection = try database.connect()
        let second = try #require(throws: JobError.self) { try Migrator().verify(&connection) }
        #expect("\(error)" == "\(second)")
        try database.expect(
            "SELECT concat_ws(' ', number, digest) FROM public.settle_migration ORDER BY number", is: before)
        return error
    }

    @Test func `numbers its files without gaps`() {
        #expect(Migration.all.map(\.number) == Array(1...last))
        #expect(Migration.all.first?.fileName == "0001_schemas_and_roles.sql")
    }

    @Test func `applies every step once and then none`() throws {
        let database = try Scratch.database()
        try database.expect(
            "SELECT number::text FROM public.settle_migration m ORDER BY m.number", is: (1...last).map { "\($0)" })
        #expect(try migrate(database) == [])
    }

    @Test func `goes on from an older program's database, which jobs refuse until then`() async throws {
        let database = try Scratch.emptyDatabase()
        let older = Migrator(Array(Migration.all.dropLast()))
        #expect(try migrate(database, older) == Migration.all.dropLast().map(\.fileName))
        let error = try await #require(throws: JobError.self) { try await database.monthEnd("2023-01") }
        #expect(
            "\(error)" == "the database is at migration \(last - 1), this program needs \(last). Run `settle migrate`.")
        #expect(error.exitCode == .tryLater)
        #expect(try migrate(database) == Migration.all.suffix(1).map(\.fileName))
        #expect(try await database.monthEnd("2023-01").exitCode == .done)
    }

    @Test func `is asked for where there is none`() async throws {
        let database = try Scratch.emptyDatabase()
        let error = try await #require(throws: JobError.self) { try await database.monthEnd("2023-01") }
        #expect("\(error)" == "this database has no settle schema. Run `settle migrate` first.")
        #expect(error.exitCode == .tryLater)
    }

    @Test func `refuses a database that is newer than the program`() throws {
        let database = try Scratch.emptyDatabase()
        _ = try migrate(database)
        try database.tamper("INSERT INTO public.settle_migration VALUES (\(last + 1), 'of_tomorrow', '-', now())")
        let error = try refusal(database)
        #expect(
            "\(error)"
                == "the database is at migration \(last + 1), this program knows \(last). Install the newer program.")
        #expect(error.exitCode == .tryLater)
    }

    @Test func `refuses a database that was made by another text`() throws {
        let database = try Scratch.emptyDatabase()
        _ = try migrate(database)
        try database.tamper("UPDATE public.settle_migration SET digest = 'another' WHERE number = 3")
        let error = try refusal(database)
        #expect(
            "\(error)" == """
                migration 3 (run) was applied with another text than this program has. Install the program that made \
                the database; released migrations do not change.
                """)
        #expect(error.exitCode == .bug)
    }
}

@Suite(.serialized, .scratch) struct `The database explains itself` {
    private static let ours: SQLText = """
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname IN ('intake', 'ledger', 'run', 'report')
        WHERE c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
        """

    @Test func `every table and view has a comment`() throws {
        let database = try Scratch.database()
        try database.expect(
            """
            SELECT c.oid::regclass::text FROM pg_class c \(Self.ours)
                AND obj_description(c.oid, 'pg_class') IS NULL ORDER BY 1
            """, is: [])
        try database.expect("SELECT (count(*) > 30)::text FROM pg_class c \(Self.ours)", is: ["true"])
    }

    /// Money is bigint fen and says so; in reports it is numeric(18,2) yuan.
    @Test func `every money column has a comment with its unit`() throws {
        let database = try Scratch.database()
        try database.expect(
            """
            SELECT c.oid::regclass || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            \(Self.ours) AND a.attname LIKE '%\\_fen'
                AND (a.atttypid <> 'bigint'::regtype
                     OR coalesce(col_description(c.oid, a.attnum), '') !~ '\\mfen\\M') ORDER BY 1
            """, is: [])
        try database.expect(
            """
            SELECT c.oid::regclass || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            \(Self.ours) AND a.atttypid IN ('real'::regtype, 'double precision'::regtype, 'money'::regtype) ORDER BY 1
            """, is: [])
    }

    /// What the views promise to other programs; more columns may be there.
    private static let contract = [
        "account_entry": """
        psn_no covered_month acct_incexpd_type source amount posting_month posted_on run_id article
        """,
        "account_balance": "psn_no balance",
        "adjudication": """
        setl_id psn_no benefit_year verdict psn_category level eligible deductible pool_rate pool_payment account_payment
        family_account_payment run_id article
        """,
        "accumulator": "psn_no benefit_year deductible pool_payment eligible visits",
        "exception": "run_id psn_no covered_month reason detail",
        "discrepancy": "discrepancy_id class fixmedins_code setl_id amount_theirs amount_ours opened_on state",
        "run": "run_id job business_date state started_at finished_at rule_pack_digest",
    ]

    @Test func `the views of the contract have their columns, and money in yuan as numeric(18,2)`() throws {
        let database = try Scratch.database()
        let columns = try database.rows(
            """
            SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            \(Self.ours) AND n.nspname = 'report' AND a.attnum > 0 ORDER BY 1
            """)
        for (view, promised) in Self.contract {
            let there = columns.filter { $0.hasPrefix("\(view).") }
            for column in promised.split(whereSeparator: \.isWhitespace) {
                #expect(there.contains { $0.hasPrefix("\(view).\(column) ") }, "report.\(view).\(column)")
            }
            let money = there.filter { $0.contains(" numeric") && !$0.contains("_rate ") }
            #expect(money.filter { !$0.hasSuffix(" numeric(18,2)") } == [])
        }
    }

    /// What keeps the way to a distributed database open.
    @Test
    func `person-keyed tables have the person in every key, no triggers, and no foreign keys but among themselves`()
        throws
    {
        let database = try Scratch.database()
        let keyed: SQLText =
            "\(Self.ours) AND c.relkind <> 'v' AND EXISTS (SELECT FROM pg_attribute p WHERE p.attrelid = c.oid AND p.attname = 'person_id')"
        try database.expect(
            """
            SELECT i.indexrelid::regclass::text FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid
            \(keyed) AND i.indisunique AND NOT EXISTS (
                SELECT FROM pg_attribute k WHERE k.attrelid = c.oid AND k.attname = 'person_id'
                    AND k.attnum = ANY (i.indkey)) ORDER BY 1
            """, is: [])
        try database.expect(
            """
            SELECT c.oid::regclass::text FROM pg_class c \(keyed)
                AND (c.relhastriggers OR EXISTS (SELECT FROM pg_attribute p WHERE p.attrelid = c.oid
                     AND p.attname = 'person_id' AND p.atttypid <> 'bigint'::regtype)) ORDER BY 1
            """, is: [])
    }
}
