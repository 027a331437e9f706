"""README's installation can be followed: its commands are run in a scratch tree, the system's own as stand-ins."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from bot.settings import load
from tests.conftest import ROOT
from tests.engines import CLUSTER, binaries, url_of
from tests.verbs import AES_KEY, APP_ID, TOKEN

README = (ROOT / "README.md").read_text(encoding="utf-8")


def chapter(title: str) -> str:
    return README.split(f"### {title}")[1].split("\n### ")[0]


def blocks(text: str) -> list[str]:
    return [re.sub(r"^ {3}", "", block, flags=re.M) for block in re.findall(r"```sh\n(.*?)```", text, re.S)]


CHAPTER = chapter("正式安装")
BLOCKS, ON_A_SERVER = blocks(CHAPTER), blocks(chapter("换成 PostgreSQL"))
SHIAN = re.search(r"^shian\(\) .*$", "\n".join(BLOCKS), re.M)[0]
"""What the shell of the installation knows besides."""
PLACES = ("/opt/shianshao", "/etc/shianshao", "/var/lib/shianshao", "/etc/systemd/system", "/etc/nginx")
ROOTS_OWN = ("apt-get", "adduser", "systemctl", "nginx", "curl")
"""What only root, a package or the network has: noted, and taken for done."""
FILLED = {
    "name": "某县市场监管",
    "region": "某县",
    "base_url": "https://shian.example.org",
    "app_id": APP_ID,
    "app_secret": "test-secret",
    "token": TOKEN,
    "encoding_aes_key": AES_KEY,
}
COPIED = "bot handlers content storage deploy config.toml Makefile requirements.txt"
STAND_INS = {
    "git": f'test "$1" = clone || exit 0; mkdir "$3"; cd "{ROOT}"; cp -r {COPIED} "$3"',
    "make": f'/usr/bin/make -n -C "$2" "$3" > /dev/null && ln -sfn "{sys.prefix}" "$2/.venv"',
    "runuser": 'export PGUSER="$2"; shift 3; exec "$@"',
    "install": """
        while [ $# -gt 0 ]; do case "$1" in -o | -g) shift 2;; *) kept="$kept $1"; shift;; esac; done
        exec /usr/bin/install $kept""",
    "fill": "".join(f"""sed -i 's|^{key} = ""|{key} = "{value}"|' "$1"\n""" for key, value in FILLED.items())
    + """sed -i "s#/\\(var/lib\\|etc\\)/shianshao#$HOME&#" "$1" """,
    "switch": """sed -i 's|^url = .*|url = "postgresql:///shian"|' "$1" """,
}
"""What works without root and network, as far as it matters here; `fill` and `switch` are the operator in an editor."""


@pytest.fixture
def scratch(tmp_path):
    """A tree in the place of `/`, with the folders that Debian has."""
    for folder in (
        "opt",
        "etc/systemd/system",
        "etc/nginx/sites-available",
        "etc/nginx/sites-enabled",
        "var/lib",
        "bin",
    ):
        (tmp_path / folder).mkdir(parents=True)
    for name in (*ROOTS_OWN, *STAND_INS):
        script = tmp_path / "bin" / name
        script.write_text(f'#!/bin/sh\necho "{name} $*" >> "{tmp_path}/called"\n{STAND_INS.get(name, "")}\n')
        script.chmod(0o755)
    return tmp_path


def follow(scratch: Path, scripts: list[str], **environ: str) -> str:
    """Run blocks in one shell, as an operator does, with the places of the scratch tree."""
    script = "\n".join(["set -e", *scripts])
    for place in PLACES:
        script = re.sub(rf"(?<![\w.]){place}", f"{scratch}{place}", script)
    done = subprocess.run(
        ["bash", "-c", script],
        env={"PATH": f"{scratch}/bin:/usr/bin:/bin", "HOME": str(scratch), "EDITOR": "fill", "LANG": "C.UTF-8"}
        | environ,
        cwd=scratch,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_block_is_a_script():
    assert (len(BLOCKS), len(ON_A_SERVER)) == (8, 2)
    for block in BLOCKS + ON_A_SERVER:
        done = subprocess.run(["bash", "-n"], input=block, capture_output=True, text=True, check=False)
        assert done.stderr == ""


@pytest.mark.slow
def test_who_follows_it_has_a_service_with_a_menu(scratch, town):
    said = follow(scratch, BLOCKS, SHIAN__WECHAT__API_BASE=town.service.settings.wechat.api_base)
    assert re.search(r"^[A-Za-z0-9]{16}$", said, re.M), "the one-time password of the administrator"
    assert town.asked("menu/create") == 1
    key, data = scratch / "etc/shianshao/key/shian.key", scratch / "var/lib/shianshao"
    for path in (key, data / "shian.db", data / "evidence", data):
        assert path.stat().st_mode & 0o077 == 0, path
    assert (scratch / "etc/systemd/system/shian.service").read_text() == (ROOT / "deploy/shian.service").read_text()
    called = (scratch / "called").read_text()
    assert called.index("systemctl enable --now shian") < called.index("nginx -t") < called.index("curl -fsS https://")


@pytest.mark.postgresql
@pytest.mark.slow
def test_who_goes_on_has_the_same_office_on_a_server(scratch):
    follow(scratch, BLOCKS[:4])
    server = {"PATH": f"{scratch}/bin:{binaries()}:/usr/bin:/bin", "PGHOST": os.environ[CLUSTER], "EDITOR": "switch"}
    said = follow(scratch, [SHIAN, *ON_A_SERVER, "shian staff list"], **server)
    assert "两边逐表核对一致" in said
    assert "王受理" in said.split("两边逐表核对一致")[1]
    with psycopg.connect(url_of("shian")) as connection:
        assert connection.execute("select count(*) from staff").fetchone() == (2,)
    called = (scratch / "called").read_text()
    assert called.rindex("systemctl stop shian") < called.rindex("switch") < called.rindex("systemctl start shian")


def test_what_is_shipped_for_it_fits_together(tmp_path):
    """The unit, the proxy and the configuration name the same places and port."""
    unit, proxy = ((ROOT / "deploy" / name).read_text() for name in ("shian.service", "nginx.conf"))
    found = load(
        ROOT / "deploy/config.toml", {f"SHIAN__{section}__{key.upper()}": value for section, key, value in _filled()}
    )
    assert found.server.trusted_proxies == 1
    writable = re.search(r"ReadWritePaths=(.*)", unit)[1].split()
    for path in (found.database_file, found.evidence_dir, found.key_file):
        assert any(path.is_relative_to(place) for place in writable), path
    assert "--port 8000" in unit
    assert "proxy_pass http://127.0.0.1:8000;" in proxy
    assert all(place in CHAPTER for place in writable)


def test_the_proxy_logs_no_query_and_passes_no_half_body():
    proxy = (ROOT / "deploy/nginx.conf").read_text()
    logged = re.search(r"log_format shian (.*?);", proxy, re.S)[1]
    assert not {"$request ", "$request_uri", "$args", "$query_string", "$http_referer"} & set(
        re.findall(r"\$\w+ ?", logged)
    )
    assert '"$request"' not in logged
    assert re.findall(r"access_log (.*);", proxy) == ["off", "/var/log/nginx/shian.log shian"]
    assert "proxy_request_buffering on;" in proxy
    assert proxy.count("{") == proxy.count("}")


def _filled():
    return [
        ("SITE" if key in ("name", "region", "base_url") else "WECHAT", key, value) for key, value in FILLED.items()
    ]


def test_clean_leaves_data_alone():
    done = subprocess.run(["make", "-n", "clean"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not re.search(r"\bvar\b", done.stdout)


def test_without_venv_make_says_what_to_install(tmp_path):
    """Debian's python3 alone."""
    python = tmp_path / "python3"
    python.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\n')
    python.chmod(0o755)
    done = subprocess.run(
        ["make", f"PYTHON={python}", f"VENV={tmp_path}/venv", "install"],
        cwd=ROOT,
        env=os.environ | {"MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "apt-get install python3-venv" in done.stdout
