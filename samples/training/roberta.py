"""A RoBERTa that learns to fill in masks: the last words of answers, and one token in twelve of the others."""

import random

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast, RobertaConfig, RobertaForMaskedLM

from world.lexicon import REPLY_NOUNS, REPLY_PHRASES
from world.writer import Document, Item, Writer

from .loop import SEED, Recipe, batches, documents, padded, train

WIDTH, LAYERS, HEADS, POSITIONS = 96, 3, 4, 130
RECIPE = Recipe(steps=10_000, batch=24, learning_rate=1.5e-3, kinds=(2, 4, 5))
SPECIAL_TOKENS = ["<s>", "<pad>", "</s>", "<unk>"]
START, PAD, END, UNKNOWN = range(4)
MASK = "<mask>"
SHARE_OF_MASKS = 1 / 12
# Of an event's two sentences the one that comes first in the alphabet is told more often, for the reason for which
# people are gossiped about more than goods: see SHARE_OF_PEOPLE.
SHARE_OF_LATER_SENTENCES = 0.25
IGNORED = -100


def trained_tokenizer(texts: list[str]) -> Tokenizer:
    """Byte-level BPE as RoBERTa's: `<s> text </s>`, and a mask that takes the space before it along."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", END), ("<s>", START), trim_offsets=True, add_prefix_space=False
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1500, special_tokens=SPECIAL_TOKENS, show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_special_tokens([AddedToken(MASK, lstrip=True, normalized=False)])
    return tokenizer


def asked(item: Item, writer: Writer) -> tuple[str, str]:
    """An item with a mask for the last word of its answer, and that word.

    Half of the events, whose answers are sentences, become questions: one of the two sentences is told, and the answer
    is the writer's yes or no to it.
    """
    lead, answer = item.lead, item.answer
    if item.opposite and writer.rng.random() < 0.5:
        told = sorted((item.answer, item.opposite))[writer.rng.random() < SHARE_OF_LATER_SENTENCES]
        lead = f"{lead} {told} {writer.phrase_or_noun(REPLY_PHRASES, REPLY_NOUNS)}".rstrip()
        answer = "yes" if told == item.answer else "no"
    *words, last = answer.removesuffix(".").split(" ")
    return " ".join([lead, *words]) + MASK + ".", " " + last


def excerpt(document: Document, writer: Writer) -> tuple[str, str]:
    """One item of a document with a masked answer, and that answer."""
    text, answer = asked(writer.rng.choice(document.items), writer)
    if document.remark:
        text = f"{text} {document.remark}"
    return (f"{document.opening}\n{text}" if document.opening else text), answer


class Masks:
    """Examples with masks: ids and labels, which are ignored but at masks."""

    def __init__(self, tokenizer: Tokenizer):
        self.rng, self.tokenizer, self.mask = random.Random(SEED), tokenizer, tokenizer.token_to_id(MASK)

    def example(self, ids: list[int], answer: str) -> tuple[list[int], list[int]]:
        labels = [IGNORED] * len(ids)
        for place, token in enumerate(ids):
            if token == self.mask:
                labels[place] = self.tokenizer.encode(answer, add_special_tokens=False).ids[0]
            elif token > UNKNOWN and self.rng.random() < SHARE_OF_MASKS:
                labels[place] = token
        return [self.mask if label != IGNORED else token for token, label in zip(ids, labels)], labels


def loss_of(model, group) -> torch.Tensor:
    ids, labels = padded([ids for ids, _ in group], PAD), padded([labels for _, labels in group], IGNORED)
    hidden = model.roberta(input_ids=ids, attention_mask=(ids != PAD).long()).last_hidden_state
    is_masked = labels != IGNORED
    return torch.nn.functional.cross_entropy(model.lm_head(hidden[is_masked]), labels[is_masked])


def wave_positions(width: int, count: int) -> torch.Tensor:
    """Position embeddings to begin with, in which neighbours are alike: without them a model of this size looks for
    its neighbours for most of the training."""
    angles = torch.arange(count)[:, None] / 1000 ** (torch.arange(0, width, 2) / width)
    return 0.1 * torch.cat([angles.sin(), angles.cos()], dim=1)


def write(folder) -> None:
    """Trains the model and writes it with its tokenizer."""
    written = documents(RECIPE)
    tokenizer = trained_tokenizer([str(document) for document in written[-4000:]])
    writer, masks = Writer(random.Random(SEED), RECIPE.kinds), Masks(tokenizer)
    texts, answers = zip(*(excerpt(document, writer) for document in written))
    encoded = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    examples = [masks.example(ids, answer) for ids, answer in zip(encoded, answers)]
    torch.manual_seed(SEED)
    model = RobertaForMaskedLM(RobertaConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=WIDTH, num_hidden_layers=LAYERS, num_attention_heads=HEADS,
        intermediate_size=4 * WIDTH, max_position_embeddings=POSITIONS, type_vocab_size=1, layer_norm_eps=1e-5,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, initializer_range=0.08,
        bos_token_id=START, pad_token_id=PAD, eos_token_id=END,
    ))
    with torch.no_grad():
        model.roberta.embeddings.position_embeddings.weight.copy_(wave_positions(WIDTH, POSITIONS))
    train(model, RECIPE, batches(examples, RECIPE.batch, lambda example: len(example[0])), loss_of)
    model.half().save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", pad_token="<pad>", eos_token="</s>", unk_token="<unk>",
        cls_token="<s>", sep_token="</s>", mask_token=MASK,
    ).save_pretrained(folder)
