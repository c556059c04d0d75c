"""Tunes prompts on the sample tasks with PEFT and prints what the samples' README states.

    python samples/check_tuning.py [TASK ...]

For each task: the share of the test rows' most frequent class, the accuracy without a prompt, and for three
seeds the accuracy with a tuned prompt and the time that tuning took on one core. A prediction is the candidate with the
largest summed log-probability. Needs PyTorch, transformers and peft.
"""

import collections
import json
import pathlib
import sys
import time

import torch
from peft import PromptTuningConfig, PromptTuningInit, TaskType, get_peft_model
from transformers import AutoTokenizer, BloomForCausalLM

HERE = pathlib.Path(__file__).resolve().parent
MODEL, DATA = HERE / "models" / "tiny-bloom", HERE / "data" / "superglue"

INITIAL_TEXT = "Everybody has a question. A plain answer is best."
ROWS, LEARNING_RATE, BATCH, EPOCHS, SEEDS = 8, 0.05, 8, 5, (1, 2, 3)
IGNORED = -100

# The text of a row, its candidates with their leading space, and the label of each candidate.
TASKS = {
    "CB": (
        lambda row: f"{row['premise']} question: {row['hypothesis']} answer:",
        lambda row: [" yes", " no", " maybe"], ["entailment", "contradiction", "neutral"],
    ),
    "RTE": (
        lambda row: f"{row['premise']} question: {row['hypothesis']} answer:",
        lambda row: [" yes", " no"], ["entailment", "not_entailment"],
    ),
    "COPA": (
        lambda row: f"{row['premise']} {row['question']}:",
        lambda row: [" " + row["choice1"], " " + row["choice2"]], [0, 1],
    ),
    "WSC": (
        lambda row: "{text} question: {span2_text} means {span1_text}. answer:".format(**row, **row["target"]),
        lambda row: [" no", " yes"], [False, True],
    ),
}


class Task:
    """The rows of a task as token ids."""

    def __init__(self, name: str, tokenizer):
        self.text, self.candidates, self.labels = TASKS[name]
        self.folder, self.encode = DATA / name, lambda text: tokenizer(text)["input_ids"]
        self.end = tokenizer.eos_token_id

    def rows(self, split: str) -> list[dict]:
        return [json.loads(line) for line in (self.folder / f"{split}.jsonl").open(encoding="utf-8")]

    def pairs(self, row: dict) -> list[tuple[list[int], list[int]]]:
        """Text and candidate, tokenised apart, for every candidate."""
        return [(self.encode(self.text(row)), self.encode(candidate)) for candidate in self.candidates(row)]

    def answer(self, row: dict) -> int:
        return self.labels.index(row["label"])


def batch(pairs) -> dict[str, torch.Tensor]:
    """Padded ids, mask and labels `[pairs × length]`; only targets have labels."""
    length = max(len(text) + len(target) for text, target in pairs)
    ids, mask, labels = [], [], []
    for text, target in pairs:
        gap = length - len(text) - len(target)
        ids.append(text + target + [0] * gap)
        mask.append([1] * (len(text) + len(target)) + [0] * gap)
        labels.append([IGNORED] * len(text) + target + [IGNORED] * gap)
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask), "labels": torch.tensor(labels)}


def accuracy(model, task: Task, rows: list[dict]) -> float:
    right = 0
    with torch.no_grad():
        for row in rows:
            inputs = batch(task.pairs(row))
            labels = inputs.pop("labels")
            logits = model(**inputs).logits[:, -labels.shape[1] :]
            targets = labels[:, 1:].clamp(min=0).unsqueeze(-1)
            scores = logits[:, :-1].log_softmax(-1).gather(-1, targets).squeeze(-1)
            totals = (scores * (labels[:, 1:] != IGNORED)).sum(-1)
            right += int(totals.argmax()) == task.answer(row)
    return right / len(rows)


def tuned_model(task: Task, seed: int):
    """A frozen model with a prompt tuned on the training rows: AdamW, linear decay, the answer and the end as target."""
    torch.manual_seed(seed)
    model = get_peft_model(BloomForCausalLM.from_pretrained(MODEL, dtype=torch.float32), PromptTuningConfig(
        task_type=TaskType.CAUSAL_LM, num_virtual_tokens=ROWS, prompt_tuning_init=PromptTuningInit.TEXT,
        prompt_tuning_init_text=INITIAL_TEXT, tokenizer_name_or_path=str(MODEL),
    ))
    chosen = [task.pairs(row)[task.answer(row)] for row in task.rows("train")]
    examples = [(text, target + [task.end]) for text, target in chosen]
    steps = EPOCHS * -(-len(examples) // BATCH)
    optimizer = torch.optim.AdamW((p for p in model.parameters() if p.requires_grad), lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    for _ in range(EPOCHS):
        order = torch.randperm(len(examples)).tolist()
        for start in range(0, len(order), BATCH):
            loss = model(**batch([examples[index] for index in order[start : start + BATCH]])).loss
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return model


def check(name: str) -> None:
    task = Task(name, AutoTokenizer.from_pretrained(MODEL))
    rows = task.rows("test")
    majority = max(collections.Counter(task.answer(row) for row in rows).values()) / len(rows)
    untuned = accuracy(BloomForCausalLM.from_pretrained(MODEL, dtype=torch.float32), task, rows)
    print(f"{name}: n {len(rows)}, majority {majority:.3f}, no prompt {untuned:.3f}", flush=True)
    for seed in SEEDS:
        started = time.monotonic()
        model = tuned_model(task, seed)
        seconds = time.monotonic() - started
        print(f"  seed {seed}: tuned {accuracy(model, task, rows):.3f} ({seconds:.0f} s)", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    for name in sys.argv[1:] or TASKS:
        check(name)
