"""The small unigram tokenizer of the T5 fixtures, built as T5's tokenizer.json: `<pad>` 0, `</s>` 1, `<unk>` 2, pieces,
and at the end the sentinels, the last of which is `<extra_id_0>`.

Pieces and scores follow from the sentences by counting, not by training: whole words, a few endings, and all letters
of the Latin sentences. Any other letter is unknown.
"""

import json
import math
from collections import Counter

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors

from fixture_tokenizer import SENTENCES

SPECIAL_TOKENS = ["<pad>", "</s>", "<unk>"]
SENTINELS = 4
MARK = "▁"
MORE_WORDS = "yes no true false good bad or calme chaude".split()
ENDINGS = ["s", "er", "ing", "ed", "e", "at", "ou", "th", "an", "re", "tr"]


def pieces():
    """Pieces with their log-probabilities: words by their number, endings and letters as rarer ones."""
    words = [word for sentence in SENTENCES if max(sentence) < "ɐ" for word in sentence.split()] + MORE_WORDS
    counts = Counter(MARK + word for word in words)
    whole = {word: count for word, count in counts.items() if count > 1 or word[1:] in MORE_WORDS}
    letters = sorted({letter for word in words for letter in word} | {MARK})
    numbers = whole | {ending: 0.5 for ending in ENDINGS} | {letter: 0.02 for letter in letters if letter not in ENDINGS}
    total = sum(numbers.values())
    # No two scores are equal, so that no segmentation is a tie.
    scores = [math.log(number / total) - 0.01 * place for place, number in enumerate(numbers.values())]
    return [(piece, round(score, 4)) for piece, score in zip(numbers, scores)]


def t5_tokenizer():
    """The same on every call."""
    vocabulary = [(token, 0.0) for token in SPECIAL_TOKENS] + pieces()
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=2, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(replacement=MARK, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)]
    )
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in SPECIAL_TOKENS])
    tokenizer.add_special_tokens(
        [AddedToken(f"<extra_id_{number}>", normalized=False) for number in reversed(range(SENTINELS))]
    )
    return tokenizer


def use_old_metaspace(file):
    """Rewrites a tokenizer.json with the fields of Metaspace as files of 2020 have them."""
    fields = json.loads(file.read_text())
    for part in (fields["pre_tokenizer"]["pretokenizers"][1], fields["decoder"]):
        del part["prepend_scheme"], part["split"]
        part["add_prefix_space"] = True
    file.write_text(json.dumps(fields, ensure_ascii=False))
    reloaded, tokenizer = Tokenizer.from_file(str(file)), t5_tokenizer()
    assert all(reloaded.encode(text).ids == tokenizer.encode(text).ids for text in SENTENCES)
