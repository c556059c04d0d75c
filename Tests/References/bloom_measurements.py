"""What is recorded about a row: scores, losses, gradients, activations, greedy ids and the effects of edits."""

from contextlib import contextmanager

import torch


class NearTie(Exception):
    """Two tokens are nearly equally likely."""


class Subject:
    """A model, the same model with a PEFT prompt in front, and a tokenizer."""

    def __init__(self, model, adapted, tokenizer, prompt_rows):
        self.model, self.adapted, self.tokenizer, self.prompt_rows = model, adapted, tokenizer, prompt_rows

    def ids(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def logits(self, ids, has_prompt):
        """Logits after every position of prompt and ids, `[positions x vocabulary]`."""
        tokens = torch.tensor([ids], dtype=torch.long)
        forward = self.adapted if has_prompt else self.model
        return forward(input_ids=tokens, attention_mask=torch.ones_like(tokens), use_cache=False).logits[0]

    def log_probability(self, text, candidate, has_prompt):
        """The summed log-probability of a candidate's tokens after a text."""
        rows = self.logits(text + candidate[:-1], has_prompt)[-len(candidate):]
        return torch.log_softmax(rows, dim=-1)[range(len(candidate)), candidate].sum()

    @property
    def prompt(self):
        return self.adapted.prompt_encoder["default"].embedding.weight

    def module(self, site, layer):
        """The module whose output is the activation of a site."""
        transformer = self.model.transformer
        block = transformer.h[layer]
        return {
            "embedding": transformer.word_embeddings_layernorm,
            "ffn.activation": block.mlp.gelu_impl,
            "residual": block,
            "attention.output": block.self_attention.dense,
        }[site]

    def layers(self, site):
        return range(1 if site == "embedding" else len(self.model.transformer.h))


SITES = ("embedding", "ffn.activation", "residual", "attention.output")


def has_bare_scores(row):
    """Whether the row can be scored without a prompt: a first token has nothing before it."""
    return row["text"] != ""


def measure_row(subject, row):
    """Facts about one row, and the gradients of its losses with respect to the prompt."""
    text, candidates = subject.ids(row["text"]), [subject.ids(candidate) for candidate in row["candidates"]]
    facts = {"text_ids": text, "candidate_ids": candidates}
    gradients = {}
    for name, has_prompt in (("with_prompt", True), ("bare", False)):
        if not has_prompt and not has_bare_scores(row):
            continue
        scores = torch.stack([subject.log_probability(text, candidate, has_prompt) for candidate in candidates])
        losses = {
            "language": -scores[row["label"]] / len(candidates[row["label"]]),
            "choice": -torch.log_softmax(scores, dim=0)[row["label"]],
        }
        facts[name] = {
            "logprobs": scores.tolist(),
            "prediction": int(scores.argmax()),
            **{f"{loss}_loss": float(value) for loss, value in losses.items()},
            "greedy": greedy_ids(subject, text, has_prompt),
        }
        if has_prompt:
            gradients = {loss: gradient(subject, value) for loss, value in losses.items()}
    return facts, gradients


def gradient(subject, loss):
    return torch.autograd.grad(loss, subject.prompt, retain_graph=True)[0]


@torch.no_grad()
def greedy_ids(subject, text, has_prompt, count=8):
    """The next ids, each the most likely; a near tie, where rounding decides, is no record."""
    ids = list(text)
    for _ in range(count):
        best, second = subject.logits(ids, has_prompt)[-1].topk(2).values.tolist()
        if best - second < 1e-3:
            raise NearTie
        ids.append(int(subject.logits(ids, has_prompt)[-1].argmax()))
    return ids[len(text):]


@contextmanager
def hooks(entries):
    """Runs with forward hooks: pairs of a module and a function of its output that returns the new output or None."""
    def as_hook(function):
        def hook(_, __, output):
            first = output[0] if isinstance(output, tuple) else output
            changed = function(first)
            if changed is None:
                return None
            return (changed, *output[1:]) if isinstance(output, tuple) else changed
        return hook

    handles = [module.register_forward_hook(as_hook(function)) for module, function in entries]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


@torch.no_grad()
def measure_taps(subject, row):
    """Activations at every site and layer: all positions with the prompt, the answer position without."""
    ids, tensors = subject.ids(row["text"]), {}
    for kind, has_prompt in (("tap", True), ("bare", False)):
        if not has_prompt and not has_bare_scores(row):
            continue
        def keep(name):
            def function(output):
                tensors[name] = output[0].clone() if has_prompt else output[0, -1:].clone()
            return function
        places = [(site, layer) for site in SITES for layer in subject.layers(site)]
        with hooks([(subject.module(s, l), keep(f"{kind}/{row['id']}/{s}/{l}")) for s, l in places]):
            subject.logits(ids, has_prompt)
    return tensors


def edit_cases(layers, width):
    """Edits by name; each case is a list of edits that apply together."""
    last, ffn = layers - 1, "ffn.activation"
    some, few = list(range(1, 4 * width, 3)), [0, 5, 4 * width - 1]
    means = [round(0.1 * (place % 7) - 0.2, 3) for place in range(len(some))]

    def edit(layer, neurons, positions, mode, site=ffn, **values):
        return {"site": site, "layer": layer, "neurons": neurons, "positions": positions, "mode": mode, **values}

    return [
        ("zero-all-first-layer", [edit(0, some, "all", "zero")]),
        ("zero-all-last-layer", [edit(last, some, "all", "zero")]),
        ("zero-all-every-layer", [edit(layer, some, "all", "zero") for layer in range(layers)]),
        ("zero-answer-first-layer", [edit(0, some, "answer", "zero")]),
        ("zero-answer-last-layer", [edit(last, some, "answer", "zero")]),
        ("constant-answer-both-ends", [edit(layer, few, "answer", "constant", constant=1.5) for layer in (0, last)]),
        ("constant-all-last-layer", [edit(last, few, "all", "constant", constant=1.5)]),
        ("mean-text-first-layer", [edit(0, some, "text", "mean", means=means)]),
        ("mean-text-last-layer", [edit(last, some, "text", "mean", means=means)]),
        ("zero-prompt-first-layer", [edit(0, some, "prompt", "zero")]),
        ("zero-prompt-last-layer", [edit(last, some, "prompt", "zero")]),
        ("zero-text-residual", [edit(0, [0, 3, width - 1], "text", "zero", site="residual")]),
        ("zero-answer-attention", [edit(last, list(range(width // 2)), "answer", "zero", site="attention.output")]),
        ("constant-all-embedding", [edit(0, [1, 2], "all", "constant", site="embedding", constant=-0.5)]),
    ]


def measure_edits(subject, case, rows):
    """Log-probabilities under the edits of a case, and receipts, with the prompt and where possible without."""
    name, edits = case
    results = []
    for row in rows:
        for has_prompt in (True, False):
            is_bare_prompt_edit = not has_prompt and edits[0]["positions"] == "prompt"
            if is_bare_prompt_edit or not (has_prompt or has_bare_scores(row)):
                continue
            results.append({"id": row["id"], "has_prompt": has_prompt, **edited_scores(subject, edits, row, has_prompt)})
    return {"name": name, "edits": edits, "results": results}


@torch.no_grad()
def edited_scores(subject, edits, row, has_prompt):
    """Scores under edits. Receipts count each position once, though many candidates share it.

    The positions of candidate tokens that predict a further token count too; a candidate's last token predicts nothing.
    """
    text, candidates = subject.ids(row["text"]), [subject.ids(candidate) for candidate in row["candidates"]]
    offset = subject.prompt_rows if has_prompt else 0
    changes = [{} for _ in edits]
    scores = []
    for candidate in candidates:
        key = lambda position: tuple(text + candidate)[:position - offset + 1] if position >= offset else position
        entries = [
            (subject.module(edit["site"], edit["layer"]), editing(edit, offset, len(text), seen, key))
            for edit, seen in zip(edits, changes)
        ]
        with hooks(entries):
            scores.append(float(subject.log_probability(text, candidate, has_prompt)))
    receipts = []
    for edit, seen in zip(edits, changes):
        change = torch.cat([value.flatten() for value in seen.values()] or [torch.zeros(0)])
        total = float(change.sum())
        receipts.append({"visited": change.numel(), "changed": int((change > 0).sum()), "total_change": total})
    return {"logprobs": scores, "receipts": receipts}


def editing(edit, offset, text_length, seen, key):
    """A hook function that applies an edit and notes in `seen` how much each activation changed."""
    def function(output):
        length = output.shape[1]
        answer = offset + text_length - 1
        positions = {
            "all": range(length),
            "answer": [answer],
            "text": range(offset, offset + text_length),
            "prompt": range(offset),
        }[edit["positions"]]
        values = {"zero": 0.0, "constant": edit.get("constant")}.get(edit["mode"])
        if edit["mode"] == "mean":
            values = torch.tensor(edit["means"], dtype=output.dtype)
        changed = output.clone()
        for position in positions:
            before = output[0, position, edit["neurons"]]
            changed[0, position, edit["neurons"]] = values
            seen[key(position)] = (changed[0, position, edit["neurons"]] - before).abs()
        return changed
    return function
