"""What staff begin an answer with."""

import pytest

from content.errors import ContentError
from content.submissions import answers
from handlers.submissions.stages import STAGES


def test_every_text_belongs_to_stages_that_are_there_and_can_be_said():
    assert {stage for one in answers.ANSWERS for stage in one.stages} <= STAGES.keys()
    for one in answers.ANSWERS:
        assert "{" not in one.render(number="SA20261123-0001", shop="")


def test_a_stage_is_offered_its_own_and_what_fits_all():
    labels = [one.label for one in answers.of("accepted")]
    assert "正在联系商家" in labels
    assert "电话没有打通" in labels
    assert "正在现场检查" not in labels


@pytest.mark.parametrize("text", ["{phone}好", "{好"])
def test_an_unknown_fact_is_told_at_the_start(tmp_path, text):
    path = tmp_path / "answers.toml"
    path.write_text(f'[[answer]]\nlabel = "a"\nmove = "answer"\nstages = []\ntext = "{text}"\n', encoding="utf-8")
    with pytest.raises(ContentError):
        answers.load(path)
