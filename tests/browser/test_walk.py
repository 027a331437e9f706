"""The walk a new user takes, in a real browser: from the phone to the desk and from the desk to the phone."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Chat, open_case, take

pytestmark = pytest.mark.browser
TITLE = "新密市场监管局查处某早餐店违规添加案"
BODY = (
    "## 基本案情\n\n检查发现油条铝残留超标。\n\n## 处理结果\n\n没收并罚款。\n\n## 典型意义\n\n> 使用添加剂须守限量。\n"
)


def test_a_tip_goes_to_the_desk_and_its_answer_back_to_the_phone(demo, open_page, sign_in):
    phones = open_page()
    phones.goto(f"{demo.url}/simulator/")
    chat = Chat(phones, "a")
    chat.follow()
    chat.tap("我要举报")
    for asked, answer in (
        ("【类别】", "1"),
        ("【店名】", "小马早餐店"),
        ("【地址】", "新密市溱水路56号"),
        ("【问题】", "油条里有怪味，上周吃完拉肚子，早好了"),
    ):
        chat.hears(asked)
        chat.say(answer)
    chat.hears("【照片】")
    chat.phone.get_by_test_id("sample-picture").click()
    chat.hears("【姓名】")
    chat.say("跳过")
    chat.hears("【提交】")
    chat.say("提交")
    number = re.search(r"SA\d{8}-\d{4,}", chat.hears("SA20"))[0]
    phones.screenshot(path=demo.shots / "phone.png")

    desk = sign_in("shouli")
    desk.screenshot(path=demo.shots / "day.png")
    open_case(desk, demo.url, number)
    expect(desk.get_by_text("有人食用后不适").first).to_be_visible()
    expect(desk.locator('img[src*="/console/evidence/"]')).to_be_visible(timeout=20_000)
    take(desk, "register", external_number="WX20261126000001")
    take(desk, "assign", unit="青屏市场监督管理所")
    take(desk, "note", note="已联系商户")
    take(desk, "answer", note="已安排人员到场核查，谢谢您。")
    desk.screenshot(path=demo.shots / "submission.png", full_page=True)
    chat.hears("已安排人员到场核查")
    chat.say("进度")
    assert "已联系商户" not in chat.hears("已分派承办单位")


def test_an_article_is_written_approved_scheduled_and_arrives(demo, open_page, sign_in):
    phones = open_page()
    phones.goto(f"{demo.url}/simulator/")
    Chat(phones, "b").follow()

    editor = sign_in("bianji")
    editor.goto(f"{demo.url}/console/articles/new")
    written = {"title": TITLE, "summary": "油条铝残留超标，没收并罚款。", "body": BODY, "party": "新密市某早餐店"}
    for name, text in written.items():
        editor.locator(f'[name="{name}"]').fill(text)
    editor.locator('[name="category"]').select_option("illegal_additive")
    editor.get_by_role("button", name="保存").click()
    editor.wait_for_load_state()
    frame = editor.frame_locator("iframe")
    expect(frame.get_by_text("油条铝残留超标").first).to_be_visible()
    editor.screenshot(path=demo.shots / "article.png", full_page=True)
    take(editor, "submit")
    where = editor.url.split("?")[0]

    reviewer = sign_in("shenhe")
    reviewer.goto(where)
    take(reviewer, "approve", check=True)

    publisher = sign_in("fabu")
    publisher.goto(where)
    at = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(minutes=1)
    take(publisher, "schedule", at=f"{at:%Y-%m-%dT%H:%M}", channel="mass")
    expect(publisher.get_by_text("已排期").first).to_be_visible()

    phones.get_by_test_id("advance-hour").click()
    card = phones.locator('[data-phone="b"]').get_by_test_id("article")
    expect(card).to_contain_text(TITLE, timeout=30_000)
    expect(card).to_have_count(1)
    phones.screenshot(path=demo.shots / "arrived.png")

    public = open_page()
    for _ in range(20):
        public.goto(f"{demo.url}/exposures")
        if public.get_by_text(TITLE).count():
            break
        public.wait_for_timeout(500)
    public.wait_for_load_state("networkidle")
    public.screenshot(path=demo.shots / "archive.png")
    public.get_by_text(TITLE).first.click()
    expect(public.get_by_role("heading", name=TITLE)).to_be_visible()
    public.screenshot(path=demo.shots / "exposure.png", full_page=True)


@pytest.mark.parametrize("path", ["/exposures", "/console/sign-in", "/nowhere"])
def test_pages_fit_a_small_phone(demo, browser, path):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(demo.url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
