import FoundationEssentials
import Jobs
import Money
import Policy
import Settlement

/// A personal statement as one JSON object: amounts as strings in yuan, codes as the interface has them; reasons and
/// remedies in the language given.
struct StatementJSON {
    private let document: Document

    init(_ statement: AccountStatement, _ language: ExplainLanguage) {
        document = Document(statement, language)
    }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(document), as: UTF8.self)
        }
    }
}

private struct Document: Encodable {
    let year: Int
    let person: Person
    let books: Books
    let account: Account
    let pooling: Pooling
    let familyPayments: [FamilyPayment]

    init(_ statement: AccountStatement, _ say: ExplainLanguage) {
        year = statement.year
        person = Person(statement.holder)
        books = Books(statement.books)
        account = Account(statement.account)
        pooling = Pooling(statement.pooling, say)
        familyPayments = statement.familyPayments.map(FamilyPayment.init)
    }
}

private struct Person: Encodable {
    let number: String?
    let name: String?
    let district: String?
    /// A category, or `not_enrolled`, `dead`, `unknown_status`.
    let category: String?
    let categoryMonth: String

    init(_ holder: StatementHolder) {
        number = holder.number
        name = holder.name
        district = holder.district
        category =
            switch holder.standing {
            case .enrolled(let category): category.rawValue
            case .unknownStatus: Refusal.unknownStatus.rawValue
            case .notEnrolled: Refusal.notEnrolled.rawValue
            case .dead: Refusal.dead.rawValue
            case nil: nil
            }
        categoryMonth = "\(holder.standingMonth)"
    }
}

private struct Books: Encodable {
    let state: String
    var runID: Int64?
    var finishedAt: String?
    var certificate: String?
    var settledThrough: String?
    var creditedThrough: String?

    init(_ books: StatementBooks) {
        switch books {
        case .closed(let run, let finishedAt, let certificate):
            state = "closed"
            runID = run
            self.finishedAt = finishedAt?.description
            self.certificate = certificate
        case .open(let night, let month):
            state = "open"
            settledThrough = night?.description
            creditedThrough = month?.description
        }
    }
}

private struct Account: Encodable {
    struct Movement: Encodable {
        let postedOn: String
        let postingMonth: String
        let effectiveOn: String
        let coveredMonth: String
        let kind: Int16
        let source: String
        let revision: Int16
        var institution: String?
        var useKind: String?
        /// Whether a relative benefits.
        var isForRelative = false
        let isPriorYear: Bool
        let amount: String
        let balance: String
        let article: String
        let runID: Int64

        init(_ movement: StatementMovement) {
            let entry = movement.entry
            postedOn = "\(entry.instance.businessDate)"
            postingMonth = "\(entry.postingMonth)"
            effectiveOn = "\(entry.effectiveOn)"
            coveredMonth = "\(entry.coveredMonth)"
            kind = entry.kind.rawValue
            source = "\(entry.source)"
            revision = entry.revision
            isPriorYear = movement.isPriorYear
            amount = "\(entry.amount)"
            balance = "\(movement.balance)"
            article = entry.article
            runID = entry.run
            switch movement.purpose {
            case .settlement(let name, let isRelatives): (institution, isForRelative) = (name, isRelatives)
            case .use(let kind, let isRelatives): (useKind, isForRelative) = (kind, isRelatives)
            case .contribution, .retireeCredit, .opening, .itself: break
            }
        }
    }

    struct Ages: Encodable {
        let thisYear: String
        let lastYear: String
        let earlierYears: String
    }

    let isOpeningCarried: Bool
    let movements: [Movement]
    /// By column of `report.account_year`.
    let sums: [String: String]
    /// What the books keep, the same; left out while the year is open, as are the ages.
    let ledger: [String: String]?
    let closingByAge: Ages?

    init(_ account: StatementAccount) {
        isOpeningCarried = account.isOpeningCarried
        movements = account.movements.map(Movement.init)
        sums = Account.columns(account.sums)
        ledger = account.ledger.map { Account.columns($0.sums) }
        closingByAge = account.ledger.map {
            Ages(thisYear: "\($0.ofThisYear)", lastYear: "\($0.ofLastYear)", earlierYears: "\($0.ofEarlierYears)")
        }
    }

    private static func columns(_ sums: AccountSums) -> [String: String] {
        Dictionary(uniqueKeysWithValues: AccountYearColumn.allCases.map { ($0.rawValue, "\(sums[$0])") })
    }
}

private struct Pooling: Encodable {
    struct Share: Encodable {
        let figure: String
        let left: String

        init(_ share: PoolingLeft.Share) {
            figure = "\(share.figure)"
            left = "\(share.left)"
        }
    }

    struct Standing: Encodable {
        let deductible: String
        let poolPayment: String
        let eligible: String
        let visits: Int64
        let standard: Share?
        let ceiling: Share?

        init(_ sums: PoolingSums, _ left: PoolingLeft) {
            deductible = "\(sums.deductible)"
            poolPayment = "\(sums.poolPayment)"
            eligible = "\(sums.eligible)"
            visits = sums.visits
            standard = left.deductible.map(Share.init)
            ceiling = left.ceiling.map(Share.init)
        }
    }

    struct Settlement: Encodable {
        let id: String
        let time: String
        let institution: String
        let verdict: String
        /// Why it was not pooled, and for one that was refused what to do.
        let reason: String?
        let remedy: String?
        let level: String?
        let category: String?
        let originalID: String?
        let total: String
        let eligible: String
        let deductible: String
        /// A ratio: `0.6000`.
        let poolRate: String
        let poolPayment: String
        let accountPayment: String
        let familyAccountPayment: String
        let cashPayment: String
        let article: String
        let runID: Int64
        let after: Standing

        init(_ settlement: StatementSettlement, _ say: ExplainLanguage) {
            id = "\(settlement.id)"
            time = "\(settlement.time)"
            institution = settlement.institution
            verdict = settlement.verdict.name
            reason = settlement.reason.map { say($0) }
            remedy = settlement.remedy.map { say($0) }
            level = settlement.level?.rawValue
            category = settlement.category?.rawValue
            originalID = settlement.original?.description
            total = "\(settlement.total)"
            eligible = "\(settlement.eligible)"
            deductible = "\(settlement.deductible)"
            poolRate = settlement.rate.ratio
            poolPayment = "\(settlement.poolPayment)"
            accountPayment = "\(settlement.accountPayment)"
            familyAccountPayment = "\(settlement.familyAccountPayment)"
            cashPayment = "\(settlement.cashPayment)"
            article = settlement.article
            runID = settlement.run
            after = Standing(settlement.sums, settlement.left)
        }
    }

    let settlements: [Settlement]
    let sums: Standing

    init(_ pooling: StatementPooling, _ say: ExplainLanguage) {
        settlements = pooling.settlements.map { Settlement($0, say) }
        sums = Standing(pooling.sums, pooling.left)
    }
}

private struct FamilyPayment: Encodable {
    let settlementID: String
    let time: String
    let patient: String?
    let relation: String?
    let institution: String
    let originalID: String?
    let amount: String

    init(_ payment: StatementFamilyPayment) {
        settlementID = "\(payment.settlement)"
        time = "\(payment.time)"
        patient = payment.patient
        relation = payment.relation
        institution = payment.institution
        originalID = payment.original?.description
        amount = "\(payment.amount)"
    }
}

extension Rate {
    /// As `report.adjudication` writes it: `0.6000`.
    var ratio: String {
        let (whole, rest) = basisPoints.quotientAndRemainder(dividingBy: Rate.whole.basisPoints)
        let digits = String(rest)
        return "\(whole)." + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}
