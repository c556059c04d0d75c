"""Records what `tokenizers` makes of hard lines.

    python Tests/References/record_tokenizer.py [--output Tests/Fixtures/tokenizers] [--shared ../shared]

    fixture/tokenizer.json    the fixtures' tokenizer, with added tokens of every kind
    gpt2/tokenizer.json       the same vocabulary behind GPT-2's expression, a prefix space and a template
    unigram/tokenizer.json    a unigram model as T5's, with a small map of characters
    NAME.jsonl                first the version, the special tokens before and after a text, and the texts of single
                              tokens (null with a character of value zero); then per line its text and ids; and, where
                              they are not the same again, the text decoded with and that without special tokens
    bloom-mini.jsonl          the same for checkpoints and files that are not part of the repository, where they are
    roberta-base.jsonl        there: a tokenizer.json, vocab.json with merges.txt, spiece.model; the latter two as
    t5.jsonl                  transformers makes a tokenizer of them
    components.jsonl          every supported component with all its options, on a few lines: tokenizer_components.py
"""

import argparse
import json
import math
from collections import Counter
from pathlib import Path

import tokenizers
from tokenizers import Tokenizer, pre_tokenizers, processors
from transformers import RobertaTokenizer, T5Tokenizer

from fixture_tokenizer import SENTENCES, fixture_tokenizer
from hard_lines import hard_lines
from spiece import pieces_and_character_map
from t5_tokenizer import SPECIAL_TOKENS, t5_tokenizer
from tokenizer_components import CHARACTERS, component_rows, sequence

ROOT = Path(__file__).parents[2]


def gpt2_like():
    """A tokenizer as RoBERTa's: GPT-2's expression, a space in front, and special tokens around the text."""
    tokenizer = fixture_tokenizer()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True, trim_offsets=True, use_regex=True)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 1), ("</s>", 2)]
    )
    return tokenizer


def unigram_like_t5():
    """The T5 fixtures' tokenizer with more pieces, many of which are as probable as others, and a map of characters."""
    root = json.loads(t5_tokenizer().to_str())
    words = ["▁" + word for sentence in SENTENCES for word in sentence.split()]
    counts = Counter(word[start:end] for word in words for end in range(len(word) + 1) for start in range(max(0, end - 6), end))
    pieces = [piece for piece, _ in counts.most_common(600)]
    scores = [[piece, round(math.log(counts[piece] * len(piece) / counts.total()), 2)] for piece in pieces]
    root["model"]["vocab"] = [[token, 0.0] for token in SPECIAL_TOKENS] + scores
    root["added_tokens"] = [token for token in root["added_tokens"] if token["id"] < len(SPECIAL_TOKENS)]
    root["normalizer"] = sequence("normalizers", {"type": "Precompiled", "precompiled_charsmap": CHARACTERS})
    tokenizer = Tokenizer.from_str(json.dumps(root))
    tokenizer.add_special_tokens([f"<extra_id_{number}>" for number in reversed(range(3))])
    return tokenizer


def roberta_base(folder):
    """What transformers makes of RoBERTa's two files."""
    return RobertaTokenizer.from_pretrained(folder)._tokenizer


def t5(folder):
    """What transformers makes of T5's file, whose sentinels follow the pieces, the last first."""
    pieces, character_map = pieces_and_character_map(folder / "spiece.model")
    pieces += [(f"<extra_id_{number}>", 0.0) for number in reversed(range(100))]
    return T5Tokenizer(vocab=pieces, _spm_precompiled_charsmap=character_map)._tokenizer


def record(tokenizer, file):
    """Writes one object a line, that of the tokenizer first."""
    plain, marked = (tokenizer.encode("a", add_special_tokens=has_special).ids for has_special in (False, True))
    start = marked.index(plain[0])
    before, after = marked[:start], marked[start + len(plain) :]
    rows = [{"tokenizers": tokenizers.__version__, "token_count": tokenizer.get_vocab_size(), "before": before, "after": after}]
    for text in hard_lines():
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        assert tokenizer.encode(text, add_special_tokens=True).ids == before + ids + after
        decoded = tokenizer.decode(ids, skip_special_tokens=False)
        skipped = tokenizer.decode(ids, skip_special_tokens=True)
        facts = ({"decoded": decoded} if decoded != text else {}) | ({"skipped": skipped} if skipped != decoded else {})
        rows.append({"text": text, "ids": ids, **facts})
    # After another token, since a decoder may drop a space in front of the first.
    decoded = [tokenizer.decode([0, id], skip_special_tokens=False) for id in range(min(tokenizer.get_vocab_size(), 500))]
    first = tokenizer.decode([0], skip_special_tokens=False)
    texts = [text.removeprefix(first) for text in decoded]
    rows[0]["token_texts"] = [None if "\0" in text else text for text in texts]
    write(rows, file)


def write(rows, file):
    """Writes one object a line."""
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def main():
    """Records the fixtures' tokenizers, and those of the shared folder where it is there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "Tests" / "Fixtures" / "tokenizers")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    arguments = parser.parse_args()
    for name, tokenizer in (("fixture", fixture_tokenizer()), ("gpt2", gpt2_like()), ("unigram", unigram_like_t5())):
        (arguments.output / name).mkdir(parents=True, exist_ok=True)
        tokenizer.save(str(arguments.output / name / "tokenizer.json"))
        record(tokenizer, arguments.output / f"{name}.jsonl")
    write(component_rows(), arguments.output / "components.jsonl")
    if arguments.shared.exists():
        bloom_mini = Tokenizer.from_file(str(arguments.shared / "models" / "bloom-mini" / "tokenizer.json"))
        files = arguments.shared / "data" / "tokenizers"
        shared = {"bloom-mini": bloom_mini, "roberta-base": roberta_base(files / "roberta-base"), "t5": t5(files / "t5")}
        for name, tokenizer in shared.items():
            record(tokenizer, arguments.output / f"{name}.jsonl")


if __name__ == "__main__":
    main()
