"""The way of a submission, and what leads on."""

from dataclasses import replace

from handlers.submissions import procedure, stages, steps


def test_every_way_goes_through_stages_and_every_next_step_is_a_move_from_there():
    sources = {move.name: move.sources for move in procedure.MOVES}
    assert {stage for way in steps.WAYS.values() for stage in way} <= stages.STAGES.keys()
    for stage, names in steps.NEXT.items():
        assert all(stage in sources[name] for name in names), stage
    assert steps.NEXT.keys() == set(stages.OPEN_STAGES)


def test_an_end_beside_the_way_stands_behind_where_it_left_it(tip):
    report = tip()
    assert steps.way(replace(report, stage="not_filed"))[-2:] == ("proposed", "not_filed")
    assert steps.way(replace(report, stage="merged")) == ("triage", "merged")
    assert steps.way(replace(report, stage="case")) == steps.WAYS[report.kind]


def test_the_leader_is_led_to_what_the_officer_proposed(tip):
    proposed = replace(tip(), stage="proposed")
    assert steps.moves_on(replace(proposed, proposal="file"))[0] == "file_case"
    assert steps.moves_on(replace(proposed, proposal="not_file"))[0] == "decline_case"
    assert steps.moves_on(replace(proposed, stage="concluded")) == ()
