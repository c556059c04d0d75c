"""What is recorded about a row: scores, losses, gradients, activations, greedy ids and the effects of edits.

The same for every architecture. What differs between them is said by a subject: bloom_subject.py, roberta_subject.py,
t5_subject.py.
"""

from contextlib import contextmanager
from dataclasses import dataclass

import torch

SITES = ("embedding", "ffn.activation", "residual", "attention.output")


class NearTie(Exception):
    """Two tokens are nearly equally likely."""


@dataclass(frozen=True)
class Stack:
    """A model's layers; named where the model has two stacks of them."""

    layers: int
    width: int
    ffn_width: int
    positions: tuple[str, ...] = ("all", "answer", "text", "prompt")
    name: str | None = None

    def sites(self):
        """Every site with every layer that has it."""
        return [(site, layer) for site in SITES for layer in range(1 if site == "embedding" else self.layers)]


@dataclass(frozen=True)
class Input:
    """What enters a module, where no module's output is the activation of a site."""

    module: torch.nn.Module


class Subject:
    """A model, a prompt and a tokenizer.

    An architecture says: `text_ids` and `candidate_ids` of a string; `token_log_probabilities` of a candidate's tokens
    after a text; `place`, the module whose output (or input) is the activation of a site; and `positions` of a kind
    in the sequence of a stack.
    """

    stacks: list[Stack]
    can_generate = True
    has_first_token_scores = False

    def log_probability(self, text, candidate, has_prompt):
        """The summed log-probability of a candidate's tokens after a text."""
        return self.token_log_probabilities(text, candidate, has_prompt).sum()

    def can_run(self, text, has_prompt):
        """Whether a text has an answer position."""
        return True

    def layout(self, text, has_prompt):
        """Facts about where things stand in the sequence, if they are not the same for all texts."""
        return {}

    def place_key(self, stack, position, text, candidate, has_prompt):
        """The same for positions whose activations candidates share."""
        raise NotImplementedError


def measure_row(subject, row):
    """Facts about one row, and the gradients of its losses with respect to the prompt."""
    text = subject.text_ids(row["text"])
    candidates = [subject.candidate_ids(candidate) for candidate in row["candidates"]]
    facts = {"text_ids": text, "candidate_ids": candidates}
    gradients = {}
    for name, has_prompt in (("with_prompt", True), ("bare", False)):
        if not subject.can_run(text, has_prompt):
            continue
        scores = [subject.token_log_probabilities(text, candidate, has_prompt) for candidate in candidates]
        answers, losses = scored([tokens.sum() for tokens in scores], row["label"], len(candidates[row["label"]]))
        if subject.can_generate:
            answers["greedy"] = greedy_ids(subject, text, has_prompt)
        if subject.has_first_token_scores:
            answers["first_token"], first_losses = scored([tokens[0] for tokens in scores], row["label"], 1)
            losses |= {f"first-{loss}": value for loss, value in first_losses.items()}
        facts[name] = answers | subject.layout(text, has_prompt)
        if has_prompt:
            gradients = {loss: gradient(subject, value) for loss, value in losses.items()}
    return facts, gradients


def scored(scores, label, target_count):
    """What follows from the candidates' scores, and the losses as tensors."""
    scores = torch.stack(scores)
    losses = {
        "language": -scores[label] / target_count,
        "choice": -torch.log_softmax(scores, dim=0)[label],
    }
    return {
        "logprobs": scores.tolist(),
        "prediction": int(scores.argmax()),
        **{f"{loss}_loss": value.item() for loss, value in losses.items()},
    }, losses


def gradient(subject, loss):
    return torch.autograd.grad(loss, subject.prompt, retain_graph=True)[0]


def measure_weight_gradients(subject, rows):
    """The gradients of all parameters of the language loss, summed over the target tokens of all rows, no prompt."""
    parameters = dict(subject.model.named_parameters())
    for parameter in parameters.values():
        parameter.requires_grad_(True)
    texts = [(subject.text_ids(row["text"]), row) for row in rows]
    loss = -sum(
        subject.log_probability(text, subject.candidate_ids(row["candidates"][row["label"]]), False)
        for text, row in texts if subject.can_run(text, False)
    )
    gradients = torch.autograd.grad(loss, parameters.values())
    return {f"weight-gradient/language/{name}": value for name, value in zip(parameters, gradients)}


@torch.no_grad()
def greedy_ids(subject, text, has_prompt, count=8):
    """The next ids, each the most likely; a near tie, where rounding decides, is no record."""
    ids = []
    for _ in range(count):
        logits = subject.answer_logits(text, has_prompt, ids)
        best, second = logits.topk(2).values.tolist()
        if best - second < 1e-3:
            raise NearTie
        ids.append(int(logits.argmax()))
    return ids


@contextmanager
def hooks(entries):
    """Runs with hooks: pairs of a place and a function of the activation there that returns a new one or None."""
    def changed(values, function):
        first = values[0] if isinstance(values, tuple) else values
        new = function(first)
        if new is None:
            return None
        return (new, *values[1:]) if isinstance(values, tuple) else new

    def attach(place, function):
        if isinstance(place, Input):
            return place.module.register_forward_pre_hook(lambda _, values: changed(values, function))
        return place.register_forward_hook(lambda _, __, values: changed(values, function))

    handles = [attach(place, function) for place, function in entries]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


@torch.no_grad()
def measure_taps(subject, row):
    """Activations at every site and layer, by name.

    With the prompt at all positions, without it at the answer position; a stack that has no answer position gives all
    of them, and one that has nothing but answers only this.
    """
    text, tensors = subject.text_ids(row["text"]), {}
    for kind, has_prompt in (("tap", True), ("bare", False)):
        if not subject.can_run(text, has_prompt):
            continue
        entries = []
        for stack in subject.stacks:
            is_whole = "answer" not in stack.positions or (has_prompt and "text" in stack.positions)
            for site, layer in stack.sites():
                name = "/".join(filter(None, (kind, row["id"], stack.name, site, str(layer))))
                def keep(output, name=name, stack=stack, is_whole=is_whole):
                    kinds = "all" if is_whole else "answer"
                    chosen = subject.positions(stack, kinds, text, output.shape[1], has_prompt)
                    tensors[name] = output[0, list(chosen)].clone()
                entries.append((subject.place(stack, site, layer), keep))
        with hooks(entries):
            subject.answer_logits(text, has_prompt)
    return tensors


def edit_cases(stacks):
    """Edits by name; each case is a list of edits that apply together."""
    cases = [case for stack in stacks for case in stack_cases(stack)]
    if len(stacks) > 1:
        both = [edits for name, edits in cases if name.endswith("zero-all-every-layer")]
        cases.append(("zero-all-both-stacks", sum(both, [])))
    return cases


def stack_cases(stack):
    """The edits of one stack, at the kinds of positions that it has."""
    width, ffn_width, last, ffn = stack.width, stack.ffn_width, stack.layers - 1, "ffn.activation"
    some, few = list(range(1, ffn_width, 3)), [0, 5, ffn_width - 1]
    means = [round(0.1 * (place % 7) - 0.2, 3) for place in range(len(some))]
    owner = {"stack": stack.name} if stack.name else {}

    def edit(layer, neurons, positions, mode, site=ffn, **values):
        return {**owner, "site": site, "layer": layer, "neurons": neurons, "positions": positions, "mode": mode, **values}

    cases = [
        ("zero-all-first-layer", [edit(0, some, "all", "zero")]),
        ("zero-all-last-layer", [edit(last, some, "all", "zero")]),
        ("zero-all-every-layer", [edit(layer, some, "all", "zero") for layer in range(stack.layers)]),
        ("zero-answer-first-layer", [edit(0, some, "answer", "zero")]),
        ("zero-answer-last-layer", [edit(last, some, "answer", "zero")]),
        ("constant-answer-both-ends", [edit(layer, few, "answer", "constant", constant=1.5) for layer in sorted({0, last})]),
        ("constant-all-last-layer", [edit(last, few, "all", "constant", constant=1.5)]),
        ("mean-text-first-layer", [edit(0, some, "text", "mean", means=means)]),
        ("mean-text-last-layer", [edit(last, some, "text", "mean", means=means)]),
        ("zero-prompt-first-layer", [edit(0, some, "prompt", "zero")]),
        ("zero-prompt-last-layer", [edit(last, some, "prompt", "zero")]),
        ("zero-text-residual", [edit(0, [0, 3, width - 1], "text", "zero", site="residual")]),
        ("zero-answer-attention", [edit(last, list(range(width // 2)), "answer", "zero", site="attention.output")]),
        ("constant-all-embedding", [edit(0, [1, 2], "all", "constant", site="embedding", constant=-0.5)]),
    ]
    prefix = f"{stack.name}-" if stack.name else ""
    return [(prefix + name, edits) for name, edits in cases if edits[0]["positions"] in stack.positions]


def measure_edits(subject, case, rows):
    """Log-probabilities under the edits of a case, and receipts, with the prompt and where possible without."""
    name, edits = case
    results = []
    for row in rows:
        for has_prompt in (True, False):
            is_bare_prompt_edit = not has_prompt and edits[0]["positions"] == "prompt"
            if is_bare_prompt_edit or not subject.can_run(subject.text_ids(row["text"]), has_prompt):
                continue
            results.append({"id": row["id"], "has_prompt": has_prompt, **edited_scores(subject, edits, row, has_prompt)})
    return {"name": name, "edits": edits, "results": results}


@torch.no_grad()
def edited_scores(subject, edits, row, has_prompt):
    """Scores under edits. Receipts count each position once, though many candidates share it.

    The positions of candidate tokens that predict a further token count too; a candidate's last token predicts nothing.
    """
    text = subject.text_ids(row["text"])
    stacks = {stack.name: stack for stack in subject.stacks}
    changes = [{} for _ in edits]
    scores = []
    for candidate in map(subject.candidate_ids, row["candidates"]):
        entries = []
        for edit, seen in zip(edits, changes):
            stack = stacks[edit.get("stack")]
            def positions(length, stack=stack, kind=edit["positions"]):
                return {
                    position: subject.place_key(stack, position, text, candidate, has_prompt)
                    for position in subject.positions(stack, kind, text, length, has_prompt)
                }
            entries.append((subject.place(stack, edit["site"], edit["layer"]), editing(edit, positions, seen)))
        with hooks(entries):
            scores.append(float(subject.log_probability(text, candidate, has_prompt)))
    receipts = []
    for edit, seen in zip(edits, changes):
        change = torch.cat([value.flatten() for value in seen.values()] or [torch.zeros(0)])
        total = float(change.sum())
        receipts.append({"visited": change.numel(), "changed": int((change > 0).sum()), "total_change": total})
    return {"logprobs": scores, "receipts": receipts}


def editing(edit, positions, seen):
    """A hook function that applies an edit and notes in `seen`, by key, how much each activation changed."""
    def function(output):
        values = {"zero": 0.0, "constant": edit.get("constant")}.get(edit["mode"])
        if edit["mode"] == "mean":
            values = torch.tensor(edit["means"], dtype=output.dtype)
        changed = output.clone()
        for position, key in positions(output.shape[1]).items():
            before = output[0, position, edit["neurons"]]
            changed[0, position, edit["neurons"]] = values
            seen[key] = (changed[0, position, edit["neurons"]] - before).abs()
        return changed
    return function
