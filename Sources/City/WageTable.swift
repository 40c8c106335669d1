import Money

/// Monthly wages before the limits of the base: the quantiles of a lognormal distribution (median 6,300 yuan, sigma
/// 0.55) as a table, so that no machine's logarithm decides about a fen.
enum WageTable {
    /// Ten-thousandths of all wages, and the wage in yuan that so many are below; linear in between.
    private static let quantiles: [(share: Int, yuan: Int)] = [
        (0, 1500), (500, 2551), (1000, 3112), (1500, 3566), (2000, 3963), (2500, 4347), (3000, 4725), (3500, 5097),
        (4000, 5481), (4500, 5878), (5000, 6300), (5500, 6754), (6000, 7239), (6500, 7787), (7000, 8404), (7500, 9129),
        (8000, 10_011), (8500, 11_138), (9000, 12_751), (9500, 15_567), (9900, 22_642), (10_000, 45_000),
    ]

    /// Three wages in ten have odd fen, the others are whole yuan.
    static func draw(_ dice: inout Dice) -> Fen {
        let share = dice.below(10_000)
        var index = 1
        while quantiles[index].share <= share { index += 1 }
        let (below, above) = (quantiles[index - 1], quantiles[index])
        let fen =
            below.yuan * 100 + (above.yuan - below.yuan) * 100 * (share - below.share) / (above.share - below.share)
        let wage = fen + dice.below(100_00)
        return Fen(Int64(dice.happens(3000) ? wage : wage / 100 * 100))
    }
}
