import Policy

extension CaseFault: CustomStringConvertible {
    /// `file:line: what is wrong; what to write instead`.
    package var description: String { "\(place): \(kind.text)" }
}

extension CaseFault.Kind {
    fileprivate var text: String {
        switch self {
        case .rules(let fault): fault.text
        case .pack(let error): "\(error)"
        case .empty: "the file says nothing; begin it with `cases:`"
        case .noCases: "there are no cases; write `- name: ...` below `cases:`"
        case .notMapping(let what): "\(what) is not a mapping; write lines of `name: value` below it"
        case .notList(let what): "\(what) is not a list; write lines that begin with `- ` below it"
        case .notText(let field): "\(field) is not a text; write one line of text"
        case .emptyText(let field): "\(field) is empty; write what it is or take it out"
        case .unknownField(let name, let within, let nearest):
            "unknown field \(name) in \(within); \(nearest.map { "write \($0) instead" } ?? "take it out")"
        case .missingField(let name, let within, let example):
            "\(within) has no \(name); write `\(name): \(example)`"
        case .oneOf(let names, let within):
            "\(within) has no \(names.joined(separator: ", ")); write one of them"
        case .notBoth(let first, let second, let within):
            "\(within) has both \(first) and \(second); keep one of them"
        case .badAmount(let text, let field):
            "\(field) \(text) is not an amount; write yuan with at most two decimals, as 750.00"
        case .badCount(let text, let field): "\(field) \(text) is not a count; write a whole number, as 12"
        case .badCode(let text, let field): "\(field) \(text) is not a code; write its digits, as 11"
        case .badDate(let text, let field): "\(field) \(text) is not a date; write YYYY-MM-DD, as 2023-01-01"
        case .badTime(let text):
            "time \(text) is not a time; write YYYY-MM-DD HH:MM:SS, as 2023-01-01 09:30:00, or the date alone"
        case .badMonth(let text, let field): "\(field) \(text) is not a month; write YYYY-MM, as 2023-01"
        case .badYear(let text): "\(text) is not a year; write four digits, as 2023"
        case .badWord(let text, let field, let nearest, let words):
            "\(field) \(text) is not known; write \(nearest ?? words.joined(separator: " or ")) instead"
        case .longID(let text): "\(text) is longer than 64 bytes; write a shorter one"
        case .noExpectation(let within, let example):
            "\(within) expects nothing; write `expect: {\(example)}` with what must come of it"
        case .checksNothing(let name):
            "case \(name) has no settlements, contributions or months; write what must be checked"
        case .duplicateID(let id, let line): "id \(id) stands twice (first on line \(line)); write another one"
        case .duplicateName(let name, let line):
            "case \(name) stands twice (first on line \(line)); give it a name of its own"
        case .refundOfNobody(let id): "there is no settlement \(id) to refund; write amounts below zero, or its id"
        case .refundOfRefund(let id): "\(id) is a refund itself; name the settlement that is refunded"
        case .endsBeforeBegin: "the row ends before it begins; correct one of the two"
        case .enrolmentOrder: "the row begins no later than the one before; write rows in the order of their begin"
        }
    }
}
