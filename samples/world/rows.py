"""The tasks of the world as SuperGLUE rows.

In every task the words that decide the label are split: those of the test rows occur in no training or validation row.
"""

import random

from .lexicon import ATTITUDES, DEEDS, EVENTS, PRONOUN, REASONS
from .truths import attitude, deed, event, scene

SPLITS = ("train", "val", "test")
SIZES = {
    "CB": {"train": 250, "val": 60, "test": 250}, "RTE": {"train": 250, "val": 60, "test": 250},
    "COPA": {"train": 300, "val": 60, "test": 200}, "WSC": {"train": 300, "val": 60, "test": 200},
}


def part(words, split: str):
    """The last quarter of `words` for the test split, the rest for the others."""
    cut = len(words) * 3 // 4
    return words[cut:] if split == "test" else words[:cut]


def parts(table: dict, split: str) -> dict:
    return {label: part(words, split) for label, words in table.items()}


def cb(rng: random.Random, split: str) -> dict:
    label = rng.choices(("entailment", "contradiction", "neutral"), (4, 4, 3))[0]
    shown = attitude(rng, label, parts(ATTITUDES, split))
    return {"premise": shown.premise, "hypothesis": shown.hypothesis + ".", "label": label}


def rte(rng: random.Random, split: str) -> dict:
    label = rng.choice(("entailment", "not_entailment"))
    shown = deed(rng, label, parts(DEEDS, split))
    return {"premise": shown.premise, "hypothesis": shown.hypothesis + ".", "label": label}


def copa(rng: random.Random, split: str) -> dict:
    shown = event(rng, rng.choice(part(EVENTS, split)))
    label = rng.randrange(2)
    choices = (shown.opposite, shown.truth) if label else (shown.truth, shown.opposite)
    question = "effect" if shown.asks_for_effect else "cause"
    return {
        "premise": shown.premise, "choice1": choices[0], "choice2": choices[1], "question": question, "label": label,
    }


def wsc(rng: random.Random, split: str) -> dict:
    shown = scene(rng, reasons=parts(REASONS, split))
    asked = rng.choice((shown.people, shown.goods))
    words = shown.text.split(" ")
    target = {
        "span1_index": words.index(asked.split(" ")[1]) - 1, "span1_text": asked,
        "span2_index": words.index(PRONOUN), "span2_text": PRONOUN,
    }
    return {"text": shown.text, "target": target, "label": asked == shown.meant(True)}


TASKS = {"CB": cb, "RTE": rte, "COPA": copa, "WSC": wsc}


def rows(task: str, split: str) -> list[dict]:
    """All rows of a split, none twice."""
    rng = random.Random(f"{task}/{split}")
    found = {}
    while len(found) < SIZES[task][split]:
        row = TASKS[task](rng, split)
        found.setdefault(str(row), row | {"idx": len(found)})
    return list(found.values())
