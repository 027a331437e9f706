"""Daily quotas."""

from .receiver import APP_ID


def test_daily_quota_ends_at_midnight_in_china_or_when_cleared(api, platform, clock):
    platform.quotas["menu/get"] = 2
    assert [works(api) for _ in range(3)] == [46003, 46003, 45009]
    quota = api.post("openapi/quota/get", {"cgi_path": "/cgi-bin/menu/get"})["quota"]
    assert quota == {"daily_limit": 2, "used": 2, "remain": 0}
    assert api.post("clear_quota", {"appid": APP_ID})["errcode"] == 0
    assert [works(api) for _ in range(3)] == [46003, 46003, 45009]
    clock.forward(hours=14)
    api.fetch_token()
    assert works(api) == 46003


def works(api) -> int:
    return api.get("menu/get").json()["errcode"]
