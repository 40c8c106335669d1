/// How often each awkward case is drawn, in ten-thousandths of what its comment names.
package struct CityShares: Hashable, Sendable {
    private var values: [Int]

    /// Every case at `share`.
    package init(all share: Int) {
        values = Array(repeating: share, count: AwkwardCase.allCases.count)
    }

    /// A tidy city: nothing awkward at all.
    package static let none = CityShares(all: 0)

    /// A city as it is, with the rare cases a little less rare than life, so that a small city has them too.
    package static let usual: CityShares = {
        var shares = CityShares.none
        shares[.movedIn] = 250
        shares[.movedInRetired] = 60
        shares[.movedAway] = 120
        shares[.cameBack] = 120
        shares[.becameFlexible] = 100
        shares[.retired] = 250
        shares[.retirementDecidedLate] = 2500
        shares[.retirementCorrected] = 1000
        shares[.died] = 25
        shares[.deathReportedLate] = 2500
        shares[.deathWithoutEnd] = 1500
        shares[.retireeWithoutLevel] = 40
        shares[.levelSuppliedLate] = 3000
        shares[.decemberAmountMissing] = 2000
        shares[.formerResident] = 300
        shares[.latePayment] = 120
        shares[.unpaidMonth] = 40
        shares[.paidTwice] = 8
        shares[.refundWhole] = 5
        shares[.refundPartial] = 5
        shares[.wrongOwnAmount] = 8
        shares[.wrongEmployerAmount] = 8
        shares[.rateDifference] = 6
        shares[.backCollection] = 150
        shares[.paidInAdvance] = 150
        shares[.declaredDifference] = 200
        shares[.lumpSum] = 800
        shares[.contributionAfterDeath] = 3000
        shares[.contributionAfterDeparture] = 1000
        shares[.sameSecond] = 30
        shares[.lateSettlement] = 60
        shares[.refund] = 100
        shares[.refundNextYear] = 3000
        shares[.notReported] = 500
        shares[.hospitalBorne] = 50
        shares[.accountPaysSelfPay] = 30
        shares[.prescriptionFilled] = 3500
        shares[.familyPayment] = 3000
        shares[.familyPaymentWithoutLink] = 600
        shares[.unknownInstitution] = 4
        shares[.carelessMonth] = 300
        shares[.wrongCounterAmount] = 300
        shares[.partsDoNotAdd] = 100
        shares[.settlementNotEnrolled] = 1000
        shares[.refundWithoutOriginal] = 100
        shares[.refundTwice] = 100
        shares[.refundOverOriginal] = 100
        shares[.onlyAtInstitution] = 150
        shares[.onlyAtCentre] = 150
        shares[.lineAmountsDiffer] = 200
        shares[.lineRefundStateDiffers] = 100
        shares[.ownPremium] = 2500
        shares[.familyPremium] = 1500
        shares[.premiumWithoutLink] = 20
        shares[.useOutOfScope] = 40
        shares[.useCancelled] = 300
        shares[.transferredIn] = 4000
        shares[.transferredOut] = 6000
        shares[.toHeirs] = 5000
        return shares
    }()

    package subscript(awkwardCase: AwkwardCase) -> Int {
        get { values[awkwardCase.rawValue] }
        set { values[awkwardCase.rawValue] = newValue }
    }
}
