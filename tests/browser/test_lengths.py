"""How many lines an answer has on a phone 375 pixels wide, and what of it is seen when it arrives."""

import pytest
from playwright.sync_api import expect

from bot.simulator import Account, Platform, serve
from content.replies import say
from content.replies.facts import FACTS
from content.submissions.categories import CATEGORIES
from content.understanding.danger import FIRST_AID, SIGNS
from handlers.chat.guided import TOPICS
from handlers.chat.lookup import SHOWN
from handlers.chat.questions import COMPLAINT, REPORT
from handlers.chat.talk import question
from tests.browser.longest import NUMBER, PAGE, PLACE, SHOP, STORY, longest
from tests.handlers.chat.test_hand_in import FED
from tests.verbs import WHOLE

pytestmark = pytest.mark.browser
EMERGENCY, RECEIPT, QUESTION, ANSWER = 8, 12, 8, 12
CHOICE = len(CATEGORIES) + 3
"""The first question lists the categories, one a line."""
LINES = """bubbles => bubbles.map(bubble => {
  const style = getComputedStyle(bubble);
  const text = bubble.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  return Math.round(text / parseFloat(style.lineHeight));
})"""
WHERE = """(bubble, words) => {
  const text = [...bubble.childNodes].find(node => node.nodeType === 3 && node.data.includes(words));
  const range = document.createRange();
  range.setStart(text, text.data.indexOf(words));
  range.setEnd(text, range.startOffset + words.length);
  const { top, bottom } = range.getBoundingClientRect();
  return [top, bottom];
}"""
LINKS = {"receipt": PAGE, "consent": PAGE.replace("receipts", "notify")}
CALLS = {sign.first_aid: sign.number for sign in SIGNS}
"""Whom to call, by the first aid that is told with it."""


class Screen:
    """A phone 375 pixels wide, on which the account says what a test gives it."""

    def __init__(self, page, platform):
        self.chat = page.locator('[data-phone="a"] .chat')
        self.bubbles = self.chat.locator(".said")
        self._platform, self._openid, self._said = platform, platform.openid("a"), 0

    def hears(self, *texts, sender="account"):
        for text in texts:
            self._platform.world.show(self._openid, sender, "text", text=text)
        self._said += len(texts)
        expect(self.bubbles).to_have_count(self._said)

    def lines(self, *texts):
        """How many lines each of these texts has."""
        self.hears(*texts)
        return self.bubbles.evaluate_all(LINES)[-len(texts) :]

    def too_long(self, texts, most):
        """Those of these texts, by their names, that have more lines than `most`."""
        return {name: lines for name, lines in zip(texts, self.lines(*texts.values()), strict=True) if lines > most}

    def shows(self, words):
        """Whether these words of the newest bubble can be read without scrolling."""
        top, bottom = self.bubbles.last.evaluate(WHERE, words)
        seen = self.chat.bounding_box()
        return seen["y"] <= top < bottom <= seen["y"] + seen["height"]


@pytest.fixture
def screen(browser):
    platform = Platform(Account("wx0000000000000000", "secret", "token", "a" * 43))
    running = serve(platform)
    platform.world.change_follower(platform.openid("a"), followed=True)
    page = browser.new_page(viewport={"width": 375, "height": 667}, locale="zh-CN")
    page.goto(f"{running.origin}/simulator/")
    yield Screen(page, platform)
    page.close()
    running.close()
    platform.close()


def emergency(aid="", known=False, call="120"):
    line = FIRST_AID[aid].line if aid else ""
    return say("emergency", number=NUMBER, known=known, minutes=10, call=call, first_aid=line)


def test_danger_is_answered_on_eight_lines(screen, phone):
    texts = {f"{aid} {known}": emergency(aid, known, CALLS[aid]) for aid in ("", *FIRST_AID) for known in (True, False)}
    texts |= {call: emergency(call=call) for call in ("110", "119", "120")}
    texts |= {
        f"joined {aid}": say("emergency_joined", number=NUMBER, call=CALLS[aid], first_aid=FIRST_AID[aid].line)
        for aid in FIRST_AID
    }
    texts |= {
        "said": phone.say(FED),
        "joined": phone.say("又有两个孩子吐了，快来人"),
        "asked": say("doubt_danger", call="120"),
    }
    assert screen.too_long(texts, EMERGENCY) == {}


@pytest.mark.parametrize("aid", ["", "choking"])
def test_whom_to_call_and_the_number_are_seen_when_the_answer_arrives(screen, aid):
    screen.hears("早上好", "还有什么", "请接着说\n" * 12)
    screen.hears("有人晕倒了", sender="me")
    screen.hears(emergency(aid))
    assert screen.shows("请马上拨打120！")
    assert screen.shows(NUMBER)


def receipt(kind="report", twice=False, named="", **facts):
    submissions = [
        {"number": NUMBER, "kind": one, "named": named} for one in ("report", "complaint") if twice or one == kind
    ]
    next = {"report": "核查并决定是否立案", "complaint": "作出受理决定"}[kind]
    usual = dict.fromkeys(("urgent", "evidence", "online", "outside", "agent", "hours", "claims"), "")
    usual |= {
        "food": "1",
        "minutes": 10,
        "by": "12月17日（暂估）",
        "next": next,
        "links": LINKS,
        "submissions": submissions,
    }
    return say("received", **usual | facts)


NIGHT = {"hours": say("hours_note", back="明天（周二）09:00", provisional=False, reason="")}
HOLIDAY = {"hours": say("hours_note", back="10月8日（周四）09:00", provisional=True, reason="国庆节")}
RECEIPTS = {
    "report": receipt(),
    "complaint": receipt("complaint"),
    "both": receipt(twice=True, evidence=3, **NIGHT),
    "named": receipt(named="张", evidence=3, **NIGHT),
    "urgent": receipt(named="张", urgent="1", evidence=3, claims="1", **NIGHT),
    "urgent both": receipt(twice=True, urgent="1", evidence=3, **NIGHT),
    "holiday": receipt(evidence=3, claims="1", **HOLIDAY),
    "outside": receipt(outside="郑州市金水区", evidence=3, claims="1", **NIGHT),
    "no food": receipt(food="", named="张", evidence=3, claims="1", **NIGHT),
    "online": receipt(online="拼多多", claims="1", named="张", **NIGHT),
    "agent": receipt("complaint", agent="李大娘", evidence=3, **NIGHT),
    "voice": say("voice_received", number=NUMBER, links=LINKS, minutes=10),
}


def test_a_receipt_has_twelve_lines(screen, phone):
    assert screen.too_long(RECEIPTS | {"said": phone.say(WHOLE)}, RECEIPT) == {}
    assert screen.shows(NUMBER[:2])


ANSWERS = {
    "merchant": SHOP,
    "address": PLACE,
    "happened": "昨天下午",
    "problem": STORY,
    "demand": "退货款50元并赔偿1000元",
    "name": "张某某",
    "phone": "13812345678",
    "contact_address": PLACE,
}
TOLD = ("merchant", "address", "happened", "problem")


@pytest.mark.parametrize(("kind", "steps"), [("report", REPORT), ("complaint", COMPLAINT)])
def test_a_question_has_eight_lines(screen, kind, steps):
    mine = (
        ANSWERS
        if kind == "complaint"
        else {name: ANSWERS[name] for name in ANSWERS if name not in ("demand", "contact_address")}
    )
    texts = {step.label: question(step, mine if step.name == "confirm" else {}) for step in steps}
    texts["代理"] = question(next(step for step in steps if step.name == "name"), {"principal": "李大娘"})
    texts["匿名"] = question(steps[-1], {name: ANSWERS[name] for name in TOLD})
    assert screen.too_long(texts, QUESTION) == ({"类别": CHOICE} if kind == "report" else {})


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_what_was_understood_and_the_next_question_have_eight_lines(screen, topic):
    """One thing is left out at a time, and asked for."""
    texts = {}
    for step in topic.steps:
        if step.name in ("merchant", "address", "demand", "pictures"):
            known = {name: ANSWERS[name] for name in TOLD if name != step.name}
            lead = say("understood", topic=topic, answers=known, food="1")
            texts[step.label] = f"{lead}\n\n{question(step, known)}"
    assert screen.too_long(texts, QUESTION) == {}


OF_DANGER = {name for name in FACTS if name.startswith("emergency")} | {"doubt_danger", "doubt_stored", "alarm_taken"}
LONGER = {
    "after_not_now": 22,
    "alarm_brief": 15,
    "alarm_yours": 65,
    "ask_case": 20,
    "ask_report_category": CHOICE,
    "exposure_about": 26,
    "exposure_latest": 25,
    "lookup_business": 46,
    "lookup_found": 21,
    "lookup_several": 44,
    "notice_stage": 43,
    "notice_upheld": 30,
    "pictures_which": 22,
    "progress_list": 44,
    "progress_one": 47,
    "reward_ask": 21,
    "reward_code": 15,
    "subscribe_list": 57,
}
"""Texts that list several things, carry the words of staff or tell what the law excludes, and what they may have."""
IN_ONE_CASE = {
    "after_retract": {"remedies": longest("after_retract")["remedies"][:1]},
    **{name: {"articles": longest(name)["articles"][:1] * SHOWN} for name in ("exposure_about", "exposure_latest")},
    # Measured above: what makes a receipt long does not come together.
    "received": {"urgent": "", "evidence": "", "online": "", "outside": "", "agent": ""},
}


def bound(name):
    if name in LONGER:
        return LONGER[name]
    return EMERGENCY if name in OF_DANGER else QUESTION if name.startswith("ask_") else ANSWER


@pytest.mark.parametrize("half", [0, 1])
def test_no_text_has_more_lines_than_it_may(screen, half):
    names = list(FACTS)[half::2]
    lines = screen.lines(*(say(name, **longest(name, **IN_ONE_CASE.get(name, {}))) for name in names))
    assert {name: many for name, many in zip(names, lines, strict=True) if many > bound(name)} == {}
