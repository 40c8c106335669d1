package import Money
package import Policy

/// One dated row of a person's enrolment in the insurance being settled, newest version only.
package struct EnrolmentStatus: Hashable, Sendable {
    /// `begndate`.
    package let begin: CivilDate
    /// `enddate`, inclusive; `nil` if open. The next row's `begin` ends a row as well.
    package let end: CivilDate?
    /// `psn_type` as a category; `nil` if the rules do not know it.
    package let category: InsuredCategory?

    package init(begin: CivilDate, end: CivilDate?, category: InsuredCategory?) {
        self.begin = begin
        self.end = end
        self.category = category
    }
}

/// What a person is in a month, for crediting and pooling alike.
package enum Standing: Hashable, Sendable {
    case enrolled(InsuredCategory)
    /// Enrolled with a `psn_type` that the rules do not know.
    case unknownStatus
    case notEnrolled
    /// The month is after the month of death.
    case dead
}

/// 参保人员当月身份。 The category of a month is the status in force on the last day of the month before (二（四）: a change
/// takes effect from the month after); where nothing was in force then, because the person enrols for the first time or
/// comes back, it is the status that begins in the month.
///
/// A month in which the enrolment ends, or the person dies, still counts; later months do not.
///
/// - Parameter statuses: the person's rows, ascending by `begin`.
package func standing(in month: Month, statuses: [EnrolmentStatus], death: CivilDate?) -> Standing {
    if let death, month > death.month { return .dead }
    let (firstDay, lastDay) = (month.firstDay, month.lastDay)
    var before: EnrolmentStatus?
    var beginning: EnrolmentStatus?
    var reachesMonth = false
    for (index, status) in statuses.enumerated() {
        guard status.begin <= lastDay else { break }
        let end = lastDayInForce(of: status, followedBy: index + 1 < statuses.count ? statuses[index + 1] : nil)
        // A row that is over or replaced before it begins is never in force; it still ends the row before it.
        if let end, end < status.begin { continue }
        if status.begin < firstDay {
            before = end.map { $0 >= firstDay.adding(days: -1) } ?? true ? status : nil
        } else if beginning == nil {
            beginning = status
        }
        reachesMonth = reachesMonth || end.map { $0 >= firstDay } ?? true
    }
    guard reachesMonth, let status = before ?? beginning else { return .notEnrolled }
    return status.category.map(Standing.enrolled) ?? .unknownStatus
}

/// A row is in force until its end, and never past the day before the next row begins.
private func lastDayInForce(of status: EnrolmentStatus, followedBy next: EnrolmentStatus?) -> CivilDate? {
    guard let next else { return status.end }
    let replaced = next.begin.adding(days: -1)
    return status.end.map { min($0, replaced) } ?? replaced
}

/// 结算当日身份。 Nothing is pooled on a day on which the person is not enrolled. Enrolled, the category is that of the
/// month, or of the day itself where the rules read a change so.
///
/// - Parameter statuses: the person's rows, ascending by `begin`.
package func standing(
    on date: CivilDate, statuses: [EnrolmentStatus], death: CivilDate?, change: CategoryChange
) -> Standing {
    if let death, date > death { return .dead }
    guard let index = statuses.lastIndex(where: { $0.begin <= date }) else { return .notEnrolled }
    if let end = statuses[index].end, end < date { return .notEnrolled }
    switch change {
    case .nextMonth: return standing(in: date.month, statuses: statuses, death: nil)
    case .dateOfChange: return statuses[index].category.map(Standing.enrolled) ?? .unknownStatus
    }
}
