"""Tunes prompts on the sample tasks with PyTorch and prints what the samples' README states.

    python samples/check_tuning.py [MODEL | TASK ...]

For each model and task: the share of the test rows' most frequent class, the accuracy without a prompt, and for three
seeds the accuracy with a tuned prompt and the time that tuning took on one core. A prediction is the candidate with the
largest summed log-probability. Needs PyTorch and transformers.
"""

import collections
import json
import pathlib
import sys
import time

import torch
from torch.nn.utils.rnn import pad_sequence
from transformers import AutoTokenizer, BloomForCausalLM, RobertaForMaskedLM, T5ForConditionalGeneration

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE / "data" / "superglue"

INITIAL_TEXT = "Everybody has a question. A plain answer is best."
ROWS, LEARNING_RATE, BATCH, EPOCHS, SEEDS = 8, 0.05, 8, 5, (1, 2, 3)
IGNORED = -100

# The text of a row, its candidates, and the label of each candidate.
INFERENCE = "{premise} question: {hypothesis} answer:"
TASKS = {
    "CB": (INFERENCE, ["yes", "no", "maybe"], ["entailment", "contradiction", "neutral"]),
    "RTE": (INFERENCE, ["yes", "no"], ["entailment", "not_entailment"]),
    "COPA": ("{premise} {question}:", ["{choice1}", "{choice2}"], [0, 1]),
    "WSC": ("{text} question: {target[span2_text]} means {target[span1_text]}. answer:", ["no", "yes"], [False, True]),
}
# A masked model says a single word: whether the first choice is what is asked for.
MASKED_TASKS = TASKS | {"COPA": ("{premise} {question}: {choice1} answer:", ["yes", "no"], [0, 1])}


class Subject:
    """A frozen model and how it reads a text, says an answer and takes a prompt."""

    tasks = TASKS
    folder: str
    family: type

    def __init__(self):
        path = HERE / "models" / self.folder
        self.tokenizer = AutoTokenizer.from_pretrained(path)
        self.model = self.family.from_pretrained(path, dtype=torch.float32).requires_grad_(False).eval()
        self.embeddings = self.model.get_input_embeddings()

    def text(self, text: str) -> list[int]:
        return self.tokenizer(text)["input_ids"]

    def answer(self, words: str, is_target: bool) -> list[int]:
        """The tokens of a candidate, which end in the end token where it is what training aims at."""
        ids = self.tokenizer(" " + words, add_special_tokens=False)["input_ids"]
        return ids + [self.tokenizer.eos_token_id] * is_target

    def embedded(self, rows: list[list[int]], prompt: torch.Tensor, place: int = 0) -> dict[str, torch.Tensor]:
        """Rows with the prompt at a place in each, padded on the right."""
        embedded = [self.embeddings(torch.tensor(row)) for row in rows]
        joined = [torch.cat([row[:place], prompt, row[place:]]) for row in embedded]
        mask = pad_sequence([torch.ones(len(row), dtype=torch.long) for row in joined], batch_first=True)
        return {"inputs_embeds": pad_sequence(joined, batch_first=True), "attention_mask": mask}


class Bloom(Subject):
    """The answer goes on with the text."""

    folder, family = "tiny-bloom", BloomForCausalLM

    def logits(self, pairs, prompt: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        logits = self.model(**self.embedded([text + answer for text, answer in pairs], prompt)).logits
        labels = [[IGNORED] * (len(prompt) + len(text)) + answer for text, answer in pairs]
        return logits[:, :-1], padded(labels)[:, 1:]


class Roberta(Subject):
    """The answer fills in the mask; the prompt stands after `<s>`."""

    folder, family, tasks = "tiny-roberta", RobertaForMaskedLM, MASKED_TASKS

    def text(self, text: str) -> list[int]:
        return super().text(text + "<mask>.")

    def answer(self, words: str, is_target: bool) -> list[int]:
        ids = super().answer(words, is_target=False)
        assert len(ids) == 1, f"'{words}' is not one token"
        return ids

    def logits(self, pairs, prompt: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        mask = self.tokenizer.mask_token_id
        labels = [
            [IGNORED] * (1 + len(prompt)) + [answer[0] if token == mask else IGNORED for token in text[1:]]
            for text, answer in pairs
        ]
        return self.model(**self.embedded([text for text, _ in pairs], prompt, place=1)).logits, padded(labels)


class T5(Subject):
    """The decoder says the answer with its `</s>`; the prompt stands before the encoder's text."""

    folder, family = "tiny-t5", T5ForConditionalGeneration

    def answer(self, words: str, is_target: bool) -> list[int]:
        return super().answer(words, is_target=True)

    def logits(self, pairs, prompt: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        labels = padded([answer for _, answer in pairs])
        return self.model(**self.embedded([text for text, _ in pairs], prompt), labels=labels).logits, labels


SUBJECTS = {subject.folder: subject for subject in (Bloom, Roberta, T5)}


def padded(labels: list[list[int]]) -> torch.Tensor:
    return pad_sequence([torch.tensor(row) for row in labels], batch_first=True, padding_value=IGNORED)


class Task:
    """The rows of a task as token ids."""

    def __init__(self, name: str, subject: Subject):
        self.name, self.subject = name, subject
        self.template, self.candidates, self.labels = subject.tasks[name]

    def rows(self, split: str) -> list[dict]:
        return [json.loads(line) for line in (DATA / self.name / f"{split}.jsonl").open(encoding="utf-8")]

    def pair(self, row: dict, candidate: int, is_target: bool = False) -> tuple[list[int], list[int]]:
        """Text and candidate, tokenised apart."""
        answer = self.candidates[candidate].format(**row)
        return self.subject.text(self.template.format(**row)), self.subject.answer(answer, is_target)

    def truth(self, row: dict) -> int:
        return self.labels.index(row["label"])


def accuracy(task: Task, rows: list[dict], prompt: torch.Tensor) -> float:
    right = 0
    with torch.no_grad():
        for row in rows:
            pairs = [task.pair(row, candidate) for candidate in range(len(task.candidates))]
            logits, labels = task.subject.logits(pairs, prompt)
            scores = logits.log_softmax(-1).gather(-1, labels.clamp(min=0).unsqueeze(-1)).squeeze(-1)
            right += int((scores * (labels != IGNORED)).sum(-1).argmax()) == task.truth(row)
    return right / len(rows)


def tuned_prompt(task: Task, seed: int) -> torch.Tensor:
    """A prompt tuned on the training rows: AdamW, linear decay."""
    torch.manual_seed(seed)
    initial = task.subject.tokenizer(INITIAL_TEXT, add_special_tokens=False)["input_ids"][:ROWS]
    prompt = task.subject.embeddings(torch.tensor(initial)).clone().requires_grad_()
    examples = [task.pair(row, task.truth(row), is_target=True) for row in task.rows("train")]
    steps = EPOCHS * -(-len(examples) // BATCH)
    optimizer = torch.optim.AdamW([prompt], lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    for _ in range(EPOCHS):
        order = torch.randperm(len(examples)).tolist()
        for start in range(0, len(order), BATCH):
            logits, labels = task.subject.logits([examples[index] for index in order[start : start + BATCH]], prompt)
            loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=IGNORED)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return prompt.detach()


def check(subject: Subject, name: str) -> None:
    task = Task(name, subject)
    rows = task.rows("test")
    majority = max(collections.Counter(task.truth(row) for row in rows).values()) / len(rows)
    untuned = accuracy(task, rows, prompt=torch.empty(0, subject.embeddings.embedding_dim))
    print(f"{subject.folder} {name}: n {len(rows)}, majority {majority:.3f}, no prompt {untuned:.3f}", flush=True)
    for seed in SEEDS:
        started = time.process_time()
        prompt = tuned_prompt(task, seed)
        seconds = time.process_time() - started
        print(f"  seed {seed}: tuned {accuracy(task, rows, prompt):.3f} ({seconds:.0f} s)", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    named = set(sys.argv[1:])
    for folder in [folder for folder in SUBJECTS if folder in named] or SUBJECTS:
        subject = SUBJECTS[folder]()
        for name in [name for name in TASKS if name in named] or TASKS:
            check(subject, name)
