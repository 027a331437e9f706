"""Followers and their tags."""


def test_tags_have_their_limits(platform, api):
    platform.follow("a")
    openid = platform.openid("a")
    numbers = [api.post("tags/create", {"tag": {"name": f"组{n}"}})["tag"]["id"] for n in range(21)]
    codes = [
        api.post("tags/members/batchtagging", {"tagid": number, "openid_list": [openid]})["errcode"]
        for number in numbers
    ]
    assert codes == [0] * 20 + [45059]
    assert api.post("tags/create", {"tag": {"name": "组0"}})["errcode"] == 45157
    assert api.post("tags/create", {"tag": {"name": "字" * 31}})["errcode"] == 45158
    assert api.post("tags/delete", {"tag": {"id": 2}})["errcode"] == 45058
    assert api.post("tags/getidlist", {"openid": openid})["tagid_list"] == numbers[:20]
    assert api.post("user/tag/get", {"tagid": numbers[0]})["data"]["openid"] == [openid]
    assert api.get("user/get").json()["total"] == 1
    platform.unfollow("a")
    assert api.get("user/info", openid=openid).json()["subscribe"] == 0
