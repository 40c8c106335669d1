import Money
import Reports
import Testing

@Suite struct `大写金额` {
    /// 正确填写票据和结算凭证的基本规定, its own examples first.
    @Test(arguments: [
        (Int64(1409_50), "壹仟肆佰零玖元伍角"), (6007_14, "陆仟零柒元壹角肆分"), (1680_32, "壹仟陆佰捌拾元零叁角贰分"),
        (107_000_53, "壹拾万柒仟元零伍角叁分"), (16_409_02, "壹万陆仟肆佰零玖元零贰分"), (325_04, "叁佰贰拾伍元零肆分"),
        (123_45, "壹佰贰拾叁元肆角伍分"), (0, "零元整"), (1, "壹分"), (10, "壹角"), (15, "壹角伍分"), (1_00, "壹元整"),
        (10_00, "壹拾元整"), (10_05, "壹拾元零伍分"), (100_00, "壹佰元整"), (1001_00, "壹仟零壹元整"),
        (1010_00, "壹仟零壹拾元整"), (10_001_00, "壹万零壹元整"), (100_500_00, "壹拾万零伍佰元整"),
        (1_000_000_00, "壹佰万元整"), (100_000_000_00, "壹亿元整"), (100_000_001_00, "壹亿零壹元整"),
        (100_010_000_00, "壹亿零壹万元整"), (12_345_678_901_23, "壹佰贰拾叁亿肆仟伍佰陆拾柒万捌仟玖佰零壹元贰角叁分"),
        (1_000_000_000_000_00, "壹万亿元整"), (-5_50, "负伍元伍角"),
    ])
    func `as the regulation writes it`(fen: Int64, text: String) {
        #expect(Fen(fen).capitals == text)
    }

    @Test(arguments: 1...60) func `reads back as the same amount, with no two zeros in a row`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for digits in 1...17 {
            var amount = Int64(0)
            for _ in 0..<digits { amount = amount * 10 + (random.next() % 3 == 0 ? Int64(random.next() % 10) : 0) }
            let text = Fen(amount).capitals
            #expect(read(text) == amount, "\(amount) \(text)")
            #expect(!text.contains("零零"), "\(amount) \(text)")
            #expect(text.hasSuffix("整") == (amount % 100 == 0), "\(amount) \(text)")
        }
    }

    /// A reader of its own: digits times units, 万 and 亿 over all that came since the next larger one.
    private func read(_ text: String) -> Int64? {
        var (total, section, digit, fen) = (Int64(0), Int64(0), Int64(0), Int64(0))
        for character in text {
            switch character {
            case "零", "整": continue
            case "拾": (section, digit) = (section + digit * 10, 0)
            case "佰": (section, digit) = (section + digit * 100, 0)
            case "仟": (section, digit) = (section + digit * 1000, 0)
            case "万": (total, section, digit) = (total + (section + digit) * 10_000, 0, 0)
            case "亿": (total, section, digit) = ((total + section + digit) * 100_000_000, 0, 0)
            case "元": (fen, total, section, digit) = ((total + section + digit) * 100, 0, 0, 0)
            case "角": (fen, digit) = (fen + digit * 10, 0)
            case "分": (fen, digit) = (fen + digit, 0)
            default:
                guard let value = Array("零壹贰叁肆伍陆柒捌玖").firstIndex(of: character) else { return nil }
                digit = Int64(value)
            }
        }
        return fen
    }
}
