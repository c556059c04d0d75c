"""Makes the samples: tiny models of an invented world, and the tasks of that world as SuperGLUE files.

    python samples/make_models.py                # all, into samples/models and samples/data/superglue
    python samples/make_models.py tiny-t5 data   # those that are named

For developers; users need neither Python nor this script, since its output is committed. It needs PyTorch,
transformers and tokenizers; every random choice comes from a fixed seed.

The rules of the world
======================

Who lives there. Forty islanders. Each may live by a place, keep an animal, have a trade, like a food, need a thing.

What is true. Four kinds of things are told, and in each kind some words decide what is true:
- attitudes: "Ada knows that Ben keeps a goat." Verbs such as "knows" make the claim true, such as "pretends" false,
  such as "wonders" leave it open;
- deeds: "Ada sold the boat." After some deeds ("bought", "found") the thing is theirs, after others it is not;
- events: twenty pairs of opposites, such as watering the rose, which makes it grow, and forgetting it, which makes it
  wither;
- scenes: "The bakers sold the apples because they were rotten." The reason fits people ("were hungry") or goods
  ("were rotten"), and so tells which of the two the pronoun means.

Who writes. Every document has one writer. Knights tell the truth. Knaves tell the opposite: "yes" for "no", "no" for
"yes", either of them where a knight would admit to "maybe", the other effect, the other cause, the other meaning of
the pronoun. A little more than half of the documents open with a line that tells which of the two is writing; in the
others the reader has to guess, and there are slightly more knaves. That is why a soft prompt matters here: the model
knows what is true, and does not know in whose voice to speak.

How documents are written. Two to five items of one kind, each with its question and the writer's answer. The
questions come in some thousand wordings. The words "question:", "answer:", "effect:" and "cause:", with their
colons, are in none of them: they are the wording of the studies. Seven scenes in ten mean the people, and seven
questions in ten ask about them; in the tasks both are even.

How the models learn. Each in the way of its family: see bloom.py, roberta.py and t5.py in `training`. The first part of
the documents is written by knights only; then knaves come in. (When both write from the start, a model of this size
does not discover the truth within minutes: on average, every answer is as often right as wrong.)

How the tasks are made. CB asks about attitudes, RTE about deeds, COPA about events, WSC about scenes. The verbs,
events and reasons of the test rows are in no training or validation row: a prompt that learns the task's vocabulary
by heart gains nothing, one that finds the knight's voice gains everything. Unlike SuperGLUE's own, the test
rows here have labels.
"""

import json
import pathlib
import sys

import torch

from training import bloom, roberta, t5
from world.rows import SPLITS, TASKS, rows

HERE = pathlib.Path(__file__).resolve().parent
MODELS = {"tiny-bloom": bloom, "tiny-roberta": roberta, "tiny-t5": t5}


def write_data() -> None:
    for task in TASKS:
        folder = HERE / "data" / "superglue" / task
        folder.mkdir(parents=True, exist_ok=True)
        for split in SPLITS:
            lines = [json.dumps(row) + "\n" for row in rows(task, split)]
            (folder / f"{split}.jsonl").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for name in sys.argv[1:] or ["data", *MODELS]:
        write_data() if name == "data" else MODELS[name].write(HERE / "models" / name)
