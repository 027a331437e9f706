"""What a PostgreSQL server refuses at the door, in an operator's words: each with what its administrator runs.

libpq gives no code for a connection that failed, only the server's text; where that is in another language, or of a
kind not listed, the text itself is shown. No password is ever in it.
"""

import re

_ADMIN = "请在数据库的机器上以 root 运行 runuser -u postgres --"
_REFUSED = (
    (
        "password authentication failed",
        f"用户 {{user}} 不存在或密码不对；请改正 url 里的密码，要新建用户，{_ADMIN} createuser --pwprompt {{user}}",
    ),
    ("no password supplied", "服务器要密码；请写进 url（postgresql://用户:密码@主机/库名），或放在 ~/.pgpass"),
    (
        "(peer|ident) authentication failed",
        "本机免密码连接要求系统用户与数据库用户 {user} 同名；请用服务的用户运行，或在 url 里写主机 127.0.0.1 和密码",
    ),
    ('role ".*" does not exist', f"服务器上没有用户 {{user}}；{_ADMIN} createuser --pwprompt {{user}}"),
    (
        'database ".*" does not exist',
        f"没有这个数据库；{_ADMIN} createdb -O {{user}} -E UTF8 -T template0 {{database}}",
    ),
    (
        "permission denied for database",
        f'用户 {{user}} 不许连接；{_ADMIN} psql -c \'alter database "{{database}}" owner to "{{user}}"\'',
    ),
    ("no pg_hba.conf entry", "服务器不接受这台机器；请管理员在 pg_hba.conf 里加上它，再 systemctl reload postgresql"),
    ("(could not translate|failed to resolve) host", "查不到主机 {host}；请核对 url 里的主机名"),
    (
        "connection refused|no such file or directory|timeout expired|no route to host|network is unreachable",
        "服务器 {host} 没有运行或连不上；请运行 systemctl start postgresql，核对 url 里的主机和端口，查防火墙",
    ),
    ("too many clients|connection slots", "服务器的连接满了；请管理员调大 max_connections"),
)
"""A pattern of the server's text -> what to do."""
OLDEST = 15
"""The first version whose schemas belong to a database's owner, as our remedies take for granted."""
SHAPE = "请写成 postgresql://用户:密码@主机/库名，密码里的 @ : / ? # % 写成 %40 %3A %2F %3F %23 %25"


def refused(text: str, known: dict[str, str]) -> str:
    """One line about a connection that failed; `known` has host, user and database."""
    for pattern, remedy in _REFUSED:
        if re.search(pattern, text, re.IGNORECASE):
            return f"数据库 {known['database']} 连不上：{remedy.format_map(known)}"
    return f"数据库 {known['database']} 连不上：{' '.join(text.split())}；请检查服务器和 [storage] url"


def unfit(version: int, encoding: str, known: dict[str, str]) -> str:
    """Why this server (``150004`` is 15.4) or its database cannot serve; '' when it can."""
    if version < OLDEST * 10000:
        return f"服务器 {known['host']} 是 PostgreSQL {version // 10000}，太旧；请升级到 {OLDEST} 或以上"
    if encoding != "UTF8":
        return (
            f"数据库 {known['database']} 的编码是 {encoding}，存不了中文；{_ADMIN} dropdb {known['database']}，再运行 "
            f"runuser -u postgres -- createdb -O {known['user']} -E UTF8 -T template0 {known['database']}"
        )
    return ""


def no_right(text: str, user: str, database: str) -> str:
    """What the owner of a database may do was not allowed."""
    return (
        f"用户 {user} 在数据库 {database} 里没有权限（{text}）；"
        f'{_ADMIN} psql -c \'alter database "{database}" owner to "{user}"\''
    )


def misshapen(url: str) -> bool:
    """Whether the password of a URL would be taken for something else, and be shown as that."""
    before, at, _ = url.partition("://")[2].rpartition("@")
    return bool(at) and any(character in before for character in "@/?#")


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    return re.sub(r"(?<=password=)[^&]*|(?<=:)[^/@][^@]*(?=@)", "***", url)
