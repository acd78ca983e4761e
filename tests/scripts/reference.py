"""Writes small negotiation domains and scoreable games into tests/data, with what an analysis of them must find.

    python3 tests/scripts/reference.py

Everything is worked out here from the definitions, by looking at every package, in exact fractions. The folders have the layout of the
larger reference data that tests also read where BARAZA_REFERENCE names them.
"""

import itertools
import json
import math
import pathlib
from fractions import Fraction as F

DATA = pathlib.Path(__file__).parent.parent / "data"


def write(path, text):
    path = DATA / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def frontier(points):
    """The places of the points that no other one beats."""
    beats = lambda a, b: a != b and all(x >= y for x, y in zip(a, b))
    return [k for k, u in enumerate(points) if not any(beats(v, u) for v in points)]


def best(points, among, value):
    """The largest value, and the distinct points that have it; nothing where there is no point."""
    if not among:
        return None
    most = max(value(points[k]) for k in among)
    utils = list(dict.fromkeys(points[k] for k in among if value(points[k]) == most))
    return {"value": float(most), "n_points": len(utils), "utils": [[float(x) for x in u] for u in utils]}


def figures(points, reservation):
    everything = range(len(points))
    zone = [k for k in everything if all(u >= r for u, r in zip(points[k], reservation))]
    efficient = frontier(points)
    both = [k for k in efficient if k in zone]
    most = [max(column) for column in zip(*points)]
    gains = lambda u: [x - r for x, r in zip(u, reservation)]
    relative = lambda u: [g / (m - r) for g, m, r in zip(gains(u), most, reservation)]
    spread = lambda u: sum(abs(a - b) for a, b in itertools.combinations(u, 2))
    far = lambda among: min((sum((1 - x) ** 2 for x in points[k]) for k in among), default=None)
    distance = lambda among: None if far(among) is None else float(far(among)) ** 0.5
    distinct = lambda among: len({points[k] for k in among})
    return {
        "n_outcomes": len(points), "n_rational_outcomes": len(zone),
        "min_u": [float(min(column)) for column in zip(*points)], "max_u": [float(m) for m in most],
        "pareto_outcomes": len(efficient), "pareto_distinct_points": distinct(efficient),
        "pareto_rational": len(both), "pareto_rational_distinct_points": distinct(both),
        "nash_r": best(points, zone, lambda u: math.prod(gains(u))),
        "nash_0": best(points, everything, math.prod),
        "nash_genius104": best(points, efficient, lambda u: math.prod(gains(u))),
        "egalitarian_r": best(points, zone, lambda u: min(gains(u))),
        "ks_r": best(points, both, lambda u: min(relative(u)) - max(relative(u))),
        "kalai_genius104": best(points, efficient, lambda u: -spread(u)),
        "max_welfare": best(points, everything, sum), "max_welfare_r": best(points, zone, sum),
        "max_relative_welfare": best(points, everything, lambda u: sum(relative(u))),
        "opposition": distance(everything), "opposition_rational": distance(zone),
    }


def domain(kind, issues, profiles, points, reservation, discount):
    return {
        "format": kind, "n_issues": len(issues), "cards": [len(values) for _, values in issues],
        "profiles": [name for name, *_ in profiles], "n_parties": len(profiles),
        "reservation": [float(r) for r in reservation], "discount": [float(d) for d in discount],
        "weight_sums": [1.0] * len(profiles), "genius_10_4": figures(points, reservation),
    }


def packages(issues):
    return list(itertools.product(*(range(len(values)) for _, values in issues)))


def genius(folder, issues, profiles):
    """A domain and its profiles as XML. A profile: name, reservation, discount, weights, evaluations by issue."""
    head = "".join(
        f'    <issue index="{k}" name="{name}" type="discrete" etype="discrete">\n'
        + "".join(f'      <item index="{v}" value="{value}"/>\n' for v, value in enumerate(values, 1)) + "    </issue>\n"
        for k, (name, values) in enumerate(issues, 1))
    objective = '  <objective index="0" type="objective" etype="objective" name="all">\n'
    write(f"genius/{folder}/{folder}.xml",
          f'<negotiation_template>\n<utility_space number_of_issues="{len(issues)}">\n{objective}{head}  </objective>\n'
          "</utility_space>\n</negotiation_template>\n")
    for name, reservation, discount, weights, evaluations in profiles:
        body = "".join(f'    <weight index="{k}" value="{float(w)}"/>\n' for k, w in enumerate(weights, 1)) + "".join(
            f'    <issue index="{k}" name="{issue}" type="discrete" etype="discrete">\n' + "".join(
                f'      <item index="{v}" value="{value}" evaluation="{e}"/>\n' for v, (value, e) in enumerate(zip(values, row), 1))
            + "    </issue>\n" for k, ((issue, values), row) in enumerate(zip(issues, evaluations), 1))
        write(f"genius/{folder}/{name}.xml",
              f'<utility_space number_of_issues="{len(issues)}">\n{objective}{body}  </objective>\n'
              f'  <reservation value="{float(reservation)}"/>\n  <discount_factor value="{float(discount)}"/>\n</utility_space>\n')
    # GENIUS divides evaluations by the largest of the issue.
    worth = lambda p, package: sum(w * F(row[v], max(row)) for w, row, v in zip(p[3], p[4], package))
    points = [tuple(worth(p, package) for p in profiles) for package in packages(issues)]
    return domain("genius_xml", issues, profiles, points, [p[1] for p in profiles], [p[2] for p in profiles])


def geniusweb(folder, issues, profiles):
    """A domain and its profiles as JSON. A profile: name, reservation bid, weights, utilities by issue."""
    values = {name: {"values": values} for name, values in issues}
    described = {"name": folder, "issuesValues": values}
    write(f"geniusweb/{folder}/{folder}.json", json.dumps(described, indent=1) + "\n")
    for name, bid, weights, utilities in profiles:
        space = {
            "name": name, "domain": described,
            "issueUtilities": {issue: {"discreteutils": {"valueUtilities": dict(zip(values, map(float, row)))}}
                               for (issue, values), row in zip(issues, utilities)},
            "issueWeights": {issue: float(w) for (issue, _), w in zip(issues, weights)},
            "reservationBid": {"issuevalues": {issue: values[v] for (issue, values), v in zip(issues, bid)}},
        }
        write(f"geniusweb/{folder}/{name}.json", json.dumps({"LinearAdditiveUtilitySpace": space}, indent=1) + "\n")
    worth = lambda p, package: sum(w * row[v] for w, row, v in zip(p[2], p[3], package))
    points = [tuple(worth(p, package) for p in profiles) for package in packages(issues)]
    return domain("geniusweb_json", issues, profiles, points, [worth(p, p[1]) for p in profiles], [1] * len(profiles))


def game(name, parties, initial):
    """A scoreable game. A party: name, file, part, scores by issue, the least that it accepts."""
    write(f"scoreable/{name}/config.txt", "".join(f"{p[0]},{p[1]},{p[2]}\n" for p in parties))
    letters = "ABCDEFGH"
    deal = lambda package: ",".join(f"{letters[k]}{v + 1}" for k, v in enumerate(package))
    write(f"scoreable/{name}/initial_deal.txt", deal(initial) + "\n")
    for _, file, _, scores, least in parties:
        write(f"scoreable/{name}/scores_files/{file}.txt",
              "".join(", ".join(map(str, row)) + "\n" for row in scores) + f"{least}\n")
    names, least = [p[0] for p in parties], [p[4] for p in parties]
    all_packages = list(itertools.product(*(range(len(row)) for row in parties[0][3])))
    points = [tuple(sum(row[v] for row, v in zip(p[3], package)) for p in parties) for package in all_packages]
    accepts = lambda u, strict=False: [x > m if strict else x >= m for x, m in zip(u, least)]
    veto = [k for k, p in enumerate(parties) if p[2] in ("p1", "p2")]
    passes = lambda yes: sum(yes) >= len(yes) - 1 and all(yes[k] for k in veto)
    passing = [k for k, u in enumerate(points) if passes(accepts(u))]
    zone = [k for k, u in enumerate(points) if all(accepts(u))]
    efficient = frontier(points)
    ideal = [max(points[k][p] for k in zone) for p in range(len(parties))]
    gains = lambda u: [x - m for x, m in zip(u, least)]
    product = lambda u: math.prod(gains(u))
    smallest = lambda u: min(gains(u))
    relative = lambda u: min(F(g, i - m) for g, i, m in zip(gains(u), ideal, least))
    chosen = lambda among, value: max(among, key=lambda k: value(points[k]))
    told = lambda k: {"deal": deal(all_packages[k])}
    start = points[all_packages.index(initial)]
    by_name = lambda row: dict(zip(names, row))
    return {
        "game": name, "n_deals": len(points), "n_all_accept": len(zone), "n_pass_rule": len(passing),
        "n_pass_rule_strict": sum(passes(accepts(u, True)) for u in points),
        "n_all_accept_strict": sum(all(accepts(u, True)) for u in points),
        "n_pareto_efficient": len(efficient), "n_pareto_and_pass": len(set(efficient) & set(passing)),
        "histogram_accepting_parties": [sum(sum(accepts(u)) == n for u in points) for n in range(len(parties) + 1)],
        "accept_count_per_party": by_name([sum(accepts(u)[p] for u in points) for p in range(len(parties))]),
        "accept_count_within_pass": by_name([sum(accepts(points[k])[p] for k in passing) for p in range(len(parties))]),
        "ideal_point_all": by_name(ideal),
        "nash_all": told(chosen(zone, product)), "nash_product": float(max(product(points[k]) for k in zone)),
        "egalitarian": told(chosen(zone, smallest)), "egalitarian_min_surplus": max(smallest(points[k]) for k in zone),
        "ks_all": told(chosen(zone, relative)), "ks_min_normalised_gain": float(max(relative(points[k]) for k in zone)),
        "best_welfare_all": told(chosen(zone, sum)), "best_welfare_pass": told(chosen(passing, sum)),
        "best_welfare_any": told(chosen(range(len(points)), sum)),
        "initial_deal": {"deal": deal(initial), "scores": by_name(start), "total": sum(start), "accepts": sum(accepts(start))},
    }


tenths = lambda *n: [F(x, 10) for x in n]
percents = lambda *n: [F(x, 100) for x in n]

HARBOUR = [("Fees", ["none", "low", "middle", "full"]), ("Night work", ["never", "in season", "always"]), ("Dredging", ["town", "shared", "port"])]
QUARRY = [("Dust", ["as now", "half", "a tenth"]), ("Lorries", ["by day", "on weekdays"]), ("Fund", ["nothing", "small", "large"])]
TERRACES = [("Water", ["mornings", "by turns", "by need"]), ("Path", ["north", "south"]), ("Upkeep", ["each its own", "together", "by area"])]

write("expected_domains.json", json.dumps({"domains": {
    "harbour": genius("harbour", HARBOUR, [
        ("port", F(45, 100), F(9, 10), tenths(5, 2, 3), [[0, 3, 6, 10], [1, 3, 4], [8, 5, 2]]),
        ("town", F(38, 100), F(1), tenths(3, 4, 3), [[9, 7, 4, 1], [5, 4, 0], [2, 6, 7]]),
    ]),
    # Of three parties whose zone is empty.
    "quarry": genius("quarry", QUARRY, [
        ("firm", F(8, 10), F(1), tenths(5, 3, 2), [[10, 6, 1], [2, 4], [9, 5, 1]]),
        ("north", F(7, 10), F(1), tenths(4, 1, 5), [[1, 5, 8], [5, 3], [1, 6, 7]]),
        ("south", F(7, 10), F(1), tenths(2, 6, 2), [[2, 3, 5], [7, 4], [1, 2, 9]]),
    ]),
    "terraces": geniusweb("terraces", TERRACES, [
        ("lower", (1, 1, 0), percents(50, 20, 30), [percents(10, 55, 100), percents(100, 0), percents(40, 100, 70)]),
        ("middle", (1, 0, 1), percents(30, 30, 40), [percents(100, 65, 20), percents(25, 100), percents(0, 80, 100)]),
        ("upper", (1, 0, 2), percents(45, 15, 40), [percents(100, 60, 5), percents(0, 100), percents(100, 75, 15)]),
    ]),
}}, indent=1) + "\n")
write("expected_scoreable.json", json.dumps([
    game("ferry", [
        ("Line", "line", "p1", [[40, 22, 5], [10, 35], [25, 9, 0, 14]], 52),
        ("Islands", "islands", "p2", [[0, 24, 45], [30, 6], [3, 12, 25, 20]], 48),
        ("Crew", "crew", "player", [[12, 30, 18], [25, 20], [0, 45, 20, 31]], 55),
    ], (0, 1, 0)),
    # Nobody has a veto: all but one must accept.
    game("market", [
        ("Stalls", "stalls", "player", [[35, 20, 0], [40, 15, 5], [0, 12, 25]], 50),
        ("Shops", "shops", "player", [[0, 18, 30], [5, 33, 20], [37, 21, 8]], 52),
        ("Residents", "residents", "player", [[8, 40, 21], [11, 25, 9], [35, 24, 3]], 50),
        ("Drivers", "drivers", "player", [[30, 26, 2], [0, 28, 45], [25, 10, 19]], 46),
        ("Town", "town", "player", [[15, 31, 22], [27, 34, 12], [9, 35, 26]], 60),
    ], (2, 2, 1)),
], indent=1) + "\n")
