/// What the server says beside its answers: NOTICE, WARNING and the like.
package struct Notice: Hashable, Sendable {
    /// `NOTICE`, `WARNING`, ..., whatever the server's language.
    package let severity: String
    package let state: SQLState
    /// May quote values.
    package let message: String

    package var isWarning: Bool { severity == "WARNING" }

    /// The message, or where that may quote values, what the manual calls the code.
    package var safeMessage: String { state.hasSafeMessage ? message : state.conditionName }
}
