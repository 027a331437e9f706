"""The demo's registers: invented businesses of Xinmi, some of them punished, two on the list."""

from datetime import timedelta

from handlers.office import Office
from handlers.registers import credit_codes, importing
from storage.engine.database import Tx

DISTRICT = "410183"
AUTHORITY = "新密市市场监督管理局"
BEGINNINGS = {"企业": "91", "个体工商户": "92", "农民专业合作社": "93"}
"""What codes begin with; stalls and workshops without a licence have none."""

# (name without the place, kind, township, street)
BUSINESSES = (
    ("老王熟食店", "个体工商户", "青屏街街道", "青屏大街12号"),
    ("好又多超市", "个体工商户", "新华路街道", "东大街88号"),
    ("小李凉皮店", "个体工商户", "青屏街街道", "溱水路21号"),
    ("小马早餐店", "个体工商户", "西大街街道", "西大街46号"),
    ("阳光幼儿园", "企业", "西大街街道", "西大街7号"),
    ("老王卤肉店", "个体工商户", "超化镇", "超化镇集市东头"),
    ("老汪熟食店", "个体工商户", "米村镇", "米村镇政府街5号"),
    ("好又多超市曲梁店", "个体工商户", "曲梁镇", "曲梁镇郑新路口"),
    ("溱水人家饭店", "个体工商户", "青屏街街道", "溱水路103号"),
    ("刘四烩面馆", "个体工商户", "新华路街道", "新华路61号"),
    ("赵记羊肉汤馆", "个体工商户", "来集镇", "来集镇东街"),
    ("胖嫂包子铺", "个体工商户", "青屏街街道", "嵩山大道9号"),
    ("青屏香烧饼店", "个体工商户", "青屏街街道", "青屏大街77号"),
    ("大隗荷叶饼坊", "小作坊", "大隗镇", "大隗镇北街"),
    ("超化手工粉条坊", "小作坊", "超化镇", "超化镇圣帝庙村"),
    ("平陌老豆腐坊", "小作坊", "平陌镇", "平陌镇大坡村"),
    ("牛店芝麻油坊", "小作坊", "牛店镇", "牛店镇街里"),
    ("集市辣条摊", "小摊点", "超化镇", "超化镇集市"),
    ("王姐炒凉粉摊", "小摊点", "新华路街道", "密州大道夜市"),
    ("夜市烤面筋摊", "小摊点", "新华路街道", "密州大道夜市"),
    ("老街胡辣汤店", "小经营店", "西大街街道", "老城十字街"),
    ("二嫂水饺店", "小经营店", "岳村镇", "岳村镇街里"),
    ("雪花山山楂酒业有限公司", "企业", "尖山风景区", "尖山风景区国公岭村"),
    ("小满源食品有限公司", "企业", "曲梁镇", "曲梁镇服装工业园3号"),
    ("溱洧调味品有限公司", "企业", "大隗镇", "大隗镇工业路18号"),
    ("密玉香糕点有限公司", "企业", "来集镇", "来集镇产业园6号"),
    ("百岁坊保健食品商行", "个体工商户", "新华路街道", "文化街30号"),
    ("健民大药房", "企业", "新华路街道", "文化街2号"),
    ("惠民生鲜超市", "个体工商户", "刘寨镇", "刘寨镇中心街"),
    ("乐万家购物广场有限公司", "企业", "新华路街道", "东大街1号"),
    ("鲜果园水果店", "个体工商户", "青屏街街道", "开阳路15号"),
    ("甜蜜时光蛋糕店", "个体工商户", "青屏街街道", "开阳路38号"),
    ("曲梁减脂轻食网店", "个体工商户", "曲梁镇", "曲梁镇电商园12室"),
    ("苟堂农家乐饭庄", "个体工商户", "苟堂镇", "苟堂镇玉皇庙村"),
    ("白寨冷鲜肉店", "个体工商户", "白寨镇", "白寨镇老集"),
    ("袁庄蜂蜜专业合作社", "农民专业合作社", "袁庄乡", "袁庄乡姚山村"),
    ("米村金银花专业合作社", "农民专业合作社", "米村镇", "米村镇巩密关村"),
    ("城关镇百姓粮油店", "个体工商户", "城关镇", "城关镇高沟村"),
    ("实验学校食堂", "企业", "青屏街街道", "嵩山大道200号"),
    ("豆小满豆制品厂", "企业", "岳村镇", "岳村镇赵寨村"),
)

# (place in BUSINESSES, days since decided, days of disclosure, violation, category, content, fine, restored)
PENALTIES = (
    (0, 120, 1095, "经营超过保质期的食品", "罚款;没收非法财物", "没收卤肉12袋，罚款5000元", "0.5", False),
    (0, 400, 1095, "未查验供货者许可证", "警告", "警告，责令改正", "", False),
    (0, 900, 1095, "经营标签不符合规定的食品", "罚款", "罚款2000元", "0.2", True),
    (2, 1300, 1095, "未建立进货查验记录制度", "罚款", "罚款5000元", "0.5", False),
    (17, 60, 1095, "经营无标签的预包装食品", "罚款;没收非法财物", "没收42袋，罚款3000元", "0.3", False),
    (23, 200, 1095, "超范围使用食品添加剂", "罚款;没收违法所得", "没收违法所得850元，罚款4.5万元", "4.5", False),
    (26, 150, 1095, "普通食品宣称治疗作用", "罚款;责令停产停业", "罚款20万元，责令停业30日", "20", False),
    (39, 90, 1095, "生产添加非食用物质的食品", "罚款;吊销许可证件", "罚款15万元，吊销食品生产许可证", "15", False),
    (7, 30, 90, "食品销售环境不清洁", "通报批评", "通报批评", "", False),
)

# (place in BUSINESSES, decided how many days ago, reason, removed how many days ago)
LISTINGS = (
    (39, 88, "生产添加非食用物质的食品，情节严重", None),
    (26, 1000, "保健食品虚假宣传，情节严重", 500),
)


def code_of(place: int) -> str:
    """An invented code with a right check character; '' for who has no licence."""
    beginning = BEGINNINGS.get(BUSINESSES[place][1])
    if beginning is None:
        return ""
    first = f"{beginning}{DISTRICT}MA{place + 1001:07d}"
    return first + credit_codes.check_letter(first + "0")


def fill(tx: Tx, office: Office) -> None:
    """Put them in as an import would."""

    def day(ago: int) -> str:
        return (office.today(tx.now) - timedelta(days=ago)).isoformat()

    importing.store(tx, office, "merchants", [_business(office, place) for place in range(len(BUSINESSES))])
    for number, (place, ago, disclosed, violation, category, content, fine, restored) in enumerate(PENALTIES, start=1):
        decision: importing.Values = {
            "document": f"新密市监处罚〔{day(ago)[:4]}〕{number + 20}号",
            "violation": violation,
            "category": category,
            "content": content,
            "fine": fine,
            "decided_on": day(ago),
            "disclosed_until": day(ago - disclosed),
            "authority": AUTHORITY,
            "restored": int(restored),
        }
        importing.store(tx, office, "penalties", [_party(office, place) | decision])
    for place, ago, reason, removed in LISTINGS:
        entry: importing.Values = {"decided_on": day(ago), "reason": reason, "decided_by": AUTHORITY}
        entry["removed_on"] = "" if removed is None else day(removed)
        importing.store(tx, office, "listings", [_party(office, place) | entry])
    for name in importing.STORE:
        importing.note(tx, name, "sample data")


def _party(office: Office, place: int) -> importing.Values:
    return {"name": f"{office.region}{BUSINESSES[place][0]}", "code": code_of(place)}


def _business(office: Office, place: int) -> importing.Values:
    _, kind, township, street = BUSINESSES[place]
    more = {"kind": kind, "address": f"{office.region}{street}", "township": township, "status": "存续"}
    return _party(office, place) | more
