"""Accounts: a secret is alone on the last line, and shown once."""

from datetime import timedelta

from bot.service import open_service
from bot.settings import load
from storage.engine.times import utc_now
from storage.people import factor, staff
from tests.bot.conftest import assert_refused, is_secret


def test_accounts_are_added_listed_and_reset(command):
    command("init")
    added = command("staff", "add", "wang", "--role", "intake", "--role", "officer", "--unit", "青屏所")
    assert (added.code, is_secret(added.last)) == (0, True)
    assert "wang\tintake,officer\t青屏所\t要改密码" in command("staff", "list").out
    assert_refused(command("staff", "add", "wang", "--role", "intake"), "wang", "reset")
    assert_refused(command("staff", "add", "has space", "--role", "intake"), "账号名")
    again = command("staff", "reset", "wang")
    assert is_secret(again.last)
    assert again.last != added.last
    assert_refused(command("staff", "reset", "nobody"), "nobody")


def test_a_reset_for_a_lost_phone_ends_the_second_factor_as_well(command, tmp_path):
    command("init")
    service = open_service(load(tmp_path / "config.toml", {}))
    service.db.write(lambda tx: factor.put(tx, "admin", "JBSWY3DPEHPK3PXP", [], tx.now))
    for arguments, left in (((), {"admin"}), (("--totp",), set())):
        assert is_secret(command("staff", "reset", "admin", *arguments).last)
        with service.db.read() as tx:
            assert factor.holders(tx) == left
    service.close()


def test_a_token_is_shown_once_and_works(command, tmp_path):
    command("init")
    token = command("staff", "token", "admin").last
    assert is_secret(token, 40)
    service = open_service(load(tmp_path / "config.toml", {}))
    with service.db.read() as tx:
        assert staff.of_token(tx, token).name == "admin"
    service.close()
    assert_refused(command("staff", "token", "nobody"), "nobody")


def signed_in(tx, token):
    account = staff.of_token(tx, token)
    return account.name if account else ""


def test_who_is_disabled_revoked_or_reset_is_out_at_once_and_only_they(command, tmp_path):
    command("init")
    command("staff", "add", "wang", "--role", "intake")
    service = open_service(load(tmp_path / "config.toml", {}))
    admins = command("staff", "token", "admin").last
    for verb in ("disable", "revoke", "reset"):
        wangs = command("staff", "token", "wang").last
        service.db.write(lambda tx: staff.open_session(tx, "wang", "t", "c"))
        assert command("staff", verb, "wang").code == 0
        with service.db.read() as tx:
            assert (signed_in(tx, wangs), signed_in(tx, admins)) == ("", "admin")
            assert tx.value("select count(*) from staff_session") == 0
        assert ("wang\tintake\t-\t停用" in command("staff", "list").out) is (verb != "reset")
    service.close()


def test_a_token_may_be_good_for_some_days_only(command, tmp_path):
    command("init")
    token = command("staff", "token", "admin", "--days", "2").last
    service = open_service(load(tmp_path / "config.toml", {}))
    for days, name in ((1, "admin"), (2, "")):
        service.db.clock = lambda days=days: utc_now() + timedelta(days=days)
        with service.db.read() as tx:
            assert signed_in(tx, token) == name
    service.close()


def test_the_last_administrator_cannot_be_disabled(command):
    command("init")
    assert_refused(command("staff", "disable", "admin"), "最后一个")
    command("staff", "add", "li", "--role", "admin")
    assert command("staff", "disable", "admin").code == 0
    assert_refused(command("staff", "disable", "nobody"), "nobody")


def test_a_guarded_role_is_proposed_and_it_is_said_who_confirms(command):
    command("init")
    added = command("staff", "add", "jijian", "--role", "liaison")
    assert "jijian 的角色 liaison 要由分管领导在工作台“账号”页确认" in added.out
    assert is_secret(added.last)
    assert "jijian\t\t-\t要改密码，角色 liaison 待确认" in command("staff", "list").out
    given = command("staff", "roles", "admin", "--role", "admin", "--role", "custodian")
    assert "确认" not in given.out
    assert "admin\tadmin,custodian\t" in command("staff", "list").out
    command("staff", "roles", "jijian", "--role", "intake")
    assert "jijian\tintake\t-\t要改密码\n" in command("staff", "list").out
    assert_refused(command("staff", "roles", "nobody", "--role", "intake"), "nobody")
