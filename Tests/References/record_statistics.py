"""Records what SciPy and scikit-learn say about the quantities that SondeStatistics computes.

Run with Python, NumPy, SciPy and scikit-learn; writes Tests/Fixtures/statistics/reference.json. Random numbers
come from a second implementation of the same generator, written here from its publication, so that resampling can be
compared number by number.
"""

import itertools
import json
import math
import pathlib

import numpy as np
from scipy import stats
from sklearn.metrics import accuracy_score, f1_score

OUTPUT = pathlib.Path(__file__).resolve().parents[1] / "Fixtures" / "statistics" / "reference.json"
MASK = (1 << 64) - 1


class RandomStream:
    """xoshiro256** behind FNV-1a and SplitMix64, in Python's unbounded integers."""

    def __init__(self, seed: int, name: str):
        state = 0xCBF29CE484222325
        for byte in seed.to_bytes(8, "little") + name.encode():
            state = ((state ^ byte) * 0x100000001B3) & MASK
        self.words = []
        for _ in range(4):
            state = (state + 0x9E3779B97F4A7C15) & MASK
            z = state
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.words.append(z ^ (z >> 31))

    @staticmethod
    def rotate(x: int, bits: int) -> int:
        return ((x << bits) | (x >> (64 - bits))) & MASK

    def next(self) -> int:
        a, b, c, d = self.words
        result = (self.rotate((b * 5) & MASK, 7) * 9) & MASK
        t = (b << 17) & MASK
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        self.words = [a, b, c ^ t, self.rotate(d, 45)]
        return result

    def uniform(self) -> float:
        return (self.next() >> 11) / 2**53

    def below(self, bound: int) -> int:
        threshold = (2**64 - bound) % bound
        while True:
            product = self.next() * bound
            if (product & MASK) >= threshold:
                return product >> 64

    def normal(self) -> float:
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        return radius * math.cos(2 * math.pi * self.uniform())

    def shuffle(self, items: list) -> None:
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]


def streams():
    for seed, name in ((0, ""), (33, "order"), (33, "init"), (2**64 - 1, "probe/é")):
        bits, mixed = RandomStream(seed, name), RandomStream(seed, name)
        order = list(range(20))
        record = {"seed": str(seed), "name": name, "next": [str(bits.next()) for _ in range(8)]}
        record["uniform"] = [mixed.uniform() for _ in range(4)]
        record["below7"] = [mixed.below(7) for _ in range(16)]
        record["normal"] = [mixed.normal() for _ in range(4)]
        mixed.shuffle(order)
        yield record | {"shuffled20": order}


def distributions():
    points = [-38.0, -12.5, -6.0, -2.0, -1.0, -0.3, 0.0, 1e-9, 0.7, 1.96, 5.0, 9.0]
    probabilities = [1e-12, 1e-5, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9995]
    yield {"degreesOfFreedom": None, "cumulative": [[x, stats.norm.cdf(x)] for x in points],
           "quantile": [[p, stats.norm.ppf(p)] for p in probabilities]}
    for df in (1, 2, 4, 9.5, 30, 1000):
        # With one degree of freedom it is Cauchy's law; SciPy's t loses its digits there near 0.
        law = stats.cauchy() if df == 1 else stats.t(df)
        yield {"degreesOfFreedom": df, "cumulative": [[x, law.cdf(x)] for x in points],
               "quantile": [[p, law.ppf(p)] for p in probabilities]}


def wilson():
    for successes, trials in ((0, 1), (1, 1), (0, 20), (20, 20), (45, 148), (46, 78), (7, 10), (2711, 3000)):
        for level in (0.8, 0.95, 0.99):
            interval = stats.binomtest(successes, trials).proportion_ci(level, method="wilson")
            yield {"successes": successes, "trials": trials, "level": level, "interval": [interval.low, interval.high]}


def samples():
    for values in ([0.61, 0.58], [0.592, 0.5, 0.667, 0.61, 0.54], [2.0, 2.0, 2.0], [1e6, 1e6 + 1, 1e6 + 2, 1e6 - 5]):
        half = stats.t.ppf(0.975, len(values) - 1) * stats.sem(values)
        mean = float(np.mean(values))
        yield {"values": values, "mean": mean, "standardDeviation": float(np.std(values, ddof=1)),
               "interval": [mean - half, mean + half]}


def bootstraps():
    stream = RandomStream(7, "bootstrap")
    references = [stream.below(2) for _ in range(40)]
    predictions = [reference if stream.uniform() < 0.8 else 1 - reference for reference in references]
    pairs = np.array([references, predictions]).T
    stream = RandomStream(1, "replicates")
    values = []
    for _ in range(500):
        chosen = pairs[[stream.below(40) for _ in range(40)]]
        values.append(accuracy_score(chosen[:, 0], chosen[:, 1]))
    one_way = np.quantile(values, [0.05, 0.95]).tolist()
    stream = RandomStream(8, "scores")
    scores = np.array([[float(stream.uniform() < 0.7) for _ in range(12)] for _ in range(3)])
    stream = RandomStream(2, "replicates")
    means = []
    for _ in range(400):
        seeds = [stream.below(3) for _ in range(3)]
        examples = [stream.below(12) for _ in range(12)]
        means.append(scores[np.ix_(seeds, examples)].mean())
    return {"references": references, "predictions": predictions, "oneWay": one_way,
            "scores": scores.tolist(), "twoWay": np.quantile(means, [0.025, 0.975]).tolist()}


def mcnemar():
    for first, second in ((0, 0), (1, 0), (0, 5), (3, 3), (4, 12), (30, 11), (250, 180)):
        p = stats.binomtest(min(first, second), first + second).pvalue if first + second else 1.0
        yield {"onlyFirst": first, "onlySecond": second, "p": p}


def paired_permutations():
    for differences in ([], [0.0, 0.0], [0.3], [1, 1, -1, 0, 1, 1], [0.12, -0.05, 0.3, 0.21, 0.02, -0.4, 0.11, 0.09]):
        if not differences:
            yield {"differences": [], "p": 1.0}
            continue
        signs = itertools.product((1, -1), repeat=len(differences))
        totals = [abs(float(np.dot(s, differences))) for s in signs]
        extreme = sum(total >= abs(sum(differences)) - 1e-12 for total in totals)
        yield {"differences": differences, "p": extreme / len(totals)}


def swaps():
    generator = np.random.default_rng(3)
    for count in (4, 7, 9):
        references, first, second = generator.integers(2, size=(3, count))

        def difference(one, other):
            return f1_score(references, one, zero_division=0) - f1_score(references, other, zero_division=0)

        test = stats.permutation_test(
            (first, second), difference, permutation_type="samples", n_resamples=math.inf, vectorized=False)
        observed = difference(first, second)
        # SciPy doubles the smaller tail; here the two-sided p counts what is as far from 0.
        p = float(np.mean(np.abs(test.null_distribution) >= abs(observed) - 1e-12))
        yield {"references": references.tolist(), "first": first.tolist(), "second": second.tolist(),
               "observed": float(test.statistic), "p": p}


def spearman():
    for first, second in (
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 7]), ([1, 1, 2, 2, 3, 9], [0.5, 0.4, 0.4, 8, 8, 8]), ([1, 2], [2, 1]),
        ([0.1, -4, 2.5, 2.5, 7, 0, 0.1], [3, 3, 1, -2, 0, 5, 4]),
    ):
        yield {"first": first, "second": second, "ranks": stats.rankdata(first).tolist(),
               "coefficient": float(stats.spearmanr(first, second).statistic)}


def false_discoveries():
    for p in ([0.04], [0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.001, 1.0, 0.02, 0.02], [0.9, 0.8]):
        yield {"p": p, "q": stats.false_discovery_control(p).tolist()}


def detectable_differences():
    z = stats.norm.ppf(0.975) + stats.norm.ppf(0.8)
    for n in (56, 100, 104, 277, 3000):
        yield {"examples": n, "independent": z * math.sqrt(0.5 / n), "paired": z * math.sqrt(0.2 / n)}


def quantiles():
    for values in ([3.0], [4.0, 1.0], [0.3, 9.0, -2.0, 5.5, 5.5, 1.0]):
        levels = [0.0, 0.1, 0.25, 0.5, 0.9, 1.0]
        yield {"values": values, "levels": levels, "quantiles": np.quantile(values, levels).tolist()}


def main():
    record = {
        "streams": list(streams()), "distributions": list(distributions()), "wilson": list(wilson()),
        "samples": list(samples()), "bootstraps": bootstraps(), "mcnemar": list(mcnemar()),
        "pairedPermutations": list(paired_permutations()), "swaps": list(swaps()), "spearman": list(spearman()),
        "falseDiscoveries": list(false_discoveries()), "detectableDifferences": list(detectable_differences()),
        "quantiles": list(quantiles()),
    }
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
