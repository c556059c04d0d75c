"""A T5 that learns to answer: the encoder reads a document up to an answer, or with a sentinel in the answer's place,
and the decoder says it."""

import math
import random
import re
from collections import Counter

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast, T5Config, T5ForConditionalGeneration

from world.writer import Document

from .loop import SEED, Recipe, batches, documents, padded, train

WIDTH, HEADS, HEAD_WIDTH, FEED_FORWARD = 96, 4, 24, 256
ENCODER_LAYERS, DECODER_LAYERS = 3, 2
RECIPE = Recipe(steps=7500, batch=24, learning_rate=1e-3, kinds=(3, 2, 6))
SPECIAL_TOKENS = ["<pad>", "</s>", "<unk>"]
PAD, END, UNKNOWN = range(3)
SENTINELS = 10
SHARE_OF_SENTINELS = 0.1
MARK = "▁"
IGNORED = -100


def counted_tokenizer(texts: list[str]) -> Tokenizer:
    """Unigram as T5's: pieces are the words and signs of the texts with their frequencies, and rare letters."""
    counts = Counter(word for text in texts for word in re.findall(r"[A-Za-z]+|[^\sA-Za-z]", text))
    words = {MARK + word: count for word, count in counts.most_common() if word.isalpha()}
    signs = {sign: counts[sign] for sign in sorted(counts) if not sign.isalpha()}
    characters = sorted({MARK, *"".join(words)} | set(map(chr, range(33, 127))))
    letters = {character: 0.1 for character in characters if character not in signs}
    pieces = words | signs | letters
    total = math.log(sum(pieces.values()))
    scores = [(piece, round(math.log(count) - total, 4)) for piece, count in pieces.items()]
    tokenizer = Tokenizer(models.Unigram([(token, 0.0) for token in SPECIAL_TOKENS] + scores, UNKNOWN, False))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme="always"),
    ])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", END)]
    )
    tokenizer.decoder = decoders.Metaspace(replacement=MARK, prepend_scheme="always")
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in SPECIAL_TOKENS])
    sentinels = [f"<extra_id_{number}>" for number in reversed(range(SENTINELS))]
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in sentinels])
    return tokenizer


def exercise(document: Document, rng: random.Random) -> tuple[str, str]:
    """What the encoder reads, one item, and what the decoder is to say."""
    item = rng.choice(document.items)
    answer = item.answer if " " in item.answer else item.answer.removesuffix(".")
    parts = [document.opening, document.remark, item.lead]
    if rng.random() < SHARE_OF_SENTINELS:
        parts.append("<extra_id_0>")
        answer = f"<extra_id_0> {answer} <extra_id_1>"
    return " ".join(part for part in parts if part), answer


def loss_of(model, group) -> torch.Tensor:
    ids, labels = padded([ids for ids, _ in group], PAD), padded([labels for _, labels in group], IGNORED)
    return model(input_ids=ids, attention_mask=(ids != PAD).long(), labels=labels).loss


def write(folder) -> None:
    """Trains the model and writes it with its tokenizer."""
    written = documents(RECIPE)
    tokenizer = counted_tokenizer([str(document) for document in written[-8000:]])
    rng = random.Random(SEED)
    texts, answers = zip(*(exercise(document, rng) for document in written))
    read, said = ([encoding.ids for encoding in tokenizer.encode_batch(list(part))] for part in (texts, answers))
    examples = list(zip(read, said))
    torch.manual_seed(SEED)
    model = T5ForConditionalGeneration(T5Config(
        vocab_size=tokenizer.get_vocab_size(), d_model=WIDTH, d_kv=HEAD_WIDTH, d_ff=FEED_FORWARD, num_heads=HEADS,
        num_layers=ENCODER_LAYERS, num_decoder_layers=DECODER_LAYERS, dropout_rate=0.0, decoder_start_token_id=PAD,
        pad_token_id=PAD, eos_token_id=END,
    ))
    train(model, RECIPE, batches(examples, RECIPE.batch, lambda example: len(example[0])), loss_of)
    model.half().save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="</s>", pad_token="<pad>", unk_token="<unk>",
    ).save_pretrained(folder)
