import Postgres
import Testing

/// 连政办发〔2022〕73号 二（三）、二（四） once more, as one plain SQL statement a rule over the facts alone. Nothing is shared
/// with the program: categories, rounding and dates are PostgreSQL's. `$1` is the last day of the last month settled;
/// facts dated later are not known.
enum CreditOracle {
    /// 参保人员当月身份: the status in force on the last day of the month before; in the month in which a spell begins, its
    /// first status. Nobody has one after the month of death, nor in a month in which they were enrolled on no day.
    private static let standing = """
        CREATE SCHEMA oracle;
        CREATE TABLE oracle.month AS
            SELECT m::date AS first_day, (m + interval '1 month' - interval '1 day')::date AS last_day
            FROM generate_series(timestamp '2023-01-01', timestamp '2025-12-01', interval '1 month') m;
        CREATE TABLE oracle.person AS
            SELECT * FROM (SELECT DISTINCT ON (person_id) * FROM intake.person ORDER BY person_id, batch_id DESC) newest
            WHERE valid;
        CREATE TABLE oracle.status AS
            SELECT person_id, psn_type, begndate,
                   coalesce(least(enddate, lead(begndate) OVER (PARTITION BY person_id ORDER BY begndate) - 1),
                            'infinity') AS enddate
            FROM (SELECT DISTINCT ON (person_id, begndate) * FROM intake.enrolment
                  WHERE insutype = 310 ORDER BY person_id, begndate, batch_id DESC) newest
            WHERE valid;
        CREATE TABLE oracle.standing AS
            SELECT DISTINCT ON (person_id, first_day) person_id, first_day AS covered_month,
                   CASE WHEN psn_type LIKE '1103%' THEN 'flexible'
                        WHEN psn_type LIKE '11%' THEN 'active'
                        WHEN psn_type LIKE '12%' THEN 'retired'
                        WHEN psn_type LIKE '34%' OR psn_type LIKE '136003%' OR psn_type LIKE '136013%' THEN 'veteran'
                   END AS category
            FROM oracle.status
            JOIN oracle.month ON first_day - 1 BETWEEN begndate AND enddate OR begndate BETWEEN first_day AND last_day
            JOIN (SELECT DISTINCT person_id, first_day FROM oracle.status
                  JOIN oracle.month ON begndate <= last_day AND enddate >= first_day) enrolled USING (person_id, first_day)
            JOIN oracle.person USING (person_id)
            WHERE death_date IS NULL OR first_day <= death_date
            ORDER BY person_id, first_day, begndate;
        CREATE VIEW oracle.contribution AS
            SELECT * FROM intake.contribution WHERE insutype = 310 AND clct_type <> 36;
        ANALYZE oracle.month, oracle.person, oracle.status, oracle.standing, intake.contribution;
        """

    /// Compares the ledger of a database with the rules.
    static func expectAgreement(
        with database: ScratchDatabase, through lastDay: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let found = try differences(database, through: lastDay)
        #expect(found == Differences(), sourceLocation: sourceLocation)
    }

    static func differences(_ database: ScratchDatabase, through lastDay: String) throws -> Differences {
        try database.tamper("DROP SCHEMA IF EXISTS oracle CASCADE")
        try database.tamper(standing)
        return Differences(
            entries: try database.rows(entries(where: "true"), lastDay),
            exceptions: try database.rows(exceptions, lastDay),
            books: try database.rows(books, lastDay))
    }

    /// The same of credits and openings alone, where accounts move in other ways as well.
    static func creditDifferences(_ database: ScratchDatabase, through lastDay: String) throws -> [String] {
        try database.tamper("DROP SCHEMA IF EXISTS oracle CASCADE")
        try database.tamper(standing)
        return try database.rows(entries(where: "kind IN (101, 113)"), lastDay)
    }

    /// Each list is empty where both agree.
    struct Differences: Equatable {
        var entries: [String] = []
        var exceptions: [String] = []
        var books: [String] = []
    }

    /// 二（四）: employees and flexible workers, 2 % of the base of each contribution; differences and refunds with their sign.
    private static let workerCredits: SQLText = """
        SELECT person_id, covered_month, 101 AS kind, clct_id AS source, round(clct_base_fen * 0.02)::bigint AS amount_fen
        FROM oracle.contribution JOIN oracle.standing USING (person_id, covered_month)
        WHERE category IN ('active', 'flexible') AND clct_type IN (10, 20, 30, 32, 34) AND clct_time <= $1
          AND covered_month <= $1 AND round(clct_base_fen * 0.02) <> 0
        """

    /// 二（四）: retirees in 2023, a twelfth of their own credits of 2022.
    private static let ownLevels: SQLText = """
        SELECT person_id, covered_month, 101 AS kind, 'retiree-own-level' AS source,
               round(year_total_fen / 12.0)::bigint AS amount_fen
        FROM oracle.standing
        JOIN (SELECT DISTINCT ON (person_id) * FROM intake.fixed_credit WHERE year = 2022
              ORDER BY person_id, batch_id DESC) level USING (person_id)
        WHERE category IN ('retired', 'veteran') AND covered_month BETWEEN '2023-01-01' AND least($1, date '2023-12-31')
          AND round(year_total_fen / 12.0) <> 0
        """

    /// 二（四）: retirees from 2024 on, the same amount for everyone (the one of ``TestRules``).
    private static let cityAmounts: SQLText = """
        SELECT person_id, covered_month, 101 AS kind, 'retiree-city-amount' AS source, 9876::bigint AS amount_fen
        FROM oracle.standing
        WHERE category IN ('retired', 'veteran') AND covered_month BETWEEN '2024-01-01' AND $1
        """

    /// The balance brought in from the former system.
    private static let openings: SQLText = """
        SELECT person_id, date_trunc('month', balance_date::timestamp)::date AS covered_month, 113 AS kind,
               'account-opening' AS source, balance_fen AS amount_fen
        FROM (SELECT DISTINCT ON (person_id) * FROM intake.account_opening WHERE balance_date <= $1
              ORDER BY person_id, batch_id DESC) newest
        WHERE balance_fen <> 0
        """

    /// Every movement on which the rules and the ledger do not agree, to the fen.
    private static func entries(where condition: SQLText) -> SQLText {
        """
        WITH due AS (\(workerCredits) UNION ALL \(ownLevels) UNION ALL \(cityAmounts) UNION ALL \(openings)),
        posted AS (
            SELECT person_id, covered_month, kind, source, sum(amount_fen)::bigint AS amount_fen
            FROM ledger.account_entry WHERE \(condition)
            GROUP BY person_id, covered_month, kind, source HAVING sum(amount_fen) <> 0)
        SELECT concat_ws(' ', person_id, covered_month, kind, source,
                         'due', coalesce(due.amount_fen::text, '-'), 'posted', coalesce(posted.amount_fen::text, '-'))
        FROM due FULL JOIN posted USING (person_id, covered_month, kind, source)
        WHERE due.amount_fen IS DISTINCT FROM posted.amount_fen
        ORDER BY 1 LIMIT 20
        """
    }

    /// Every exception of the last month on which they do not agree. A contribution is excepted by the first reason that
    /// holds, the month of a person once besides.
    private static let exceptions: SQLText = """
        WITH last_month AS (SELECT first_day AS covered_month FROM oracle.month WHERE last_day = $1),
        due AS (
            SELECT person_id, covered_month,
                   CASE WHEN person.person_id IS NULL THEN 'unknown_person'
                        WHEN standing.person_id IS NULL AND covered_month > death_date THEN 'dead'
                        WHEN standing.person_id IS NULL THEN 'not_enrolled'
                        WHEN category IS NULL THEN 'unknown_status'
                        ELSE 'retired' END AS reason, clct_id AS source
            FROM (SELECT * FROM oracle.contribution WHERE clct_time <= $1) known JOIN last_month USING (covered_month)
            LEFT JOIN oracle.person USING (person_id) LEFT JOIN oracle.standing USING (person_id, covered_month)
            WHERE category IS NULL OR category IN ('retired', 'veteran')
            UNION ALL
            SELECT person_id, covered_month, 'unknown_status', '' FROM oracle.standing JOIN last_month USING (covered_month)
            WHERE category IS NULL
            UNION ALL
            SELECT person_id, covered_month, 'unpaid', '' FROM oracle.standing JOIN last_month USING (covered_month)
            WHERE category IN ('active', 'flexible')
              AND NOT EXISTS (SELECT FROM oracle.contribution paid WHERE clct_time <= $1 AND paid.person_id = standing.person_id
                              AND paid.covered_month = standing.covered_month AND clct_type IN (10, 20, 30, 32, 34))
            UNION ALL
            SELECT person_id, covered_month, 'no_own_level', '' FROM oracle.standing JOIN last_month USING (covered_month)
            WHERE category IN ('retired', 'veteran') AND covered_month < '2024-01-01'
              AND NOT EXISTS (SELECT FROM intake.fixed_credit level
                              WHERE level.person_id = standing.person_id AND level.year = 2022)),
        found AS (
            SELECT person_id, covered_month, reason, source FROM run.exception JOIN last_month USING (covered_month)
            WHERE run_id = (SELECT max(run_id) FROM run.run))
        SELECT concat_ws(' ', person_id, covered_month, reason, source,
                         CASE WHEN due.person_id IS NULL THEN 'only found' ELSE 'only due' END)
        FROM (SELECT *, 1 AS mark FROM due) due
        FULL JOIN (SELECT *, 1 AS mark FROM found) found USING (person_id, covered_month, reason, source)
        WHERE due.mark IS NULL OR found.mark IS NULL
        ORDER BY 1 LIMIT 20
        """

    /// Every subject of the books on which they do not agree: receipts by kind of income, the part of the accounts, what
    /// is left to the pooling fund, and retirees' credits, which move from one fund to the other.
    private static let books: SQLText = """
        WITH worker AS (\(workerCredits)),
        retiree AS (\(ownLevels) UNION ALL \(cityAmounts)),
        opening AS (\(openings)),
        received AS (
            SELECT coalesce(category = 'flexible', false) AS is_flexible, psn_clct_amt_fen AS own, emp_clct_amt_fen AS employer
            FROM oracle.contribution LEFT JOIN oracle.standing USING (person_id, covered_month)
            WHERE clct_time <= $1),
        due (subject_code, debit, credit) AS (
            SELECT '1002', (SELECT sum(own + employer) FROM received), 0
            UNION ALL SELECT '1003', (SELECT sum(amount_fen) FROM opening), 0
            UNION ALL SELECT '40010001', x, x FROM (SELECT sum(employer) AS x FROM received WHERE NOT is_flexible) i
            UNION ALL SELECT '40010002', x, x FROM (SELECT sum(own) AS x FROM received WHERE NOT is_flexible) i
            UNION ALL SELECT '40010003', x, x FROM (SELECT sum(own + employer) AS x FROM received WHERE is_flexible) i
            UNION ALL SELECT '3001', (SELECT sum(amount_fen) FROM retiree),
                             (SELECT sum(own + employer) FROM received)
                                 - (SELECT coalesce(sum(amount_fen), 0) FROM worker)
            UNION ALL SELECT '3002', 0, (SELECT sum(amount_fen)
                                         FROM (TABLE worker UNION ALL TABLE retiree UNION ALL TABLE opening) moved)),
        posted AS (
            SELECT subject_code, sum(debit_fen) AS debit, sum(credit_fen) AS credit
            FROM ledger.voucher_line GROUP BY subject_code)
        SELECT concat_ws(' ', subject_code, 'due', due.debit, due.credit, 'posted', posted.debit, posted.credit)
        FROM due FULL JOIN posted USING (subject_code)
        WHERE coalesce(due.debit, 0) <> coalesce(posted.debit, 0) OR coalesce(due.credit, 0) <> coalesce(posted.credit, 0)
        ORDER BY 1
        """
}
