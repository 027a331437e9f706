"""The menu, checked as the platform does."""


def test_menu_is_checked_and_kept(api):
    click = {"type": "click", "name": "举报", "key": "report"}
    view = {"type": "view", "name": "曝光台", "url": "https://example.org/"}
    menu = {"button": [click, {"name": "更多", "sub_button": [view]}]}
    assert api.post("menu/create", menu)["errcode"] == 0
    assert api.get("menu/get").json()["menu"] == menu
    wrong = {
        40016: [click] * 4,
        40018: [{**click, "name": "六个汉字太长"}],
        40019: [{**click, "key": "k" * 129}],
        40017: [{**click, "type": "zap"}],
        40055: [{**view, "url": "ftp://x"}],
        40023: [{"name": "多", "sub_button": [view] * 6}],
        40025: [{"name": "多", "sub_button": [{**view, "name": "字" * 21}]}],
    }
    assert {code: api.post("menu/create", {"button": buttons})["errcode"] for code, buttons in wrong.items()} == {
        code: code for code in wrong
    }
    escaped = b'{"button":[{"type":"click","name":"\\u4e3e","key":"k"}]}'
    assert api.post("menu/create", raw=escaped)["errcode"] == 40033
    assert api.get("menu/delete").json()["errcode"] == 0
    assert api.get("menu/get").json()["errcode"] == 46003
