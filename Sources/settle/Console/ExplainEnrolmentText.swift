import Jobs
import Settlement

extension ExplainPage {
    /// What the person is and by which rows of the enrolment.
    mutating func enrolment(_ enrolment: EnrolmentExplanation, by citation: String?, _ say: ExplainLanguage) {
        var standing = say.name(enrolment.standing)
        switch enrolment.since {
        case .month(let month): standing += say("，自 \(month) 起", " since \(month)")
        case .day(let day): standing += say("，自 \(day) 起", " since \(day)")
        case nil: break
        }
        if !enrolment.isKnown { standing += say("；人员信息未到", "; the person's own data has not arrived") }
        if let citation { standing += say("（依据：\(citation)）", " (by \(citation))") }
        field(say("类别", "Category"), standing)

        var rows = enrolment.statuses.map { say.row($0) }
        if let death = enrolment.death { rows.append(say("\(death) 死亡", "died on \(death)")) }
        if rows.isEmpty { rows = [say("没有参保登记", "no row of the enrolment")] }
        field(say("参保登记", "Enrolment"), rows.joined(separator: say("；", "; ")))
    }
}

extension ExplainLanguage {
    fileprivate func row(_ status: EnrolmentStatus) -> String {
        let category = status.category.map(name) ?? self("类别无法识别", "of an unknown person type")
        guard let end = status.end else {
            return self("\(status.begin) 起\(category)", "\(category) from \(status.begin)")
        }
        return self("\(status.begin) 至 \(end) \(category)", "\(category) from \(status.begin) to \(end)")
    }
}
