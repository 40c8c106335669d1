package import Policy

/// One thing wrong with a file of cases: where, what, and what to write instead.
package struct CaseFault: Error, Hashable, Sendable {
    package let place: RulePlace
    package let kind: Kind

    package enum Kind: Hashable, Sendable {
        /// The file as such, or the parameters of a case.
        case rules(PackFault.Kind)
        case pack(PolicyError)
        case empty
        case noCases
        case notMapping(String)
        case notList(String)
        case notText(String)
        case emptyText(String)
        case unknownField(String, within: String, nearest: String?)
        case missingField(String, within: String, example: String)
        case oneOf([String], within: String)
        case notBoth(String, String, within: String)
        case badAmount(String, field: String)
        case badCount(String, field: String)
        case badCode(String, field: String)
        case badDate(String, field: String)
        case badTime(String)
        case badMonth(String, field: String)
        case badYear(String)
        case badWord(String, field: String, nearest: String?, words: [String])
        case longID(String)
        case noExpectation(within: String, example: String)
        case checksNothing(String)
        case duplicateID(String, firstLine: Int)
        case duplicateName(String, firstLine: Int)
        case refundOfNobody(String)
        case refundOfRefund(String)
        case endsBeforeBegin
        case enrolmentOrder
    }
}

/// Everything wrong with the files of cases; none of them is run.
package struct CasesRefused: Error, Hashable, Sendable, CustomStringConvertible {
    package let faults: [CaseFault]

    package init(_ faults: [CaseFault]) {
        self.faults = faults
    }

    package var description: String { faults.map(\.description).joined(separator: "\n") }
}

extension CaseFault {
    package init(_ fault: PackFault) {
        self.init(place: fault.place, kind: .rules(fault.kind))
    }
}
