"""What sellers write about goods: nouns, praise, people, seasons. Titles are put together from these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A class of goods: its nouns, what is praised, whom it is for, its price without a brand (CNY, from and to)."""

    nouns: tuple[str, ...]
    praise: tuple[str, ...]
    people: tuple[str, ...]
    price: tuple[int, int]


def _line(nouns: str, praise: str, people: str, price: tuple[int, int]) -> Line:
    return Line(tuple(nouns.split()), tuple(praise.split()), tuple(people.split()), price)


_WEARERS = "男 女 男女同款 情侣款 学生 女生 青少年 男士"
LINES = {
    "running": _line(
        "运动鞋 跑步鞋 跑鞋 休闲鞋 网面鞋 训练鞋 慢跑鞋 老爹鞋",
        "透气网面 轻便 减震回弹 软底 防滑耐磨 飞织 缓震 增高 网红 百搭 耐穿 速干 厚底 包裹感强",
        _WEARERS,
        (59, 289),
    ),
    "board": _line(
        "板鞋 小白鞋 休闲板鞋 低帮板鞋 滑板鞋 平底鞋",
        "百搭 软皮 耐磨 街头 复古 潮流 韩版 厚底 拼色 不累脚 刺绣 ins风 透气 简约",
        _WEARERS,
        (49, 239),
    ),
    "boots": _line(
        "登山鞋 徒步鞋 户外靴 高帮鞋 马丁靴 工装靴",
        "防水 防滑 耐磨 大头 保暖 加绒 硬底 防撞 越野 牛筋底 磨砂皮 抓地",
        _WEARERS,
        (89, 369),
    ),
    "rucksack": _line(
        "双肩包 书包 背包 电脑包 登山包 旅行包 户外背包",
        "大容量 防泼水 轻便 减负 护脊 多隔层 通勤 出差 短途 反光条 干湿分离 可扩容",
        "男 女 大学生 初中生 高中生 男女 上班族",
        (45, 229),
    ),
    "tote": _line(
        "托特包 手提包 帆布包 购物袋 通勤包 大包",
        "大容量 厚实 印花 磁扣 内胆 撞色 文艺 ins 简约 上课 妈咪 结实",
        "女 女士 大学生 上班族 妈妈",
        (29, 189),
    ),
    "shoulder": _line(
        "斜挎包 链条包 小方包 单肩包 信封包 腋下包",
        "质感 小众 高级感 软皮 百搭 菱格 金属链 约会 轻奢 迷你 翻盖 显气质",
        "女 女生 女士 小个子",
        (39, 259),
    ),
    "earbuds": _line(
        "蓝牙耳机 无线耳机 入耳式耳机 降噪耳机 运动耳机 耳塞",
        "主动降噪 超长续航 低延迟 通话清晰 重低音 防汗 半入耳 触控 快充 游戏 音质好 佩戴舒适 不掉",
        "男 女 学生 跑步党 上班族 男女",
        (39, 269),
    ),
    "headphones": _line(
        "头戴式耳机 无线头戴耳机 降噪头戴耳机 电竞耳机 监听耳机",
        "包耳 主动降噪 折叠 蛋白皮耳罩 双模 长续航 带麦 重低音 高清通话 轻量 不夹头",
        "男 女 学生 主播 学习 办公",
        (69, 399),
    ),
    "watch": _line(
        "手表 腕表 石英表 机械表 男表 女表 防水表",
        "防水 夜光 日历 蓝宝石镜面 精钢表带 真皮表带 简约 商务 潜水 小众 气质 自动机芯 超薄 学院风",
        "男士 女士 学生 情侣 男 女",
        (59, 499),
    ),
    "cream": _line(
        "面霜 晚霜 保湿霜 乳霜 素颜霜 日霜",
        "补水保湿 提亮 紧致 淡化细纹 修护屏障 温和 不油腻 滋润 秋冬 敏感肌可用 抗皱",
        "女 男女 孕妇可用 学生 妈妈",
        (29, 199),
    ),
    "serum": _line(
        "精华液 精华 安瓶 肌底液 原液 修护精华",
        "抗皱 提亮 玻尿酸 烟酰胺 收缩毛孔 淡斑 补水 紧致 熬夜 维稳 好吸收 大容量",
        "女 男女 女士 熬夜党 敏感肌",
        (39, 239),
    ),
    "lipstick": _line(
        "口红 唇膏 唇釉 哑光口红 丝绒口红 唇泥",
        "显白 不掉色 滋润 雾面 豆沙色 枫叶红 不沾杯 素颜 秋冬 黄皮 持久 平价",
        "女 学生 女生 送女友 孕妇可用",
        (19, 99),
    ),
    "flask": _line(
        "保温杯 保冷杯 不锈钢杯 运动水壶 便携水杯 保温壶",
        "316不锈钢 大容量 12小时保温 防漏 轻量 商务 车载 一键开盖 刻字 耐摔 泡茶 高颜值",
        "男 女 学生 男士 女士 老人 儿童",
        (25, 129),
    ),
    "mug": _line(
        "马克杯 吸管杯 咖啡杯 大肚杯 手柄杯 随行杯",
        "带盖 大容量 双饮 高颜值 不锈钢内胆 防烫 办公室 带吸管 冰霸 密封 便携",
        "女 男 女生 上班族 学生",
        (19, 99),
    ),
    "plush": _line(
        "毛绒玩具 公仔 玩偶 抱枕 布娃娃 安抚玩偶",
        "可爱 软萌 超软 可机洗 陪睡 床上 大号 治愈 创意 水晶绒 送礼 不掉毛",
        "女生 儿童 宝宝 女友 孩子 闺蜜",
        (19, 139),
    ),
}
SEASONS = ("2026新款", "2026春季", "春夏新款", "夏季", "秋冬", "四季", "2026秋冬新款", "新款", "当季", "早春")
NOISE = (
    "包邮",
    "现货",
    "当天发货",
    "运费险",
    "七天无理由",
    "热卖",
    "爆款",
    "清仓",
    "限时特价",
    "送礼",
    "礼盒装",
    "顶配",
)
STYLES = ("ins风", "小众", "高级感", "韩版", "日系", "网红同款", "欧美", "轻奢", "学院风", "潮牌", "国潮", "复古")

# Terms by which sellers let it be known that goods are copies: one strong, or two that together say it.
STRONG_SLANG = (
    "高仿",
    "顶级复刻",
    "1:1",
    "一比一",
    "精仿",
    "高端复刻",
    "1：1复刻",
    "公司级",
    "超a货",
    "一比一复刻",
    "顶 级 复 刻",
    "开模复刻",
    "复刻版",
    "纯原级",
)
PAIRED_SLANG = (
    ("原单剪标", "私聊发图"),
    ("外贸尾单", "私聊看款"),
    ("原厂皮", "专柜撤柜"),
    ("工厂余单", "看图识货"),
    ("尾单", "懂的来"),
    ("剪标", "专柜撤柜"),
    ("外贸原单", "实物有标"),
)
# Parts and company for goods of a brand, by class: (words, accessory's key, price).
ACCESSORIES: dict[str, tuple[tuple[str, str, tuple[int, int]], ...]] = {
    "running": (("鞋垫 减震 透气 吸汗", "insoles", (12, 49)), ("鞋带 扁平 圆形 反光", "laces", (5, 19))),
    "boots": (("鞋带 户外 耐磨 粗", "laces", (6, 25)), ("加绒鞋垫 保暖", "insoles", (12, 39))),
    "board": (("鞋带 宽扁 彩色 板鞋", "laces", (5, 19)), ("鞋垫 板鞋 软底", "insoles", (9, 35))),
    "earbuds": (
        ("保护套 硅胶 可爱 防摔", "case_cover", (9, 39)),
        ("耳塞套 硅胶 耳帽 替换", "ear_tips", (6, 29)),
        ("充电线 Type-C 快充 1米", "cable", (9, 29)),
    ),
    "headphones": (("充电线 音频线 加长", "cable", (12, 49)), ("收纳包 抗压 便携", "sleeve", (19, 69))),
    "watch": (("表带 真皮 针扣 20mm", "strap", (25, 119)), ("表带 牛皮 蝴蝶扣 22mm", "strap", (35, 139))),
    "serum": (("空瓶 替换滴管 分装", "brush", (6, 25)),),
    "cream": (("化妆刷 粉底刷 软毛", "brush", (9, 49)),),
    "lipstick": (("唇刷 便携 带盖", "brush", (6, 29)),),
    "flask": (("杯盖 替换 密封圈 配件", "lid", (8, 35)), ("杯套 保护套 斜挎 便携", "sleeve", (12, 45))),
    "mug": (("杯盖 吸管 替换 配件", "lid", (6, 25)),),
}
# Goods that concern nobody: (title words, sundry's key, price).
SUNDRIES: tuple[tuple[str, str, tuple[int, int]], ...] = (
    ("台灯 护眼 学习 卧室 床头 可调光 充电", "lamp", (29, 169)),
    ("纯棉 短袖 T恤 宽松 圆领 打底衫 夏", "shirt", (19, 99)),
    ("棒球帽 鸭舌帽 遮阳 软顶 四季 百搭", "cap", (15, 79)),
    ("晴雨两用 雨伞 加厚 抗风 折叠 防晒", "umbrella", (19, 99)),
    ("收纳箱 布艺 可折叠 衣柜 整理 大号", "crate", (12, 89)),
    ("咖啡杯碟 陶瓷 下午茶 复古 北欧", "cup", (15, 79)),
    ("园艺铲 铁锹 种花 工具 加厚 木柄", "shovel", (12, 69)),
    ("古风小说 全套 正版 完结 青春文学", "book", (15, 89)),
    ("话梅 蜜饯 罐装 零食 酸甜 果脯", "plums", (12, 49)),
    ("流苏耳环 复古 气质 长款 显脸瘦 银针", "earrings", (9, 59)),
)
