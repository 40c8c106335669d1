import Books
import Money
import Policy
import Postgres
import Settlement

/// The facts and postings of one chunk, each list ascending by person and then as its comment says. About 16 000 persons,
/// so memory stays flat whatever the city's size.
struct CreditFacts {
    /// By batch.
    var persons: [PersonVersion] = []
    /// By begin, batch.
    var enrolments: [EnrolmentVersion] = []
    /// By batch; of the reference years of the plan's months.
    var ownLevels: [OwnLevelVersion] = []
    /// By batch; of persons whose opening is new.
    var openings: [OpeningVersion] = []
    /// By month, identifier: of the months settled for everyone, and of other months of which something is new.
    var contributions: [ContributionFact] = []
    /// Credits, by month, key, revision: of the same months.
    var credits: [EntryFact] = []
    /// Balances carried in, by month, revision: of persons whose opening is new.
    var carriedIn: [EntryFact] = []
}

struct PersonVersion {
    let person: Int64
    let batch: Int64
    let death: CivilDate?
    let isValid: Bool
}

struct EnrolmentVersion {
    let person: Int64
    let batch: Int64
    let status: EnrolmentStatus
    let isValid: Bool
}

struct OwnLevelVersion {
    let person: Int64
    let batch: Int64
    let year: Int16
    let level: OwnLevel
}

struct OpeningVersion {
    let person: Int64
    let balance: Fen
    let date: CivilDate
}

struct ContributionFact {
    let person: Int64
    let month: Month
    let id: FactID
    let contribution: Contribution
    let isNew: Bool
}

struct EntryFact {
    let person: Int64
    let month: Month
    let key: MovementKey
    let revision: Int16
    let amount: Fen
    let citation: Int32
}
