package import Postgres

/// A decision about a discrepancy, to be kept with who made it and why.
package struct DiscrepancyResolution: Hashable, Sendable {
    package let id: DiscrepancyID
    package let state: DiscrepancyState
    package let reason: String
    /// The person at the machine; the database's user is added.
    package let user: String

    /// - Throws: ``ReconcileError/noReason`` for a reason of nothing but white space.
    package init(
        id: DiscrepancyID, state: DiscrepancyState, reason: String, user: String
    ) throws(ReconcileError) {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw .noReason }
        self.id = id
        self.state = state
        self.reason = reason
        self.user = user
    }

    /// Writes the decision after those made before.
    ///
    /// - Returns: the discrepancy as it is now.
    package func write(_ connection: inout Connection, at time: PostgresTimestamp) throws -> Discrepancy {
        let id = self.id
        guard try Discrepancy.find(id, &connection) != nil else { throw ReconcileError.unknownDiscrepancy(id) }
        try connection.work("resolve discrepancy") { connection in
            _ = try connection.execute(.lockDiscrepancies)
            _ = try connection.execute(.resolveDiscrepancy, id.rawValue, state, reason, user, time)
        }
        guard let resolved = try Discrepancy.find(id, &connection) else { throw ReconcileError.unknownDiscrepancy(id) }
        return resolved
    }
}

extension Statement {
    fileprivate static let resolveDiscrepancy = Statement(
        "resolve discrepancy",
        """
        INSERT INTO run.discrepancy_state (discrepancy_id, sequence, state, reason, decided_by, decided_at)
        SELECT $1, coalesce(max(sequence), 0) + 1, $2, $3, concat($4::text, ', database user ', session_user), $5
        FROM run.discrepancy_state WHERE discrepancy_id = $1
        """)
}
