"""Where an address is: townships, what lies outside, and the many words that only look like places."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.understanding.townships import COUNTIES, FAR, REGION, TOWNSHIPS
from handlers.understanding.townships import Place, of_point, of_text

HERE = "新密市"
NAMED = [
    ("新密市超化镇超化村", "超化镇"),
    ("郑州市新密市超化镇", "超化镇"),
    ("河南省郑州市新密市来集镇李堂村", "来集镇"),
    ("超化镇街上", "超化镇"),
    ("大隗镇大街", "大隗镇"),
    ("大隗卫生院对面", "大隗镇"),
    ("苟堂镇政府旁", "苟堂镇"),
    ("苟堂", "苟堂镇"),
    ("平陌集上", "平陌镇"),
    ("曲梁镇锦荣衣天下", "曲梁镇"),
    ("曲梁工业园", "曲梁镇"),
    ("牛店镇打虎亭村", "牛店镇"),
    ("米村镇政府对面", "米村镇"),
    ("新密米村", "米村镇"),
    ("新密市 来集", "来集镇"),
    ("密县刘寨", "刘寨镇"),
    ("白寨镇翟沟村", "白寨镇"),
    ("岳村镇任岗", "岳村镇"),
    ("袁庄乡小学门口", "袁庄乡"),
    ("尖山风景区停车场", "尖山风景区"),
    ("尖山管委会", "尖山风景区"),
    ("新密市城关镇", "城关镇"),
    ("新密市城关镇东瓦店", "城关镇"),
    ("新密市新华路街道", "新华路街道"),
    ("新密市西大街办事处", "西大街街道"),
    ("新密市矿区办事处", "矿区街道"),
    ("青屏街街道嵩山大道", "青屏街街道"),
    ("青屏办事处", "青屏街街道"),
    ("在郑州上班，店在超化镇", "超化镇"),
    ("距登封市5公里 来集镇", "来集镇"),
    ("超化镇重庆火锅店", "超化镇"),
    ("超化镇郑州路口", "超化镇"),
]
GUESSED = [
    ("新密市青屏大街12号", "青屏街街道"),
    ("青屏大街", "青屏街街道"),
    ("西大街", "西大街街道"),
    ("西大街 北京烤鸭店", "西大街街道"),
    ("新华路与东大街交叉口", "新华路街道"),
    ("城关镇", "城关镇"),
    ("城关", "城关镇"),
    ("米村", "米村镇"),
    ("牛店", "牛店镇"),
    ("刘寨", "刘寨镇"),
    ("打虎亭", "牛店镇"),
    ("伏羲山大门口", "尖山风景区"),
    ("锦荣衣天下一楼", "曲梁镇"),
    ("大槐镇", "大隗镇"),
    ("超化路", "超化镇"),
    ("超化街里东头", "超化镇"),
    ("超化镇和来集镇交界", "超化镇"),
    ("登封市告成镇，靠近新密平陌镇", "平陌镇"),
    ("密县县衙旁边", "西大街街道"),
]
OUTSIDE = [
    ("登封市区", "登封市"),
    ("登封市西大街", "登封市"),
    ("登封市城关镇", "登封市"),
    ("登封市人民路12号", "登封市"),
    ("登封", "登封市"),
    ("登封市区那边", "登封市"),
    ("登封城里", "登封市"),
    ("河南登封大金店镇", "登封市"),
    ("告成镇", "登封市"),
    ("新郑市和庄镇", "新郑市"),
    ("新郑龙湖镇", "新郑市"),
    ("新郑机场T2", "郑州航空港区"),
    ("薛店镇", "新郑市"),
    ("禹州市神垕镇", "禹州市"),
    ("郑州市荥阳市贾峪镇", "荥阳市"),
    ("巩义米河镇", "巩义市"),
    ("巩义火车站", "巩义市"),
    ("中牟县官渡镇", "中牟县"),
    ("郑州市二七区马寨镇", "二七区"),
    ("二七区新密路", "二七区"),
    ("郑州市中原区须水", "中原区"),
    ("郑州市金水区花园路", "金水区"),
    ("郑州市管城回族区", "管城回族区"),
    ("管城区南关街", "管城回族区"),
    ("惠济区", "惠济区"),
    ("郑东新区商都路", "郑东新区"),
    ("河南省洛阳市西工区", "洛阳市"),
    ("开封市鼓楼区", "开封市"),
    ("许昌市", "许昌市"),
    ("北京市朝阳区", "北京市"),
    ("北京朝阳区", "北京市"),
    ("上海浦东新区", "上海市"),
    ("山东省济南市历下区", "济南市"),
    ("浙江省", "浙江省"),
    ("广西壮族自治区南宁市", "南宁市"),
    ("内蒙古自治区", "内蒙古"),
    ("郑州上班，店在登封", "登封市"),
]
UNKNOWN = [
    "",
    " ",
    "郑州路",
    "郑州市场",
    "上海路",
    "北京路12号",
    "北京烤鸭店",
    "老北京布鞋",
    "新郑大枣",
    "新郑 大枣专卖",
    "上海 小笼 灌汤包",
    "洛阳水席",
    "兰州拉面",
    "兰州 拉面馆",
    "兰州牛肉面",
    "重庆火锅",
    "重庆小面村口店",
    "山西刀削面",
    "陕西凉皮",
    "登封烧饼",
    "登封路和人民路口",
    "登封人开的店",
    "登封市人开的饭店",
    "登封市特产店",
    "禹州粉条",
    "四川人做的麻辣烫",
    "青岛啤酒广场",
    "中原路",
    "二七路",
    "中原区域配送中心",
    "郑州",
    "郑州市",
    "河南省",
    "新密",
    "新密市",
    "新密市登封市交界",
    "在郑州上班 店在新密",
    "新密市和登封市的路上",
    "产地：山西省",
    "厂家 山东省济南市",
    "发货地广州市",
    "靠近新郑市",
    "商业街上街区",
    "玉米村",
    "肥牛店",
    "建设银行楼下",
    "美团上买的",
    "不知道",
    "🍜🍜🍜",
    "a" * 5000,
]


@pytest.mark.parametrize(("address", "township"), NAMED)
def test_a_township_that_is_named_is_certain(address, township):
    place = of_text(address, HERE)
    assert (place.township, place.certain, place.outside) == (township, True, "")


@pytest.mark.parametrize(("address", "township"), GUESSED)
def test_a_word_that_may_mean_something_else_is_a_guess_and_says_so(address, township):
    place = of_text(address, HERE)
    assert (place.township, place.certain, place.outside) == (township, False, "")
    assert "推测" in place.why


@pytest.mark.parametrize(("address", "outside"), OUTSIDE)
def test_what_can_only_be_elsewhere_is_outside(address, outside):
    place = of_text(address, HERE)
    assert (place.township, place.certain, place.outside) == ("", True, outside)
    assert outside in place.why


@pytest.mark.parametrize("address", UNKNOWN)
def test_a_road_a_dish_or_a_brand_sends_nothing_away(address):
    place = of_text(address, HERE)
    assert (place.township, place.certain, place.outside) == ("", False, "")
    assert place.why


def test_a_county_named_beside_a_township_is_told_to_staff():
    assert "登封市" in of_text("登封市告成镇，靠近新密平陌镇", HERE).why


def test_an_address_is_read_in_any_dress():
    assert of_text("　新密市\n超化镇　", HERE).township == "超化镇"
    assert of_text("登封市（城区）", HERE).outside == "登封市"
    assert of_text("新密市" + "很" * 300 + "登封市", HERE).outside == ""


@pytest.mark.parametrize("region", REGION.names)
def test_an_alias_of_the_region_is_the_region(region):
    assert of_text("超化镇", region).township == "超化镇"


@pytest.mark.parametrize(
    ("address", "region", "outside"),
    [
        ("登封市中岳大街", "登封市", ""),
        ("登封中岳大街", "登封市", ""),
        ("新郑市龙湖镇", "登封市", "新郑市"),
        ("新密市超化镇", "登封市", "新密市"),
        ("登封市新密市交界", "登封市", ""),
        ("北京市朝阳区", "登封市", ""),
        ("洛阳", "登封市", ""),
        ("龙湖镇", "汕头市龙湖区", ""),
        ("金水区", "金水区", ""),
        ("某某路", "", ""),
    ],
)
def test_a_region_without_data_knows_only_other_counties_by_their_full_names(address, region, outside):
    place = of_text(address, region)
    assert (place.township, place.outside) == ("", outside)


WORDS = [
    *REGION.names,
    *REGION.above,
    *(word for township in TOWNSHIPS for word in (township.name, *township.also, *township.weak, *township.places)),
    *(word for row in (*COUNTIES, *FAR) for word in (*row.full, *row.short)),
    *"路街市区镇乡村店的在和 ，。12",
    *("火锅", "拉面", "厂家", "产地", "人民路"),
]
ADDRESS = st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=12).map("".join))


@given(ADDRESS)
def test_whatever_is_typed_the_answer_is_of_one_kind_and_says_why(address):
    place = of_text(address, HERE)
    assert place.why
    assert not (place.township and place.outside)
    assert place.township in {"", *(township.name for township in TOWNSHIPS)}
    assert place.outside in {"", *(row.name for row in (*COUNTIES, *FAR))}
    assert not place.certain or place.township or place.outside
    assert place.certain or not place.outside


@given(ADDRESS)
def test_what_begins_with_the_region_is_never_outside(address):
    assert of_text(HERE + address, HERE).outside == ""


@given(ADDRESS)
def test_blanks_around_it_change_nothing(address):
    assert of_text(f" {address}\n", HERE) == of_text(address.strip(), HERE)


def test_reading_an_address_takes_well_under_a_millisecond():
    long = ("郑州市在新密市附近的登封路" * 30)[:300]
    began = time.process_time()
    for _ in range(200):
        of_text(long, HERE)
    assert (time.process_time() - began) / 200 < 0.001


@pytest.mark.parametrize("township", [township for township in TOWNSHIPS if township.centre], ids=lambda t: t.name)
def test_a_point_at_a_centre_is_guessed_to_be_that_township(township):
    place = of_point(*township.centre)
    assert (place.township, place.certain, place.outside) == (township.name, False, "")
    assert "不是边界" in place.why


@pytest.mark.parametrize(
    ("latitude", "longitude", "why"),
    [
        (34.70, 113.55, "看不出属于哪个乡镇"),
        (34.7466, 113.6254, "看不出属于哪个乡镇"),
        (39.9042, 116.4074, "可能不在辖区"),
        (34.6197, 112.4540, "可能不在辖区"),
        (0.0, 0.0, "坐标不合理"),
        (113.39, 34.54, "坐标不合理"),
        (91.0, 500.0, "坐标不合理"),
        (float("nan"), 113.4, "坐标不合理"),
        (34.5, float("inf"), "坐标不合理"),
    ],
)
def test_a_point_elsewhere_is_unknown_and_never_certainly_outside(latitude, longitude, why):
    place = of_point(latitude, longitude)
    assert (place.township, place.certain, place.outside) == ("", False, "")
    assert why in place.why


@given(st.floats(), st.floats())
def test_no_point_is_certain(latitude, longitude):
    place = of_point(latitude, longitude)
    assert place == Place(place.township, False, "", place.why)
