"""A voice and a photograph made by code: real enough for whoever opens them."""

import io

from PIL import Image

from bot.simulator import samples


def test_a_photo_is_a_picture_and_another_for_each_seed():
    with Image.open(io.BytesIO(samples.photo())) as picture:
        assert (picture.format, picture.size) == ("JPEG", (960, 720))
    assert samples.photo(1) == samples.photo(1) != samples.photo(2)


def test_a_voice_lasts_as_long_as_it_was_asked_to(platform, webhook):
    platform.follow("a")
    for seconds in (1, 12):
        platform.voice("a", samples.amr(seconds))
        assert platform.inbox("a", last=1)[0].extra["seconds"] == seconds
    assert webhook.received[-1]["Format"] == "amr"
