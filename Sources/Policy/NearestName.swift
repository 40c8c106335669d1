/// The one of `names` that `text` was probably meant to be: the fewest letters changed, and less than half of them.
package func nearestName(to text: String, among names: [String]) -> String? {
    var nearest: (name: String, distance: Int)?
    for name in names {
        let distance = editDistance(Array(text.unicodeScalars), Array(name.unicodeScalars))
        if distance < nearest?.distance ?? Int.max { nearest = (name, distance) }
    }
    guard let nearest, nearest.distance * 2 < text.unicodeScalars.count else { return nil }
    return nearest.name
}

/// The Levenshtein distance: how many letters must be put in, taken out or exchanged.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            let exchanged = previous[column] + (letter == other ? 0 : 1)
            current.append(min(exchanged, previous[column + 1] + 1, current[column] + 1))
        }
        previous = current
    }
    return previous[right.count]
}
