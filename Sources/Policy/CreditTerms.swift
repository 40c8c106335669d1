package import Money

/// The rules by which one covered month is credited to personal accounts: 二（三） and 二（四） as they stand on its first
/// day. Computed once per month; a fold over people looks nothing up. A reference: every month of every person points to the
/// same figures and citations, which a value would copy for each.
package final class CreditTerms: Sendable {
    package let month: Month
    /// 单位缴费费率, to the pooling fund.
    package let employerRate: Rate
    /// 个人缴费费率, to the own account.
    package let ownRate: Rate
    /// 灵活就业人员缴费费率, the whole contribution of a flexible worker.
    package let flexibleRate: Rate
    /// 缴费基数下限, a month.
    package let baseFloor: Fen
    /// 缴费基数上限, a month.
    package let baseCeiling: Fen
    /// The share of the contribution base that a worker's account is credited.
    package let workerCreditRate: Rate
    /// The collection types (`clct_type`) whose base is credited.
    package let creditedCollectionTypes: [Int16]
    package let retireeCredit: RetireeCredit
    package let rounding: Rounding
    package let categoryChange: CategoryChange
    package let categories: PersonCategoryTable
    package let citations: CreditCitations

    init(
        month: Month, employerRate: Rate, ownRate: Rate, flexibleRate: Rate, baseFloor: Fen, baseCeiling: Fen,
        workerCreditRate: Rate, creditedCollectionTypes: [Int16], retireeCredit: RetireeCredit, rounding: Rounding,
        categoryChange: CategoryChange, categories: PersonCategoryTable, citations: CreditCitations
    ) {
        self.month = month
        self.employerRate = employerRate
        self.ownRate = ownRate
        self.flexibleRate = flexibleRate
        self.baseFloor = baseFloor
        self.baseCeiling = baseCeiling
        self.workerCreditRate = workerCreditRate
        self.creditedCollectionTypes = creditedCollectionTypes
        self.retireeCredit = retireeCredit
        self.rounding = rounding
        self.categoryChange = categoryChange
        self.categories = categories
        self.citations = citations
    }

    /// The same terms in an object of their own. Threads that point to the same object pass its count of references to and
    /// fro between their processors, for every month of every person; each of them works by a copy.
    package func copied() -> CreditTerms {
        CreditTerms(
            month: month, employerRate: employerRate, ownRate: ownRate, flexibleRate: flexibleRate,
            baseFloor: baseFloor, baseCeiling: baseCeiling, workerCreditRate: workerCreditRate,
            creditedCollectionTypes: creditedCollectionTypes.map(\.self), retireeCredit: retireeCredit,
            rounding: rounding, categoryChange: categoryChange, categories: categories, citations: citations)
    }
}

extension CreditTerms: Hashable {
    package static func == (left: CreditTerms, right: CreditTerms) -> Bool {
        left === right
            || left.month == right.month && left.employerRate == right.employerRate && left.ownRate == right.ownRate
                && left.flexibleRate == right.flexibleRate && left.baseFloor == right.baseFloor
                && left.baseCeiling == right.baseCeiling && left.workerCreditRate == right.workerCreditRate
                && left.creditedCollectionTypes == right.creditedCollectionTypes
                && left.retireeCredit == right.retireeCredit && left.rounding == right.rounding
                && left.categoryChange == right.categoryChange && left.categories == right.categories
                && left.citations == right.citations
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(month)
        hasher.combine(workerCreditRate)
        hasher.combine(retireeCredit)
    }
}

/// What a retiree is credited each month.
package enum RetireeCredit: Hashable, Sendable {
    /// The person's own monthly level of that year.
    case ownLevel(year: Int, reading: RetireeLevelReading)
    case cityAmount(Fen)
    /// The amount is expected; the error says who has to supply what. Workers can be credited without it.
    case notSupplied(PolicyError)
}

/// The article or document behind each of the ``CreditTerms``.
package struct CreditCitations: Hashable, Sendable {
    package let employerRate: String
    package let ownRate: String
    package let flexibleRate: String
    package let baseFloor: String
    package let baseCeiling: String
    package let workerCreditRate: String
    package let creditedCollectionTypes: String
    /// The article that says what a retiree's credit is measured by.
    package let retireeCredit: String
    /// The source of the year or amount itself; a site file may have supplied it.
    package let retireeFigure: String
    package let categoryChange: String

    /// What a retiree's credit rests on: the article, and the source of the figure where that is another.
    package var retiree: String {
        retireeFigure == retireeCredit ? retireeCredit : "\(retireeCredit)；\(retireeFigure)"
    }
}

extension RuleSet {
    /// Throws `noRule` for a month before the first date of any of the rules, `figureNotSupplied` for an expected
    /// figure that every credit of the month needs.
    package func creditTerms(for month: Month) throws(PolicyError) -> CreditTerms {
        let date = month.firstDay
        let employer = try rate(.employerRate, on: date)
        let own = try rate(.ownRate, on: date)
        let flexible = try rate(.flexibleRate, on: date)
        let floor = try amount(.baseFloor, on: date)
        let ceiling = try amount(.baseCeiling, on: date)
        let worker = try rate(.workerCreditRate, on: date)
        let types = try codes(.creditedCollectionTypes, on: date)
        let change = try decision(.categoryChange, on: date, as: CategoryChange.self)
        let basis = try decision(.retireeCreditBasis, on: date, as: RetireeCreditBasis.self)
        let retiree = try retireeCredit(by: basis.value, on: date)
        return CreditTerms(
            month: month, employerRate: employer.value, ownRate: own.value, flexibleRate: flexible.value,
            baseFloor: floor.value, baseCeiling: ceiling.value, workerCreditRate: worker.value,
            creditedCollectionTypes: types.value.compactMap(Int16.init), retireeCredit: retiree.value,
            rounding: try decision(.rounding, on: date).value, categoryChange: change.value,
            categories: try personCategories(on: date),
            citations: CreditCitations(
                employerRate: employer.cite, ownRate: own.cite, flexibleRate: flexible.cite, baseFloor: floor.cite,
                baseCeiling: ceiling.cite, workerCreditRate: worker.cite, creditedCollectionTypes: types.cite,
                retireeCredit: basis.cite, retireeFigure: retiree.cite, categoryChange: change.cite))
    }

    private func retireeCredit(
        by basis: RetireeCreditBasis, on date: CivilDate
    ) throws(PolicyError) -> Cited<RetireeCredit> {
        switch basis {
        case .ownLevel:
            let year = try year(.retireeLevelYear, on: date)
            let reading = try decision(.retireeLevel, on: date, as: RetireeLevelReading.self)
            return Cited(value: .ownLevel(year: year.value, reading: reading.value), cite: year.cite)
        case .cityAmount:
            do throws(PolicyError) {
                let amount = try amount(.retireeMonthlyAmount, on: date)
                return Cited(value: .cityAmount(amount.value), cite: amount.cite)
            } catch .figureNotSupplied(let missing) {
                return Cited(value: .notSupplied(.figureNotSupplied(missing)), cite: missing.cite)
            }
        }
    }

    /// The categories of `psn_type` codes on a date.
    package func personCategories(on date: CivilDate) throws(PolicyError) -> PersonCategoryTable {
        var codes: [(InsuredCategory, [String])] = []
        for category in InsuredCategory.allCases {
            codes.append((category, try self.codes(.personTypes(category), on: date).value))
        }
        return PersonCategoryTable(codes)
    }
}
