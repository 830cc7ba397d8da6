"""Runs the differential tester with more ways to tell a defect from what is known.

python3 compare.py BENCH_FOLDER OPTION...    the options are those of BENCH_FOLDER/compare.py

noise       Both servers are right but for the last digit of something, and what is done with it makes that visible: tan of a
            large number, a remainder, a comparison, a deviation of nearly equal values. The reference shows it by itself.
zero-point  The tester knows the two rules by which rate goes back to a counter's zero point; here over a subquery, too.
subquery    What is known to differ may lie inside a subquery, at moments that the question itself does not ask for.
"""

import math
import random
import re
import socket
import sys

sys.path.insert(0, sys.argv.pop(1))
import compare  # noqa: E402
import promgen  # noqa: E402
import servers  # noqa: E402

TINY = "1e-12"


def noise(asker, tree, query, window, words):
    """Does the reference's own answer move as far when a part of the question moves by a millionth of a millionth?"""
    if not isinstance(tree, promgen.Node):
        return False
    node = next((n for n in tree.walk() if str(n) == query), None)
    if node is None:
        return False
    reference = asker.ask(asker.pair[0], query, window)
    ours = asker.ask(asker.pair[1], query, window)
    return any(as_far(reference, ours, asker.ask(asker.pair[0], moved, window)) for moved in nudged(node, query))


def nudged(node, query):
    """The query with each part in turn a little larger, smaller, or unevenly so."""
    for part in list(node.walk())[1:]:
        if part.kind in ("vector", "scalar"):
            nudges = [f"(1 + {TINY})", f"(1 - {TINY})"]
            if part.kind == "vector":
                nudges += [f"(1 + {TINY} * {wave}({part} * 1e6 + time()))" for wave in ("sin", "cos")]
            for nudge in nudges:
                yield str(node.replaced(part, promgen.Node(part.kind, f"({part} * {nudge})")))
    found = re.search(r"quantile(?:_over_time)?[^()]*\(([0-9.]+), ", query)
    for factor in (1 + 1e-9, 1 - 1e-9) if found else ():
        yield query[:found.start(1)] + repr(float(found[1]) * factor) + query[found.end(1):]


def as_far(reference, ours, moved):
    tables = [compare.table(answer["data"]["result"])
              for answer in (reference, ours, moved)
              if answer.get("status") == "success" and answer["data"]["resultType"] in ("vector", "matrix")]
    if len(tables) < 3:
        return False
    was, is_ours, is_moved = tables
    for key in was.keys() | is_ours.keys():
        for t in was.get(key, {}).keys() | is_ours.get(key, {}).keys():
            a, b, c = (table.get(key, {}).get(t) for table in (was, is_ours, is_moved))
            if a is None or b is None:  # a point is there or not: it has to flip for the reference, too
                if (a is None) == (c is None):
                    return False
            elif c is None or far(a, b) > 10 * far(a, c) and not compare.near(a, b, 1e-9):
                return False
    return True


def far(a, b):
    try:
        distance = abs(float(a) - float(b))
    except ValueError:
        return math.inf
    return math.inf if math.isnan(distance) else distance


def zero_point(asker, tree, query, window, words):
    """As the tester's own check, over a subquery."""
    found = re.fullmatch(r"(rate|increase)\((.*\[([0-9a-z]+):[0-9a-z]*\]([^\[\]()]*(?:(?:start|end)\(\))?[^\[\]()]*))\)", query, re.S)
    at = re.search(r" at ([0-9.]+): ([^ ]+) / ([^ ]+)$", words)
    if not found or not at:
        return ZERO_POINT(asker, tree, query, window, words)
    first, last = window[:2] if isinstance(window, tuple) else (window, window)
    pin = re.search(r"@ ([0-9.]+|start|end)", found[4])
    offset = re.search(r"offset (-?)(\w+)", found[4])
    end = float(at[1]) if not pin else {"start": first, "end": last}.get(pin[1]) or float(pin[1])
    if offset:
        end -= (-1 if offset[1] else 1) * compare.seconds(offset[2])
    raw = asker.ask(asker.pair[0], found[2], last if pin and pin[1] == "end" else first if pin else float(at[1]))
    if raw.get("status") != "success" or raw["data"]["resultType"] != "matrix":
        return False
    length = compare.seconds(found[3])
    for series in raw["data"]["result"]:
        samples = [(float(t), float(v)) for t, v in series.get("values", [])]
        if len(samples) < 2:
            continue
        both = [compare.extrapolate(samples, end - length, end, young) / (length if found[1] == "rate" else 1)
                for young in (False, True)]
        if compare.near(repr(both[0]), at[2], 1e-6) and compare.near(repr(both[1]), at[3], 1e-6):
            return True
    return False


def explain(asker, expected, tree, window, category, words):
    why = EXPLAIN(asker, expected, tree, window, category, words)
    if why or not isinstance(tree, promgen.Node):
        return why
    for node in tree.walk():
        found = re.search(r"\[([0-9a-z]+):([0-9a-z]*)\]", str(node)) if node.kind == "range" else None
        if not found:
            continue
        first, last, _ = window if isinstance(window, tuple) else (window, window, 0)
        step = max(1, compare.seconds(found[2] or "1m"))
        inner = ((first - compare.seconds(found[1]) - 3600) // step * step, (last + 3600) // step * step, step)
        for part in node.parts:
            if isinstance(part, promgen.Node) and part.kind == "vector":
                differs = asker.difference(str(part), inner)
                why = differs and explain(asker, expected, part, inner, *differs)
                if why:
                    return why
    return None


def free_port():
    """Below the range of clients' ports: else the tester, while it waits for a server, may connect to itself there."""
    while True:
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", random.randrange(20_000, 30_000)))
                return s.getsockname()[1]
            except OSError:
                pass


ZERO_POINT, EXPLAIN = compare.CHECKS["zero-point"], compare.explain
compare.CHECKS.update({"noise": noise, "zero-point": zero_point})
compare.explain = explain
servers.free_port = free_port
if __name__ == "__main__":
    compare.main()
