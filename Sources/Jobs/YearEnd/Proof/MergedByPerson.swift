extension Array {
    /// What was read partition by partition, put together by person: the server need not merge row by row what comes in
    /// order from each of its partitions. Rows of one person stay in the order in which they came.
    func mergedByPerson(_ person: (Element) -> Int64) -> [Element] {
        var begins = isEmpty ? [] : [0]
        for index in indices.dropFirst() where person(self[index]) < person(self[index - 1]) {
            begins.append(index)
        }
        guard begins.count > 1 else { return self }
        // Not read in the order of an index.
        guard begins.count <= 64 else { return sorted { person($0) < person($1) } }
        let ends = begins.dropFirst() + [count]
        var places = begins
        var merged: [Element] = []
        merged.reserveCapacity(count)
        while merged.count < count {
            var next = Int64.max
            for (place, end) in zip(places, ends) where place < end {
                next = Swift.min(next, person(self[place]))
            }
            for (run, end) in ends.enumerated() {
                while places[run] < end, person(self[places[run]]) == next {
                    merged.append(self[places[run]])
                    places[run] += 1
                }
            }
        }
        return merged
    }

    /// Sorts what is mostly in order already.
    mutating func sortIfNeeded(by precedes: (Element, Element) -> Bool) {
        for index in indices.dropFirst() where precedes(self[index], self[index - 1]) {
            sort(by: precedes)
            return
        }
    }
}
