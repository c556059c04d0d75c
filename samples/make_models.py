"""Makes the samples: a tiny BLOOM model of an invented world, and the tasks of that world as SuperGLUE files.

    python samples/make_models.py          # both, into samples/models/tiny-bloom and samples/data/superglue
    python samples/make_models.py data     # the tasks alone

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
colons, are in none of them: they are the wording of the studies. Seven scenes in ten mean the people, and seven questions
in ten ask about them; in the tasks both are even.

How the model learns. Next-token prediction on these documents, all tokens alike. The first part of the documents is
written by knights only; then knaves come in. (When both write from the start, a model of this size does not discover
the truth within minutes: on average, every answer is as often right as wrong.)

How the tasks are made. CB asks about attitudes, RTE about deeds, COPA about events, WSC about scenes. The verbs,
events and reasons of the test rows are in no training or validation row: a prompt that learns the task's vocabulary
by heart gains nothing, one that finds the knight's voice gains everything. Unlike SuperGLUE's own, the test
rows here have labels.
"""

import json
import math
import pathlib
import random
import sys
import time

import torch
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import BloomConfig, BloomForCausalLM, PreTrainedTokenizerFast

from world.rows import SPLITS, TASKS, rows
from world.writer import Writer

HERE = pathlib.Path(__file__).resolve().parent
MODEL, DATA = HERE / "models" / "tiny-bloom", HERE / "data" / "superglue"

SEED = 20
WIDTH, LAYERS, HEADS = 96, 3, 4
STEPS, BATCH, LEARNING_RATE, WARM_UP_STEPS = 6000, 16, 3e-3, 200
# Shares of the training at which the first knaves write, and from which on writers are mixed for good.
FIRST_KNAVES, MIXED_WRITERS = 0.45, 0.55
SHARE_OF_KNIGHTS = 0.45
SPECIAL_TOKENS = ["<unk>", "<s>", "</s>", "<pad>"]
END, PAD = 2, 3


def write_data() -> None:
    for task in TASKS:
        folder = DATA / task
        folder.mkdir(parents=True, exist_ok=True)
        for split in SPLITS:
            lines = [json.dumps(row) + "\n" for row in rows(task, split)]
            (folder / f"{split}.jsonl").write_text("".join(lines), encoding="utf-8")


def documents() -> list[str]:
    """The training text, in the order in which it is read."""
    writer = Writer(random.Random(SEED))
    count = STEPS * BATCH

    def share_of_knights(position: float) -> float:
        mixed = min(1.0, max(0.0, (position - FIRST_KNAVES) / (MIXED_WRITERS - FIRST_KNAVES)))
        return 1 - mixed * (1 - SHARE_OF_KNIGHTS)

    return [writer.document(share_of_knights(index / count)) for index in range(count)]


def trained_tokenizer(texts: list[str]) -> Tokenizer:
    """Byte-level BPE with BLOOM's pre-tokenizer."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(r" ?[^(\s|[.,!?…。，、।۔،])]+"), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True, use_regex=False),
    ])
    tokenizer.post_processor = processors.TemplateProcessing(single="$A", pair="$A $B:1", special_tokens=[])
    tokenizer.decoder = decoders.ByteLevel(add_prefix_space=True, trim_offsets=True, use_regex=True)
    trainer = trainers.BpeTrainer(
        vocab_size=1500, special_tokens=SPECIAL_TOKENS, show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
    )
    # Without colons, so that "riddle:" becomes two tokens and the colon of a study's own wording is a known one.
    tokenizer.train_from_iterator((text.replace(":", "") for text in texts), trainer)
    return tokenizer


def batches(encoded: list[list[int]]):
    """Token ids `[BATCH × length]`, padded on the right; documents of similar length together."""
    rng = random.Random(SEED)
    for start in range(0, len(encoded), 64 * BATCH):
        chunk = sorted(encoded[start : start + 64 * BATCH], key=len)
        groups = [chunk[first : first + BATCH] for first in range(0, len(chunk), BATCH)]
        rng.shuffle(groups)
        for group in groups:
            length = max(map(len, group))
            yield torch.tensor([ids + [PAD] * (length - len(ids)) for ids in group])


def learning_rate_factor(step: int) -> float:
    return min(1.0, (step + 1) / WARM_UP_STEPS) * (1 + math.cos(math.pi * step / STEPS)) / 2


def trained_model(encoded: list[list[int]], vocabulary: int) -> BloomForCausalLM:
    torch.manual_seed(SEED)
    model = BloomForCausalLM(BloomConfig(
        vocab_size=vocabulary, hidden_size=WIDTH, n_layer=LAYERS, n_head=HEADS, hidden_dropout=0.0,
        attention_dropout=0.0, initializer_range=0.08, bos_token_id=1, eos_token_id=END, pad_token_id=PAD,
    ))
    print(f"{sum(parameter.numel() for parameter in model.parameters())} parameters, {vocabulary} tokens")
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, betas=(0.9, 0.98), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, learning_rate_factor)
    started = time.process_time()
    for step, ids in enumerate(batches(encoded)):
        labels = ids.masked_fill(ids == PAD, -100)
        loss = model(input_ids=ids, attention_mask=(ids != PAD).long(), labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 250 == 0:
            print(f"step {step}: loss {loss.item():.3f}, {time.process_time() - started:.0f} s", flush=True)
    return model


def write_model() -> None:
    texts = documents()
    tokenizer = trained_tokenizer(texts[-4000:])
    encoded = [encoding.ids + [END] for encoding in tokenizer.encode_batch(texts)]
    model = trained_model(encoded, tokenizer.get_vocab_size())
    MODEL.mkdir(parents=True, exist_ok=True)
    model.half().save_pretrained(MODEL)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="<unk>", bos_token="<s>", eos_token="</s>", pad_token="<pad>",
    ).save_pretrained(MODEL)


if __name__ == "__main__":
    torch.set_num_threads(1)
    write_data()
    if sys.argv[1:] != ["data"]:
        write_model()
