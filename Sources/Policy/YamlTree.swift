internal import Yams

/// A YAML document as the readers of rules and of cases need it: texts and lines, nothing guessed about types.
package indirect enum YamlTree {
    case scalar(YamlScalar)
    case list([YamlTree], line: Int)
    case mapping([YamlPair], line: Int)

    package var line: Int {
        switch self {
        case .scalar(let scalar): scalar.line
        case .list(_, let line), .mapping(_, let line): line
        }
    }
}

package struct YamlScalar {
    package let text: String
    /// Neither quoted nor a block: only such a text can be a number, a choice or `null`.
    package let isPlain: Bool
    package let line: Int
}

package struct YamlPair {
    package let key: YamlScalar
    package let value: YamlTree
}

extension YamlTree {
    /// Reads one document; `nil` if it is not one, and then `faults` says why.
    package init?(_ text: String, file: String, faults: inout [PackFault]) {
        do {
            // The basic resolver leaves every plain text a text, so that a quoted and a plain key are the same key.
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            let root = try parser.singleRoot()
            // Nodes hold their anchors weakly; the parser owns them.
            let tree = withExtendedLifetime(parser) { root.flatMap { YamlTree($0, file: file, faults: &faults) } }
            guard let tree else {
                if root == nil { faults.append(PackFault(file, 0, .emptyFile)) }
                return nil
            }
            self = tree
        } catch let error as YamlError {
            faults.append(PackFault(error, in: text, file: file))
            return nil
        } catch {
            faults.append(PackFault(file, 0, .notYAML("\(error)")))
            return nil
        }
    }

    private init?(_ node: Node, file: String, faults: inout [PackFault]) {
        let line = node.mark?.line ?? 0
        guard node.anchor == nil else {
            // An alias can make a small file a very large tree, and a reader of the file follow a thread.
            faults.append(PackFault(file, line, .anchor))
            return nil
        }
        switch node {
        case .scalar(let scalar):
            self = .scalar(YamlScalar(text: scalar.string, isPlain: scalar.style == .plain, line: line))
        case .sequence(let sequence):
            var items: [YamlTree] = []
            for item in sequence {
                guard let tree = YamlTree(item, file: file, faults: &faults) else { return nil }
                items.append(tree)
            }
            self = .list(items, line: line)
        case .mapping(let mapping):
            var pairs: [YamlPair] = []
            for (key, value) in mapping {
                guard let keyTree = YamlTree(key, file: file, faults: &faults),
                    let valueTree = YamlTree(value, file: file, faults: &faults)
                else { return nil }
                guard case .scalar(let name) = keyTree else {
                    faults.append(PackFault(file, keyTree.line, .keyNotText))
                    return nil
                }
                // The library holds keys with different tags for different keys.
                if let first = pairs.first(where: { $0.key.text == name.text }) {
                    faults.append(PackFault(file, name.line, .duplicateKey(name.text, firstLine: first.key.line)))
                    return nil
                }
                pairs.append(YamlPair(key: name, value: valueTree))
            }
            self = .mapping(pairs, line: line)
        case .alias:
            faults.append(PackFault(file, line, .anchor))
            return nil
        }
    }
}

extension PackFault {
    fileprivate init(_ error: YamlError, in text: String, file: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(file, mark.line, .notYAML(problem))
        case .reader(let problem, let offset, _, _):
            let before = offset.map { text.prefix($0).count(where: \.isNewline) + 1 }
            self.init(file, before ?? 0, .notYAML(problem))
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            let again = lineOfSecond(key, in: text, first: context.mark)
            self.init(file, again ?? context.mark.line, .duplicateKey(key, firstLine: context.mark.line))
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            self.init(file, 0, .notYAML("\(error)"))
        }
    }
}

/// The library names the first of two equal keys; the one to strike out is the next at the same column.
private func lineOfSecond(_ key: String, in text: String, first: Mark) -> Int? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated().dropFirst(first.line) {
        let rest = line.drop { $0 == " " }
        guard !rest.isEmpty, !rest.hasPrefix("#") else { continue }
        let column = line.count - rest.count + 1
        guard column >= first.column else { return nil }
        guard column == first.column else { continue }
        if ["\(key):", "\"\(key)\":", "'\(key)':"].contains(where: rest.hasPrefix) { return index + 1 }
    }
    return nil
}
