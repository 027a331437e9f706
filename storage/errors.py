"""What can go wrong with memory."""

import errno


class StorageError(Exception):
    """Root of every error of this package; its text says what happened, to what, and what to do."""


class Unavailable(StorageError):
    """Nothing could be written or read now (disk full, locked, gone): the caller should try again."""


class Stale(Unavailable):
    """The session knew other tables than there are now, and is closed; the next one is right."""


class Conflict(StorageError):
    """Somebody else changed the row first (compare-and-set lost), or a unique value is taken."""


class BadCursor(StorageError):
    """A page of a list was asked for with a cursor that was not given out for that list."""


_OWNER = "当前用户没有权限，请用 ls -l 看它和所在目录属于谁，用 chown 改给运行服务的用户"
_REMEDIES = {
    errno.EACCES: _OWNER,
    errno.EPERM: _OWNER,
    errno.ENOENT: "不存在，请核对路径",
    errno.ENOTDIR: "路径中有一段是文件、不是目录，请改路径，或移开那个文件",
    errno.EEXIST: "同名的文件已经在那里、不是目录，请改路径，或移开那个文件",
    errno.EISDIR: "这是目录、不是文件，请改路径",
    errno.EROFS: "所在的磁盘是只读的，请重新挂载为可写，或换一个路径",
    errno.ENOSPC: "磁盘已满，请腾出空间",
    errno.EDQUOT: "磁盘配额已用完，请腾出空间",
}


def told(error: OSError) -> str:
    """What the system refused, and the remedy, in one Chinese line."""
    what = f"{error.filename}：" if error.filename else ""
    return f"{what}{_REMEDIES.get(error.errno or 0, f'{error.strerror or error}，请检查磁盘')}"
