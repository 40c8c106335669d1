// The decisions that a notice leaves open, and the methods that it changes on a date. Each is a parameter of unit
// `choice` whose word in the pack is the raw value here.

/// What a retiree's monthly credit is measured by (二（四）).
package enum RetireeCreditBasis: String, Sendable, CaseIterable {
    /// A fixed monthly amount at the level of the person's own credit of an earlier year.
    case ownLevel = "own_level"
    /// One amount for all retirees of the city.
    case cityAmount = "city_amount"
}

/// What the own level of an earlier year is.
package enum RetireeLevelReading: String, Sendable, CaseIterable {
    case yearTotalTwelfth = "year_total_twelfth"
    case decemberAmount = "december_amount"
}

/// Over what the deductible (起付标准) runs.
package enum DeductiblePeriod: String, Sendable, CaseIterable {
    case calendarYear = "calendar_year"
    case visit
    case day
}

/// Which money the annual ceiling (最高支付限额) counts.
package enum CeilingMeasure: String, Sendable, CaseIterable {
    case poolPayment = "pool_payment"
    case eligibleAboveDeductible = "eligible_above_deductible"
}

/// When a change of category counts.
package enum CategoryChange: String, Sendable, CaseIterable {
    case nextMonth = "next_month"
    case dateOfChange = "date_of_change"
}

/// What becomes of the year's sums when the category changes.
package enum ChangeWithinYear: String, Sendable, CaseIterable {
    case `continue`
    case restart
}

/// Which date names the benefit year.
package enum BenefitYearBasis: String, Sendable, CaseIterable {
    case settlementTime = "settlement_time"
    case serviceDate = "service_date"
}

/// Whether months without a paid contribution take part in pooling.
package enum UnpaidGap: String, Sendable, CaseIterable {
    case pooled
    case notPooled = "not_pooled"
}

/// Whether the own account may cover wholly self-paid items (全自费).
package enum FullSelfPayCover: String, Sendable, CaseIterable {
    case no
    case yes
}

/// How the yearly interest of an account is reckoned.
package enum InterestMethod: String, Sendable, CaseIterable {
    /// Money of the year at the demand rate, carried money at the three-month rate.
    case twoTier = "two_tier"
    /// The balance of 31 December at the three-month rate.
    case yearEndBalance = "year_end_balance"
}

/// Over what the interest of a two-tier year runs.
package enum InterestAccrual: String, Sendable, CaseIterable {
    /// 算头不算尾: the day on which money arrives bears, the day on which it leaves does not, so that a day bears on its
    /// closing balance.
    case byDay = "by_day"
    /// A month bears on the balance at its first moment: what moves in a month counts from the next one.
    case byMonth = "by_month"
}

/// Into how many days an annual rate is divided, where interest accrues by day.
package enum InterestDayCount: String, Sendable, CaseIterable {
    /// 365, or 366 in a leap year: the money of a whole year bears exactly the annual rate.
    case daysOfYear = "days_of_year"
    /// 银行惯例: the annual rate divided by 360, for each day that passes.
    case days360 = "days_360"
}

/// Which money of an account a payment takes first.
package enum SpendingOrder: String, Sendable, CaseIterable {
    /// Earlier years, then last year, then this year.
    case oldestFirst = "oldest_first"
    /// This year, then last year, then earlier years.
    case currentYearFirst = "current_year_first"
}

/// Who pays first what the person bears. The pool always comes before, cash after.
package enum PayerOrder: String, Sendable, CaseIterable {
    case ownAccountFirst = "own_account_first"
    case familyAccountFirst = "family_account_first"
}
