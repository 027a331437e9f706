"""What the platform remembers over a restart."""

from bot.simulator import samples


def test_memory_survives_a_restart_and_finishes_what_was_begun(make_platform, connect, webhook, tmp_path):
    file = tmp_path / "platform.db"
    before = make_platform(memory=file)
    before.finish_delay = 60
    api = connect(before)
    before.follow("a")
    before.picture("a", samples.photo())
    cover = api.upload("material/add_material")["media_id"]
    api.send(api.draft(cover)["media_id"])
    before.close()
    after = make_platform(memory=file)
    assert webhook.wait_for("MASSSENDJOBFINISH")["SentCount"] == "1"
    assert [bubble.kind for bubble in after.inbox("a")] == ["image", "news"]
