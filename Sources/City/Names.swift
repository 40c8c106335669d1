/// Common surnames and given characters; a name made of them is nobody's.
enum Names {
    private static let surnames = [
        "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋",
        "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡",
        "贾", "丁", "魏", "薛", "叶", "阎", "余", "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "欧阳", "司马",
    ]
    private static let women = [
        "芳", "娜", "敏", "静", "丽", "艳", "娟", "霞", "秀", "英", "华", "慧", "巧", "美", "玉", "兰", "梅", "莉", "雪", "婷", "洁", "颖",
        "琳", "晶", "欣", "桂", "珍", "红", "萍", "燕",
    ]
    private static let men = [
        "伟", "强", "磊", "军", "洋", "勇", "杰", "涛", "明", "超", "刚", "平", "辉", "鹏", "飞", "建", "国", "志", "海", "波", "斌", "宇",
        "浩", "凯", "健", "俊", "峰", "林", "文", "新",
    ]

    static func draw(_ dice: inout Dice, isWoman: Bool) -> String {
        let given = isWoman ? women : men
        let name = dice.pick(surnames) + dice.pick(given)
        return dice.happens(6500) ? name + dice.pick(given) : name
    }
}
