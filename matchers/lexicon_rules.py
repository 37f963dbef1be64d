"""What the lexicon needs to know beside its terms: denials, innocent trades, phrases that only look like context."""

from __future__ import annotations

import re
from typing import TypeAlias

Words: TypeAlias = tuple[str, ...]

# Families of copy slang: a grade and a word for a copy make a strong term, whichever two they are.
GRADES: Words = (
    "顶级", "超级", "高端", "高档", "高级", "极品", "神级", "精品",
    "高品质", "高质量", "原单级", "专柜级", "官网级", "原版",
    "一比一", "1:1", "1比1", "重工", "开模", "莆田", "超a",
)  # fmt: skip
REISSUES: Words = ("复刻", "复刻版", "复刻款", "复刻品")  # of models, records and books an honest word
COPIES: Words = (*REISSUES, "高仿", "精仿", "超仿", "顶仿", "仿货", "仿品", "a货")
SHORT_GRADES: Words = (
    "高",
    "超",
    "精",
    "顶",
    "特",
)  # with 仿 alone; 仿真 and 仿皮 behind the longer ones are materials
SUPER_A: Words = ("级", "货", "版", "版本", "品质", "质量", "做工")
# 仿真 is lifelike, but 真无线 is what such headphones are called: 高仿|真无线.
TRUE_WIRELESS = "真无线"
GRADED_REISSUES: Words = tuple(grade + word for grade in GRADES for word in REISSUES)

# Rows of the lexicon that deny copying outright; they cancel even strong slang in their phrase. The other negations
# (no label, unbranded, code check) are as often the words of a copy seller, and cancel weaker slang only.
DENIALS: Words = (
    "非高仿", "拒绝高仿", "不是高仿", "谨防假冒", "谨防仿冒", "打假", "避坑", "假货曝光", "真假对比",
    "not a replica", "no fakes",
    "beware of fakes", "anti-counterfeit", "replica 1:18 model", "museum replica", "prop replica",
)  # fmt: skip
# Words that deny what follows them at once.
NEGATORS: Words = (
    "非", "拒绝", "杜绝", "抵制", "谨防", "打击", "绝非", "并非", "不是", "不卖", "不售", "远离", "告别", "绝无",
    "没有", "拒绝一切",
    "杜绝一切", " no", " not", " not a", " never", "beware of", "anti", "anti-", "without",
)  # fmt: skip
# Trades in which a term means something else: terms, and words of which one stands in the title.
INNOCENT_TRADES: tuple[tuple[Words, Words], ...] = (
    (("a货", "b货", "a貨", "超a货"), ("翡翠", "玉石", "玉镯", "和田", "冰种", "玉器", "手镯玉", "jade")),
    (
        (
            "1:1", "一比一", "1比1", "1:1品质", "1:1复刻", "复刻", "复刻版", "重工复刻", "原版复刻",
            "replica", "replicas", "1:1 replica", *GRADED_REISSUES,
        ),
        (
            "手办", "模型", "高达", "拼装", "积木", "figure", "diecast", "scale model", "漫画", "唱片", "黑胶", "vinyl",
            "古籍", "字帖", "配比", "稀释", "ab胶", "海报", "cosplay",
        ),
    ),
    (
        ("纯原", "原厂", "原版", "同厂", "代工厂"),
        ("屏幕", "总成", "后盖", "主板", "拆机", "液晶屏", "尾插", "排线", "刹车片", "机油滤", "火花塞", "滤芯"),
    ),
    (("仿版", "高仿", "仿品"), ("仿真花", "假花", "绿植", "盆栽", "绢花", "永生花")),
    (("组装机",), ("台式", "电脑主机", "diy主机", "游戏主机")),
    (("散单", "追单", "过验"), ("外卖", "物流")),
    (
        ("fake",),
        ("fake nails", "fake eyelash", "fake tattoo", "fake plant", "fake flower", "fake collar", "fake fur"),
    ),
    (("style", "designer", "luxury"), ("interior designer", "designer software")),
    (("盗版", "正版授权"), ("正版图书", "新华书店")),
)  # fmt: skip
# Prepositions of compatible use: they say so only right before the mark.
PREPOSITIONS: Words = ("for", "para", "для", "fits")
# Innocent terms that sellers of new goods use as well.
STYLE_TERMS: Words = ("vintage", "护理", "清洗", "保养", "holder", "摆件", "模型", "贴纸", "generic")
# Terms of use whose object stands behind them: 兼容NORVANE says it of the mark, NORVANE耳机 兼容安卓 of something else.
FORWARD: Words = (
    "兼容", "适用", "适用于", "适配", "compatible with", "compatible con", "suitable for", "designed for", "works with",
)  # fmt: skip
# Said of the mark only right beside it, or of an accessory: elsewhere it is a size, or a plug that fits all phones.
UNIVERSAL: Words = ("通用",)
# Said right behind a mark, these make the goods ones for it.
MADE_FOR = re.compile(
    r"[ ®™]?((?:手机|手表|机型|包包|系列)?(?:专用|專用|可用"
    r"|适用(?![于於:：]|年龄|人群|场景|季节|对象|性别|男|女|儿童|学生|所有|各种|多种|任何)))"
)
# Claims that goods are the maker's own; beside the mark they make an accessory one of its own goods.
GENUINE = re.compile(r"原装|原厂|正品|官方|旗舰店|专柜|genuine|original|official|\boem\b", re.IGNORECASE)
NOT_GENUINE = re.compile(r"(?:非|不是|替代|媲美|代替)(?:原装|原厂|正品|官方)|not |non", re.IGNORECASE)
# Words for devices that others make cases and films for.
DEVICES = frozenset({"手机", "平板", "phone", "smartphone", "tablet", "iphone", "ipad"})
# Phrases in which a term of context says nothing of the goods: gifts, sizes, seasons, ways to use.
NOT_CONTEXT = re.compile(
    r"(?:送|赠|赠送|附赠|附送|配送|含|带|全套|配)(?:原装|专柜|品牌|同款)?"
    r"(?:配件|防尘袋|鞋带|鞋垫|保护套|收纳包|收纳盒|充电线|支架|贴膜|说明书|钥匙扣|表带|电池|贴纸|刀头)"
    r"|(?:男女|四季|情侣|全国|全码|男士|女士|春秋|冬夏|通勤|左右手|老少|全球|国际)通用"
    r"|适用(?:于)?(?:年龄|人群|场景|季节|对象|性别|男|女|儿童|学生|青年|所有|各种|多种|任何|春|夏|秋|冬|肤质|运动|户外|家庭|\d)"
    r"|对应(?:尺码|码|颜色|款)|匹配度|可替换(?:刀头|鞋带)|替换装|补充装|免清洗|易清洗|可清洗"
    r"|(?:可|环保|再生)回收|回收(?:材料|利用|纤维|面料)"
    r"|used (?:for|to|in|as|by)|for (?:men|women|kids|boys|girls|sale)"
    r"|[0-9]?99新(?:款|品)"
)
EN = {
    "copy_grade": "names a grade of copies", "trade_tier": "is trade slang for a tier of copies",
    "overrun_story": "claims surplus or factory goods", "channel_claim": "claims a special source",
    "evasion_instruction": "tells buyers how to order what is not shown",
    "evasion_contact": "asks to go on outside the platform",
    "style_borrow": "borrows the standing of another brand", "quality_hype": "is a claim of quality",
    "logo_service": "offers to put on logos or labels", "price_bait": "lures by price",
    "origin_place": "names a place known for copies",
    "electronics_copy": "is slang for copied electronics", "media_copy": "offers a copied work",
    "authorised": "claims authorisation",
    "compatibility": "says that the goods are made to go with the brand's",
    "accessory": "says that the goods are an accessory or part",
    "second_hand": "says that the goods are second-hand", "service": "offers a service",
    "other_goods": "says that the goods are of another kind",
}  # fmt: skip
ZH = {
    "copy_grade": "为仿品等级用语", "trade_tier": "为仿品行业分级用语", "overrun_story": "声称为尾单、余单或原厂货",
    "channel_claim": "声称有特殊货源渠道", "evasion_instruction": "以暗语引导购买未展示的商品",
    "evasion_contact": "引导站外联系",
    "style_borrow": "攀附他人品牌", "quality_hype": "为品质宣传用语", "logo_service": "提供加标、配标服务",
    "price_bait": "以低价招揽",
    "origin_place": "为仿品集散地名", "electronics_copy": "为仿冒电子产品用语", "media_copy": "提供盗版复制件",
    "authorised": "声称获得授权",
    "compatibility": "表明商品为适配该品牌的产品", "accessory": "表明商品为配件", "second_hand": "表明商品为二手",
    "service": "提供的是服务",
    "other_goods": "表明为其他种类商品",
}  # fmt: skip


def sentence(category: str, surface: str, meaning: str) -> tuple[str, str]:
    """What a term says, in English and Chinese."""
    return f"“{surface}” {EN.get(category, 'was seen')} ({meaning})", f"“{surface}”{ZH.get(category, '')}"


# Second-hand goods are spoken of in sentences more than in terms: how new they are, how little they were used, why
# they are given up, and that they change hands. Sizes, handles and versions that only look alike are left out.
PERIOD = r"[一两二三四五六七八九十几半1-9]+(?:次|回|天|周|个?月|年|下|小时)"
CHILD = r"(?:孩子|小孩|宝宝|宝贝|小朋友|儿子|女儿|娃)"
SECOND_HAND = re.compile(
    r"(?:几乎|近乎|接近|基本|差不多)全新"
    r"|[一二三四五六七八九5-9]成新|(?<!\d)[89]\d新(?![款品版年季])"
    r"|(?:个人|自用|私人|闲置|全新|诚心|忍痛|低价|急|原价)(?:转让|转卖|转手)"
    r"|转(?:让|卖)(?!费|方|店|协议)|转手(?![柄工感链绢绳腕表机])|转闲|出闲置?|闲(?:置)?(?:转|出)|出自用|自用(?:出|转)|清闲置|闲鱼"
    r"|(?:急|忍痛|含泪|亏本)出(?![口租版差])|割爱"
    rf"|(?:穿|戴|背|用|拆|骑|玩)(?:过|了){PERIOD}"
    rf"|(?:仅|只|就|才)(?:穿|戴|背|用|拆|骑|玩)(?:过|了)?{PERIOD}"
    r"|(?:仅|只)(?:试穿|试戴|试用|试背|试过|拆封|拆过)"
    r"|(?:没|未)怎么(?:穿|戴|背|用|骑|玩)|没(?:穿|戴|背|用|骑|玩)几[次回天]"
    rf"|{CHILD}[^,，。!！ ]{{0,2}}大了?[ ,，]?(?:出|转|卖|便宜|低价|用不|穿不|戴不|玩不|不用|不玩|不穿|闲置)"
    r"|(?:用不上|用不着|穿不上|穿不下|穿不了|戴不了|不合适|不喜欢|买[大小重多]|吃灰|断舍离|回血)了?"
    r"[ ,，]?(?:出|转|卖|低价|便宜)"
)
