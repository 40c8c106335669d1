/// Where to connect. Everything that is not said in the conninfo comes from libpq itself: `PGHOST`, `PGSERVICE`,
/// `PGPASSFILE`, `PGSSLMODE`, the service file.
package struct ConnectionSettings: Sendable {
    /// `key=value ...` or `postgresql://...`; may be empty.
    package var conninfo: String
    /// What `pg_stat_activity` shows, unless the conninfo or `PGAPPNAME` says otherwise.
    package var applicationName: String
    /// For tests: lets one COMMIT fail.
    package var commitFault: CommitFault?

    package init(_ conninfo: String = "", applicationName: String = "settle", commitFault: CommitFault? = nil) {
        self.conninfo = conninfo
        self.applicationName = applicationName
        self.commitFault = commitFault
    }
}

extension ConnectionSettings: CustomStringConvertible, CustomReflectable {
    /// Without the conninfo, which may hold a password.
    package var description: String { "connection settings of \(applicationName)" }

    package var customMirror: Mirror { Mirror(self, children: ["applicationName": applicationName]) }
}
