"""The queue, as a clerk reads, filters and searches it."""

import re
from html import unescape

from storage import timeline
from storage.people.staff import Role
from tests.verbs import WHOLE

LI = "举报 店名：李记麻辣烫 地址：文化路23号 问题：汤里放罂粟壳，三个人正在医院抢救"


def numbers(page):
    return re.findall(r">(SA\d{8}-\d{4})<", page.partition("<tbody>")[2])


def test_the_queue_puts_danger_first_then_the_nearer_deadline(phone, other_phone, clock, signed_in, stored):
    phone.say(WHOLE)
    clock.advance(days=1)
    phone.say(WHOLE.replace("老王", "老孙"))
    other_phone.say(LI)
    first, second, danger = (one.number for one in stored())
    page = signed_in("li", Role.INTAKE).read("/submissions")
    assert numbers(page) == [danger, first, second]
    assert "危及生命" in page
    assert "2026-12-14" in page


def test_the_queue_can_be_filtered_and_searched(phone, other_phone, clerk, stored, service):
    phone.say(WHOLE)
    other_phone.say(LI)
    wang, li = (one.number for one in stored())
    for query, expected in {
        "urgent=1": [li],
        "kind=complaint": [],
        "category=illegal_additive": [li],
        "stage=triage": [li, wang],
        "stage=case": [],
        "mine=1": [],
        "text=老王": [wang],
        f"text={wang}": [wang],
        "text=%25": [],
        "stage=nonsense&kind=nonsense": [li, wang],
    }.items():
        assert numbers(clerk.read(f"/submissions?{query}")) == expected, query


def test_links_of_the_queue_carry_filters_and_nothing_else(clerk, report):
    page = clerk.read("/submissions?kind=report&endpoint=x&_external=1&_scheme=javascript&_anchor=a")
    assert "/console/submissions?kind=report&amp;stage=triage" in page
    assert "javascript" not in page


def test_the_queue_has_pages_and_counts(phone, clerk):
    for n in range(32):
        phone.say(WHOLE.replace("老王", f"第{n}家"))
    first = clerk.read("/submissions")
    second = clerk.read(unescape(re.search(r'rel="next" href="/console([^"]+)"', first)[1]))
    assert (len(numbers(first)), len(numbers(second))) == (30, 2)
    assert "共 32 件" in first
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


def test_deadlines_show_their_light(phone, clock, clerk, report):
    for days, light in ((0, "calm"), (20, "soon"), (3, "late")):
        clock.advance(days=days)
        if days:
            clerk.sign_in("li")
        assert f"light-{light}" in clerk.read("/submissions"), days


def test_a_search_finds_words_and_notes_and_marks_them(phone, clerk, stored, service):
    phone.say(WHOLE)
    (report,) = stored()
    service.db.write(
        lambda tx: timeline.add(tx, report.id, "note", actor="wang", title="备注", body="冷库<钥匙>在老板娘处")
    )
    page = clerk.read("/submissions?text=卤肉 冷库")
    assert report.number in page
    assert "<mark>卤肉</mark>" in page
    assert "<mark>冷库</mark>&lt;钥匙&gt;" in clerk.read("/submissions?text=冷库")
    assert report.number not in clerk.read("/submissions?text=卤肉 没有的")


def test_a_row_begins_with_what_happened_and_says_how_long_there_is(clerk, report):
    (row,) = re.findall(r"<tr class=.*?</tr>", clerk.read("/submissions").partition("<tbody>")[2], re.DOTALL)
    said = row.index("卖过期卤肉")
    assert said < row.index("老王熟食店") < row.index(f">{report.number}<")
    assert "还有21天" in row
    assert 'title="2026-12-14' in row


def test_danger_has_a_band_of_its_own(phone, other_phone, clerk):
    phone.say(WHOLE)
    assert 'class="band"' not in clerk.read("/submissions")
    other_phone.say(LI)
    page = clerk.read("/submissions").partition("<tbody>")[2]
    assert page.index("危险，先办") < page.index("李记") < page.index("其他</th>") < page.index("老王")
    assert 'class="band"' not in clerk.read("/submissions?sort=new")


def test_filters_stand_in_the_address_and_the_tabs_count_what_they_leave(
    phone, other_phone, clerk, clock, hire, act, stored
):
    phone.say(WHOLE)
    clock.advance(days=2)
    other_phone.say(LI)
    wang, li = (one.number for one in stored())
    clerk.sign_in("li")
    act(wang, "assign", hire("fenpai", Role.INTAKE, Role.OFFICER), unit="青屏所", assignee="fenpai")
    for query, expected in {
        "unit=青屏所": [wang],
        "unit=没有的所": [],
        "assignee=fenpai": [wang],
        "urgent=2": [li],
        "source=wechat": [li, wang],
        "source=api": [],
        "until=2026-11-23": [wang],
        "since=2026-11-24": [li],
        "since=nonsense": [li, wang],
        "sort=due": [wang, li],
        "due=late": [],
        "fresh=1": [],
    }.items():
        page = clerk.read(f"/submissions?stage=all&{query}")
        assert numbers(page) == expected, query
        assert f'全部 <b class="num">{len(expected)}</b>' in page, query
