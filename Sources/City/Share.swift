import Money

/// `amount` at `rate`, half-up. The generator's amounts are bounded: a base is at most a hundred monthly ceilings and a
/// fee at most some million yuan, so that a product which does not fit is a mistake in the generator, not in its input.
func share(of amount: Fen, at rate: Rate) -> Fen {
    do {
        return try amount.times(rate, rounding: .halfUp)
    } catch {
        preconditionFailure("a generated amount is out of bounds: \(error)")
    }
}

/// The amount that takes `amount` back.
func mirrored(_ amount: Fen) -> Fen {
    Fen(-amount.rawValue)
}
