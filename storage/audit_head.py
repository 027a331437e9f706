"""The newest link of the audit chain, kept outside the database: whoever puts an older table back is found out.

A file of one line under a keyed digest stands beside the key file, and a copy where the office names a folder.
The worker moves them on every few seconds, each command at its end. Who can write to the database alone can cut
off at most the rows since; who can write to these files as well can put back an older state of all of them.
"""

import logging
from collections.abc import Sequence
from pathlib import Path

from storage import audit
from storage.audit import ChainBroken, Link
from storage.engine import durable
from storage.engine.database import Database
from storage.engine.sealing import Vault
from storage.errors import told

PURPOSE = "audit head file"
log = logging.getLogger("shian.audit")


def read(path: Path, vault: Vault) -> Link:
    """The link in a file. Raises ChainBroken when the file is missing, unreadable or forged."""
    try:
        seq, _, rest = path.read_text(encoding="ascii", errors="replace").strip().partition(" ")
    except FileNotFoundError:
        raise ChainBroken(f"链头文件 {path} 不见了（新设的目录先运行 audit accept）") from None
    except OSError as error:
        raise ChainBroken(f"链头文件读不出：{told(error)}") from None
    hash, _, seal = rest.partition(" ")
    if seal != vault.digest(f"{seq}:{hash}", PURPOSE):
        raise ChainBroken(f"链头文件 {path} 被改动，或不是这个密钥的")
    return Link(int(seq), hash)


def write(path: Path, link: Link, vault: Vault) -> None:
    """Keep a link, on disk before this returns. Raises OSError."""
    seal = vault.digest(f"{link.seq}:{link.hash}", PURPOSE)
    durable.write(path, f"{link.seq} {link.hash} {seal}\n".encode())


def move_on(db: Database, files: Sequence[Path]) -> None:
    """Bring the files up to the newest row; one that the chain does not continue stays as it is, and that is said."""
    for path in files:
        try:
            with db.read() as tx:
                newest, kept = audit.newest_link(tx), read(path, db.vault)
                if not audit.has(tx, kept):
                    raise ChainBroken(f"链头文件 {path} 记到的这一条，数据库里没有", kept.seq)
            if kept != newest:
                write(path, newest, db.vault)
        except ChainBroken as error:
            log.error("%s", error)
        except OSError as error:
            log.error("留痕链头没有写下：%s", told(error))
