import Intake
import Postgres

/// The statements of a staged load, made from the columns of the table.
///
/// `stage` holds the delivered rows with their line, `known` the lines whose key was delivered before: in which batch,
/// and whether what is in force since differs.
enum StagedSQL {
    static func makeStage(_ table: StoredTable) -> Statement {
        Statement(
            "make stage",
            """
            CREATE TEMPORARY TABLE \(table.stage) ON COMMIT DROP AS
            SELECT 0::bigint AS line, \(table.columns.list()) FROM \(table.name) WITH NO DATA
            """)
    }

    static func copy(_ table: StoredTable) -> Statement {
        Statement(
            "copy to stage", "COPY \(table.stage) (line, \(table.columns.list())) FROM STDIN (FORMAT binary)")
    }

    static func analyzeStage(_ table: StoredTable) -> Statement {
        Statement("analyze stage", "ANALYZE \(table.stage)")
    }

    static func analyzeKnown(_ table: StoredTable) -> Statement {
        Statement("analyze known", "ANALYZE \(table.known)")
    }

    static func countRepeatedKeys(_ table: StoredTable) -> Statement {
        Statement("count repeated keys", "SELECT count(*) FROM (\(repeated(table))) AS repeated")
    }

    static func contradictions(_ table: StoredTable) -> Statement {
        Statement(
            "contradictions",
            """
            SELECT later.line, earlier.line, \(isOtherPerson(table, "later.", "earlier."))
            FROM (\(repeated(table))) AS repeated
            JOIN \(table.stage) AS earlier ON earlier.line = repeated.line
            JOIN \(table.stage) AS later
                ON (\(table.key.list("later."))) = (\(table.key.list("repeated."))) AND later.line > repeated.line
            WHERE \(differs(table, "later.", "earlier."))
            ORDER BY later.line LIMIT $1
            """)
    }

    static func removeRepeats(_ table: StoredTable) -> Statement {
        Statement(
            "remove repeats",
            """
            DELETE FROM \(table.stage) AS later USING (\(repeated(table))) AS repeated
            WHERE (\(table.key.list("later."))) = (\(table.key.list("repeated."))) AND later.line > repeated.line
            """)
    }

    /// An event's id is there once; of a versioned row the newest version is in force.
    static func findKnown(_ table: StoredTable) -> Statement {
        let former: SQLText =
            table.isEvent
            ? """
            JOIN \(table.name) AS former ON (\(table.key.list("former."))) = (\(table.key.list("stage.")))
            """
            : """
            CROSS JOIN LATERAL (
                SELECT batch_id, \(table.columns.list()) FROM \(table.name) AS version
                WHERE (\(table.key.list("version."))) = (\(table.key.list("stage.")))
                ORDER BY batch_id DESC LIMIT 1) AS former
            """
        return Statement(
            "find known",
            """
            CREATE TEMPORARY TABLE \(table.known) ON COMMIT DROP AS
            SELECT stage.line, former.batch_id, \(differs(table, "stage.", "former.")) AS differs,
                \(isOtherPerson(table, "stage.", "former.")) AS is_other_person
            FROM \(table.stage) AS stage \(former)
            """)
    }

    static func refused(_ table: StoredTable) -> Statement {
        let isRefused: SQLText = table.isEvent ? "differs" : "is_other_person"
        return Statement(
            "refused rows",
            """
            SELECT line, batch_id, is_other_person FROM \(table.known) WHERE \(isRefused) ORDER BY line LIMIT $1
            """)
    }

    static func countKnown(_ table: StoredTable) -> Statement {
        Statement("count known", "SELECT count(*), count(*) FILTER (WHERE differs) FROM \(table.known)")
    }

    /// In the order of persons, so that what is read together lies together.
    static func write(_ table: StoredTable) -> Statement {
        Statement(
            "write rows",
            """
            INSERT INTO \(table.name) (batch_id, \(table.columns.list()))
            SELECT $1, \(table.columns.list("stage.")) FROM \(table.stage) AS stage WHERE \(isWritten(table))
            ORDER BY \(order(table))
            """)
    }

    /// `nil` if the rows are not events.
    static func latestWritten(_ table: StoredTable) -> Statement? {
        guard let dated = table.dated else { return nil }
        return Statement(
            "latest written",
            """
            SELECT max(\([dated].list("stage.")))::date FROM \(table.stage) AS stage WHERE \(isWritten(table))
            """)
    }

    /// The keys that come more than once, and the line where each comes first.
    private static func repeated(_ table: StoredTable) -> SQLText {
        """
        SELECT \(table.key.list()), min(line) AS line FROM \(table.stage)
        GROUP BY \(table.key.list()) HAVING count(*) > 1
        """
    }

    private static func differs(_ table: StoredTable, _ left: SQLText, _ right: SQLText) -> SQLText {
        "(\(table.content.list(left))) IS DISTINCT FROM (\(table.content.list(right)))"
    }

    /// Only the person's own row has the number beside the key that is made from it.
    private static func isOtherPerson(_ table: StoredTable, _ left: SQLText, _ right: SQLText) -> SQLText {
        table.file == .person ? "\(left)psn_no <> \(right)psn_no" : "false"
    }

    private static func isWritten(_ table: StoredTable) -> SQLText {
        """
        NOT EXISTS (SELECT FROM \(table.known) AS known WHERE known.line = stage.line AND NOT known.differs)
        """
    }

    private static func order(_ table: StoredTable) -> SQLText {
        table.person == nil ? table.key.list("stage.") : "stage.person_id, stage.line"
    }
}
