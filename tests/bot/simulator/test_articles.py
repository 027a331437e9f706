"""Articles: what the platform keeps of their HTML."""


def test_draft_keeps_only_harmless_html_and_own_pictures(api, cover):
    own = api.upload("media/uploadimg")["url"]
    html = (
        '<p id="x" class="y" style="color: red; position: fixed" onclick="z()">好</p><script>bad()</script>'
        f'<img src="{own}"><img src="https://elsewhere.example/x.png"><a href="https://e.example">去</a>'
    )
    key = api.draft(cover, content=html)["media_id"]
    kept = api.post("draft/get", {"media_id": key})["news_item"][0]
    assert kept["content"] == f'<p style="color: red">好</p><img src="{own}">去'
    assert kept["digest"] == "好 去"
