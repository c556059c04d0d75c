"""Records what torch, transformers and PEFT say about tuning into Tests/Fixtures/tuning.

    python3 Tests/References/record_tuning.py [--output FOLDER]

reference.json has

- `adamw`: parameters after each step of torch.optim.AdamW on given gradients, for several settings, with the learning
  rate of each step given.
- `schedules`: learning rates of transformers' constant and linear schedules with warm-up.
- `clipping`: gradients before and after torch.nn.utils.clip_grad_norm_.
- `initialisation`: which token each row of a PEFT prompt begins as, for texts of several lengths. The tokenizer is a
  small one made here; the embedding table is such that a row tells its token.
- `prompt`: a prompt that PEFT tunes on the tiny BLOOM of Tests/Fixtures/bloom/four-heads (record_bloom.py), with the
  losses after each epoch and the values at the end. One batch is the whole training split, so that its order does not
  matter; rows are run one by one, so that nothing is padded. train.jsonl and validation.jsonl hold the rows.
- `models`: the same for all weights of a BLOOM, a RoBERTa (record_roberta.py) and a T5 (record_t5.py), without a prompt
  and with gradients clipped.
"""

import argparse
import json
import pathlib
import tempfile

import peft
import torch
import transformers
from peft.tuners.prompt_tuning import PromptEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

COUNT = 6
STEPS = 8


def adamw_cases():
    settings = [
        {"lr": 0.03},
        {"lr": 0.3, "betas": (0.9, 0.98), "eps": 1e-6, "weight_decay": 0.0},
        {"lr": 0.001, "betas": (0.5, 0.9), "eps": 1e-3, "weight_decay": 0.5},
    ]
    for number, setting in enumerate(settings):
        generator = torch.Generator().manual_seed(number)
        parameter = torch.nn.Parameter(torch.randn(COUNT, generator=generator))
        start = parameter.detach().tolist()
        optimiser = torch.optim.AdamW([parameter], **setting)
        schedule = transformers.get_linear_schedule_with_warmup(optimiser, 2, STEPS)
        steps = []
        for _ in range(STEPS):
            # Gradients of very different sizes, some of them zero.
            gradient = torch.randn(COUNT, generator=generator) * 10.0 ** torch.arange(-4, 2)
            gradient[3] = 0
            parameter.grad = gradient.clone()
            rate = schedule.get_last_lr()[0]
            optimiser.step()
            schedule.step()
            steps.append(
                {"gradient": gradient.tolist(), "learning_rate": rate, "parameters": parameter.detach().tolist()}
            )
        group = optimiser.param_groups[0]
        yield {
            "first_decay": group["betas"][0],
            "second_decay": group["betas"][1],
            "epsilon": group["eps"],
            "weight_decay": group["weight_decay"],
            "start": start,
            "steps": steps,
        }


def schedule_cases():
    makers = {
        "constant": lambda optimiser, warm_up, _: transformers.get_constant_schedule_with_warmup(optimiser, warm_up),
        "linear": transformers.get_linear_schedule_with_warmup,
    }
    for shape, maker in makers.items():
        for warm_up, total in [(0, 5), (3, 10), (1, 1), (10, 10)]:
            optimiser = torch.optim.AdamW([torch.nn.Parameter(torch.zeros(1))], lr=0.03)
            schedule = maker(optimiser, warm_up, total)
            rates = []
            for _ in range(total):
                rates.append(schedule.get_last_lr()[0])
                optimiser.step()
                schedule.step()
            yield {"shape": shape, "peak": 0.03, "warm_up": warm_up, "total": total, "rates": rates}


def clipping_cases():
    for number, (scale, limit) in enumerate([(1.0, 0.5), (1.0, 100.0), (1e4, 1.0), (0.0, 1.0)]):
        generator = torch.Generator().manual_seed(number)
        gradient = torch.randn(COUNT, generator=generator) * scale
        parameter = torch.nn.Parameter(torch.zeros(COUNT))
        parameter.grad = gradient.clone()
        torch.nn.utils.clip_grad_norm_([parameter], limit)
        yield {"gradient": gradient.tolist(), "limit": limit, "clipped": parameter.grad.tolist()}


def initialisation_cases():
    words = ["is", "this", "text", "fact", "or", "opinion", "?"]
    vocabulary = {word: 3 + index for index, word in enumerate(words)}
    vocabulary["[UNK]"] = 0
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    table = torch.nn.Embedding(16, 4)
    table.weight.data = torch.arange(16.0).unsqueeze(1).repeat(1, 4)
    with tempfile.TemporaryDirectory() as folder:
        transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]").save_pretrained(folder)
        for text in ["fact", "is this text fact or opinion ?", "or opinion ?"]:
            for rows in [1, 3, 7, 8, 20]:
                configuration = peft.PromptTuningConfig(
                    task_type="CAUSAL_LM",
                    num_virtual_tokens=rows,
                    token_dim=4,
                    num_transformer_submodules=1,
                    prompt_tuning_init="TEXT",
                    prompt_tuning_init_text=text,
                    tokenizer_name_or_path=folder,
                )
                prompt = PromptEmbedding(configuration, table)
                yield {
                    "text_tokens": tokenizer.encode(text).ids,
                    "rows": rows,
                    "row_tokens": [int(value) for value in prompt.embedding.weight[:, 0].tolist()],
                }


MODEL = pathlib.Path(__file__).parent.parent / "Fixtures/bloom/four-heads/model"
INITIAL_TEXT = "Is it cold or old?"
PROMPT = {"rows": 5, "epochs": 12, "learning_rate": 0.03, "initial_text": INITIAL_TEXT}
CANDIDATES = [" no", " yes and no"]
SPLITS = {
    "train": ["The river was cold.", "So it was", "nobody was there", "La mer est calme", "old", "She said: the boat!"],
    "validation": ["The boat was cold", "says the old man, and the film was good", "川は"],
}


def labelled_rows(split):
    return [{"text": text, "label": index % 2} for index, text in enumerate(SPLITS[split])]


def mean_loss(split, summed_loss):
    losses = [summed_loss(row) for row in labelled_rows(split)]
    return sum(loss for loss, _ in losses) / sum(count for _, count in losses)


def tuned(parameters, summed_loss, setting):
    """Takes a step on the whole training split each epoch, and gives the losses after each."""
    parameters = list(parameters)
    optimiser = torch.optim.AdamW(parameters, lr=setting["learning_rate"])
    schedule = transformers.get_linear_schedule_with_warmup(optimiser, 0, setting["epochs"])
    history = []
    for _ in range(setting["epochs"]):
        optimiser.zero_grad()
        loss = mean_loss("train", summed_loss)
        loss.backward()
        if "clip_norm" in setting:
            torch.nn.utils.clip_grad_norm_(parameters, setting["clip_norm"])
        optimiser.step()
        schedule.step()
        with torch.no_grad():
            evaluation_loss = mean_loss("validation", summed_loss)
        history.append({"training_loss": loss.item(), "evaluation_loss": evaluation_loss.item()})
    return history


def prompt_case():
    tokenizer = transformers.AutoTokenizer.from_pretrained(MODEL)
    base = transformers.AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.float32).eval()
    configuration = peft.PromptTuningConfig(
        task_type="CAUSAL_LM",
        num_virtual_tokens=PROMPT["rows"],
        prompt_tuning_init="TEXT",
        prompt_tuning_init_text=INITIAL_TEXT,
        tokenizer_name_or_path=str(MODEL),
    )
    model = peft.get_peft_model(base, configuration)
    prompt = model.prompt_encoder["default"].embedding.weight
    initial = prompt.detach().flatten().tolist()

    def summed_loss(row):
        text = tokenizer(row["text"] + " :")["input_ids"]
        target = tokenizer(CANDIDATES[row["label"]])["input_ids"] + [tokenizer.eos_token_id]
        labels = torch.tensor([[-100] * len(text) + target])
        loss = model(input_ids=torch.tensor([text + target]), labels=labels).loss
        return loss * len(target), len(target)

    history = tuned([prompt], summed_loss, PROMPT)
    values = prompt.detach().flatten().tolist()
    return {**PROMPT, "candidates": CANDIDATES, "initial": initial, "history": history, "values": values}


WEIGHTS = {"epochs": 6, "learning_rate": 0.002, "clip_norm": 1.0}
MODELS = [
    {"model": "bloom/four-heads", "template": "{text} :", "candidates": CANDIDATES},
    {"model": "roberta/three-heads", "template": "{text} :<mask>.", "candidates": [" no", " yes"]},
    {"model": "t5/gated-untied", "template": "{text} :", "candidates": ["no", "yes and no"]},
]
KINDS = {
    "bloom": transformers.AutoModelForCausalLM,
    "roberta": transformers.AutoModelForMaskedLM,
    "t5": transformers.AutoModelForSeq2SeqLM,
}


def weights_case(case):
    folder = MODEL.parents[2] / case["model"] / "model"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    family = case["model"].split("/")[0]
    model = KINDS[family].from_pretrained(folder, dtype=torch.float32).eval()

    def summed_loss(row):
        text = tokenizer.encode(case["template"].format(text=row["text"])).ids
        target = tokenizer.encode(case["candidates"][row["label"]], add_special_tokens=False).ids
        if family == "roberta":
            logits = model(input_ids=torch.tensor([text])).logits[0, [text.index(tokenizer.token_to_id("<mask>"))]]
        elif family == "t5":
            target = target + [model.config.eos_token_id]
            logits = model(input_ids=torch.tensor([text]), labels=torch.tensor([target])).logits[0]
        else:
            target = target + [model.config.eos_token_id]
            logits = model(input_ids=torch.tensor([text + target])).logits[0, len(text) - 1 : -1]
        return torch.nn.functional.cross_entropy(logits, torch.tensor(target), reduction="sum"), len(target)

    history = tuned(model.parameters(), summed_loss, WEIGHTS)
    count = sum(parameter.numel() for parameter in model.parameters())
    return {**WEIGHTS, **case, "parameters": count, "history": history}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = pathlib.Path(__file__).parent.parent / "Fixtures/tuning"
    parser.add_argument("--output", type=pathlib.Path, default=default)
    output = parser.parse_args().output
    record = {
        "versions": {module.__name__: module.__version__ for module in (torch, transformers, peft)},
        "adamw": list(adamw_cases()),
        "schedules": list(schedule_cases()),
        "clipping": list(clipping_cases()),
        "initialisation": list(initialisation_cases()),
        "prompt": prompt_case(),
        "models": [weights_case(case) for case in MODELS],
    }
    output.mkdir(parents=True, exist_ok=True)
    (output / "reference.json").write_text(json.dumps(record) + "\n")
    for split in SPLITS:
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in labelled_rows(split)]
        (output / f"{split}.jsonl").write_text("".join(lines))
    print(f"wrote {output}")


if __name__ == "__main__":
    main()
