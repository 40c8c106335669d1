import Money

/// A settlement to be: who comes to which counter when.
struct Visit: Comparable {
    /// What a refund does to its original.
    enum Refund {
        case whole
        /// The original was refunded before.
        case again
        /// Of twice the original.
        case over
        /// The original is nobody's.
        case ofNothing
    }

    var time: CivilTime
    var sequence: Int
    var medicalType: MedicalType
    /// `nil`: an institution that nobody knows.
    var institution: Int?
    /// The prescribing hospital of a pharmacy sale.
    var prescriber: Int?
    /// The place of the original among the person's settlements.
    var refund: (kind: Refund, original: Int)?

    static func < (left: Visit, right: Visit) -> Bool {
        (left.time, left.sequence) < (right.time, right.sequence)
    }

    static func == (left: Visit, right: Visit) -> Bool {
        left.sequence == right.sequence
    }
}
