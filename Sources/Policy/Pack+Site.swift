internal import Money

extension Pack {
    /// Puts the figures of a site file in. It may supply what is expected and change what is adjustable, nothing else.
    /// What may be supplied is seen from the pack as published, so that the order of site files does not matter.
    mutating func complete(with site: Site, published: Pack, faults: inout [PackFault]) {
        for entry in site.entries {
            guard let index = parameters.firstIndex(where: { $0.key == entry.key }),
                let original = published.parameters.first(where: { $0.key == entry.key })
            else {
                faults.append(PackFault(entry.rule.place, .notInPack(entry.key, pack: name)))
                continue
            }
            guard original.isAdjustable || original.isExpected(on: entry.rule.from) else {
                faults.append(PackFault(entry.rule.place, .notAdjustable(entry.key, on: entry.rule.from)))
                continue
            }
            parameters[index].supply(entry.rule, packFile: file, faults: &faults)
        }
    }
}

extension Parameter {
    fileprivate func isExpected(on date: CivilDate) -> Bool {
        guard case .expected = rule(on: date)?.state else { return false }
        return true
    }

    fileprivate mutating func supply(_ rule: DatedRule, packFile: String, faults: inout [PackFault]) {
        if let same = values.firstIndex(where: { $0.from == rule.from }) {
            guard values[same].place.file == packFile else {
                let other = values[same].place
                faults.append(PackFault(rule.place, .suppliedTwice(key, rule.from, other: other)))
                return
            }
            values[same] = rule
        } else {
            values.append(rule)
            values.sort { $0.from < $1.from }
        }
    }
}
