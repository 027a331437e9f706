"""The account and its phones: who is who, and what a screen shows."""


def test_a_phone_has_one_openid_for_ever(make_platform, tmp_path):
    file = tmp_path / "platform.db"
    before = make_platform(memory=file)
    one, other = before.openid("a"), before.openid("b")
    before.close()
    after = make_platform(memory=file)
    assert (after.openid("a"), after.openid("b")) == (one, other)
    assert one != other
    assert {len(one), one[0]} == {28, "o"}


def test_a_screen_shows_its_own_phone_in_order(platform):
    for phone in "ab":
        platform.follow(phone)
    for text in ("一", "二", "三"):
        platform.say("a", text)
    assert [bubble.text for bubble in platform.inbox("a")] == ["一", "二", "三"]
    assert [bubble.text for bubble in platform.inbox("a", last=2)] == ["二", "三"]
    assert platform.inbox("b") == []


def test_a_permanent_picture_outlives_a_temporary_one(api, platform, clock):
    temporary = api.upload("media/upload")["media_id"]
    permanent = api.upload("material/add_material")["media_id"]
    clock.forward(days=3)
    api.fetch_token()
    assert api.get("media/get", media_id=temporary).json()["errcode"] == 40007
    assert api.draft(permanent)["errcode"] == 0
