"""How long it takes to find what a citizen typed among many registered businesses, and how often it is found.

`python -m benchmarks.matching [--businesses N]` invents a register, in which far more names resemble each
other than in a real one, and types its names shortened and with slips.
"""

import argparse
import random
import tempfile
import time

from content.registers.names import TRADES
from handlers.registers import businesses
from storage.engine.database import Database, Tx, open_database
from storage.engine.sealing import Vault

REGION = "新密市"
SIGNS = "新鲜好又多美味香福兴隆盛源丰瑞祥泰和顺达康乐家园阳光金银海大众惠民利益百信诚天地人缘一品佳合万千"
FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
TOWNSHIPS = ("", "", "", "超化镇", "米村镇", "来集镇", "曲梁镇", "岳村镇", "大隗镇", "苟堂镇", "平陌镇", "牛店镇")
ENDS = ("店", "店", "馆", "部", "商行", "超市", "有限公司", "店（个体工商户）")


def invented(chance: random.Random) -> str:
    family = chance.choice("老小阿") + chance.choice(FAMILIES)
    sign = family if chance.random() < 0.3 else "".join(chance.sample(SIGNS, chance.choice((2, 3, 3, 4))))
    return REGION + chance.choice(TOWNSHIPS) + sign + chance.choice(TRADES) + chance.choice(ENDS)


def typed(name: str, chance: random.Random) -> str:
    """Without place and legal form, and mostly with one wrong, missing or extra character at the beginning."""
    said = name.removeprefix(REGION).removesuffix("（个体工商户）").removesuffix("有限公司")
    place, slip = chance.randrange(min(4, len(said))), chance.choice(("", "wrong", "missing", "extra"))
    other = chance.choice(SIGNS) if slip in ("wrong", "extra") else ""
    return said[:place] + other + said[place + (slip in ("wrong", "missing")) :] if slip else said


def fill(db: Database, names: list[str]) -> None:
    for start in range(0, len(names), 500):

        def put(tx: Tx, start: int = start) -> None:
            for number, name in enumerate(names[start : start + 500], start):
                businesses.put(tx, {"name": name, "code": f"{number:018d}"}, REGION)

        db.write(put)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--businesses", type=int, default=50_000)
    chance, count = random.Random(1), parser.parse_args().businesses
    names = [invented(chance) for _ in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(f"sqlite:///{folder}/shian.db", Vault(bytes(range(32))))
        db.migrate()
        began = time.process_time()
        fill(db, names)
        print(f"{count} businesses stored in {time.process_time() - began:.1f} s of CPU")
        times, found = [], 0
        with db.read() as tx:
            for _ in range(2000):
                name = chance.choice(names)
                said = typed(name, chance)
                began = time.process_time()
                near = businesses.matches(tx, said, REGION)
                times.append((time.process_time() - began) * 1000)
                found += any(one.name == name for one in near)
        db.close()
    times.sort()
    median, late, last = times[1000], times[1980], times[-1]
    print(f"matches(): median {median:.2f} ms, 99% within {late:.2f} ms, longest {last:.2f} ms of CPU")
    print(f"the business meant was among the five offered in {found / 20:.1f}% of 2000")


if __name__ == "__main__":
    main()
