"""What people typed, and what the form was made from."""

from tests.bot.console.conftest import at


def test_a_form_without_version_is_refused(clerk, report):
    form = clerk.form(at(report), "/register")
    for fields in ({"version": "x"}, {"version": ""}):
        assert clerk.client.post(form.action, data=form.fields | fields | {"note": "x"}).status_code == 400


def test_line_ends_are_kept_as_this_side_writes_them(clerk, stored):
    clerk.send("/submissions/new", merchant="好又多超市", description="酸奶过期\r\n店家拒绝退款")
    assert stored()[0].description == "酸奶过期\n店家拒绝退款"
