"""Records what scikit-learn says about predicted labels, and Python about texts, for the bundled metrics.

Run with Python, NumPy and scikit-learn; writes Tests/Fixtures/metrics/reference.json.
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn.metrics import accuracy_score, f1_score, matthews_corrcoef

OUTPUT = pathlib.Path(__file__).resolve().parents[1] / "Fixtures" / "metrics" / "reference.json"
SAID = ["yes", " Yes ", "yes.", "the  dog", "the\ndog\n", "", "  ", "STRASSE", "Ça", "no"]
EXPECTED = [" yes", "yes", " yes", "the dog", "The dog", " ", "no", "straße", "ça", "yes"]


def label_cases():
    """The number of labels with predicted and right ones."""
    yield 2, [0, 1, 1, 0, 1, 0], [0, 1, 0, 0, 1, 1]
    yield 2, [1, 1, 1, 1], [1, 0, 1, 0]
    yield 2, [0, 0, 0], [0, 0, 0]
    yield 2, [0, 0], [1, 1]
    yield 3, [0, 0, 1, 0], [0, 1, 1, 0]
    yield 3, [2, 2, 2], [0, 1, 0]
    yield 4, [0, 3, 3, 1], [0, 1, 3, 0]
    generator = np.random.default_rng(5)
    for labels, items in ((2, 40), (3, 57), (5, 60)):
        expected = generator.integers(labels, size=items)
        predicted = np.where(generator.random(items) < 0.6, expected, generator.integers(labels, size=items))
        yield labels, predicted.tolist(), expected.tolist()


def label_answers(count, predicted, expected):
    return {
        "labelCount": count, "predicted": predicted, "expected": expected,
        "accuracy": accuracy_score(expected, predicted),
        # Of each label against all others; of two labels the second is what average="binary" says.
        "f1": [f1_score(expected, predicted, labels=[label], average="macro") for label in range(count)],
        "macroF1": f1_score(expected, predicted, average="macro"),
        "matthews": float(matthews_corrcoef(expected, predicted)),
    }


def normalised(text):
    return " ".join(text.split()).lower()


def main():
    warnings.filterwarnings("ignore")
    labels = [label_answers(*case) for case in label_cases()]
    texts = [{"said": said, "expected": expected, "isRight": normalised(said) == normalised(expected)}
             for said, expected in zip(SAID, EXPECTED)]
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    lines = {"labels": labels, "texts": texts}
    text = ",\n".join(
        f' "{name}": [\n  ' + ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n ]"
        for name, items in lines.items())
    OUTPUT.write_text("{\n" + text + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
