package import Settlement

// English words of reasons. The Chinese ones stand beside the codes in the database (`ledger.verdict`,
// `run.exception_reason`).

extension Refusal {
    package var englishTitle: String {
        switch self {
        case .unknownPerson: "the person's data has not arrived"
        case .noRule: "no rule covers the day"
        case .dead: "the day is after the person's death"
        case .notEnrolled: "not enrolled on the day"
        case .unknownStatus: "the rules do not know the person type"
        case .unknownInstitution: "the institution is not designated on the day"
        case .unknownLevel: "the rules do not know the institution's level"
        case .wrongSign: "an amount has the wrong sign"
        case .doesNotAddUp: "the parts of the fee do not add up to its total"
        case .refundWithoutOriginal: "the refund's original is not there"
        case .originalRefused: "the original was refused"
        case .refundedTwice: "the original is refunded whole already"
        case .refundOverOriginal: "the refund is more than what is left of the original"
        }
    }

    package var englishRemedy: String {
        switch self {
        case .unknownPerson: "deliver person.csv; the next night settles anew"
        case .noRule: "the policy department supplies the rule"
        case .dead: "check the date of death against the time of settlement"
        case .notEnrolled: "check the enrolment"
        case .unknownStatus: "correct the person type of the enrolment"
        case .unknownInstitution: "deliver institution.csv; the next night settles anew"
        case .unknownLevel: "correct the institution's level"
        case .wrongSign, .doesNotAddUp: "the institution corrects it and sends it again"
        case .refundWithoutOriginal: "deliver the original; the next night settles anew"
        case .originalRefused: "deal with the original first"
        case .refundedTwice: "clear it with the institution and withdraw the refund that is too much"
        case .refundOverOriginal: "check the amount of the refund with the institution"
        }
    }
}

extension CreditException {
    package var englishTitle: String {
        switch self {
        case .unknownPerson: "the person's data has not arrived"
        case .noRule: "no rule covers the month"
        case .dead: "the month is after the person's death"
        case .notEnrolled: "not enrolled in the month"
        case .unknownStatus: "the rules do not know the person type"
        case .retired: "retired in the month"
        case .unpaid: "no contribution has been received for the month"
        case .noOwnLevel: "no own level of the year before the reform"
        case .figureNotSupplied: "the amount has not been published"
        }
    }

    package var englishRemedy: String {
        switch self {
        case .unknownPerson: "deliver person.csv; the next month-end makes up for it"
        case .noRule: "the policy department supplies the rule of the month, or the contribution is given back"
        case .dead: "check the date of death; what was paid too much is given back"
        case .notEnrolled: "check the enrolment; what was paid too much is given back"
        case .retired: "check the date of retirement; what was paid too much is given back"
        case .unknownStatus: "correct the person type of the enrolment"
        case .unpaid: "collect it; once received, the next month-end makes up for it"
        case .noOwnLevel: "the office determines it and delivers fixed_credit.csv"
        case .figureNotSupplied: "the policy department supplies it in the site file with its source; then run again"
        }
    }
}
