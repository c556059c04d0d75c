"""A byte-level BPE tokenizer as large as BLOOM's: 250,680 tokens with random merges that agree with each other."""

import random

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers

from fixture_tokenizer import BLOOM_PATTERN
from hard_lines import BLOCKS

SPECIAL = ["<unk>", "<s>", "</s>", "<pad>"]
# In characters of the byte alphabet, of which some stand for a part of a letter.
LONGEST_PIECE = 13


def spelt(text, byte_level=pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)):
    """The text in the byte alphabet."""
    return byte_level.pre_tokenize_str(text)[0][0]


def large_tokenizer(token_count=250_680, seed=3):
    """The same tokenizer for the same numbers; pieces join two of the same script that came before."""
    generator = random.Random(seed)
    vocabulary = {piece: id for id, piece in enumerate(SPECIAL + sorted(pre_tokenizers.ByteLevel.alphabet()))}
    merges = []

    def join(left, right):
        if left + right in vocabulary or len(left + right) > LONGEST_PIECE:
            return False
        vocabulary[left + right] = len(vocabulary)
        merges.append((left, right))
        return True

    scripts = ["etaoinshrdlucmfwypvbgkqjxz"] + [
        [chr(code) for code in range(first, last + 1)][:: max(1, (last - first) // 60)] for first, last in BLOCKS
    ]
    for number, letters in enumerate(scripts, 1):
        beginnings, continuations = [], []
        for letter in map(spelt, letters):
            for length in range(2, len(letter) + 1):
                join(letter[: length - 1], letter[length - 1])
            join("Ġ", letter)
            beginnings += [letter, "Ġ" + letter]
            continuations.append(letter)
        target = token_count if number == len(scripts) else token_count * number // len(scripts)
        while len(vocabulary) < target:
            left = beginnings[int(len(beginnings) * generator.random() ** 2)]
            right = continuations[int(len(continuations) * generator.random() ** 3)]
            if join(left, right):
                beginnings.append(left + right)
                if left[0] != "Ġ":
                    continuations.append(left + right)
    tokenizer = Tokenizer(models.BPE(vocabulary, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(BLOOM_PATTERN), behavior="isolated", invert=False),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(SPECIAL)
    return tokenizer
