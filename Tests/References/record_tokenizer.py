"""Records what `tokenizers` makes of hard lines.

    python Tests/References/record_tokenizer.py [--output Tests/Fixtures/tokenizers] [--model ../shared/models/bloom-mini]

    fixture/tokenizer.json    the fixtures' tokenizer, with added tokens of every kind
    gpt2/tokenizer.json       the same vocabulary behind GPT-2's expression, a prefix space and a template
    NAME.jsonl                first the versions and the texts of single tokens (null with a character of value zero);
                              then per line its text and ids; and, where they are not the same again, the ids between
                              special tokens and the texts decoded with and without special tokens
    bloom-mini.jsonl          the same for a checkpoint that is not part of the repository, where it is there
"""

import argparse
import json
from pathlib import Path

import tokenizers
from tokenizers import Tokenizer, pre_tokenizers, processors

from fixture_tokenizer import fixture_tokenizer
from hard_lines import hard_lines

ROOT = Path(__file__).parents[2]


def gpt2_like():
    """A tokenizer as RoBERTa's: GPT-2's expression, a space in front, and special tokens around the text."""
    tokenizer = fixture_tokenizer()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True, trim_offsets=True, use_regex=True)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 1), ("</s>", 2)]
    )
    return tokenizer


def record(tokenizer, file):
    """Writes one object a line, the versions first."""
    rows = [{"tokenizers": tokenizers.__version__, "token_count": tokenizer.get_vocab_size()}]
    for text in hard_lines():
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        facts = {
            "with_special": tokenizer.encode(text, add_special_tokens=True).ids,
            "decoded": tokenizer.decode(ids, skip_special_tokens=False),
            "skipped": tokenizer.decode(ids, skip_special_tokens=True),
        }
        usual = {"with_special": ids, "decoded": text, "skipped": text}
        rows.append({"text": text, "ids": ids, **{key: fact for key, fact in facts.items() if fact != usual[key]}})
    tokens = [tokenizer.decode([id], skip_special_tokens=False) for id in range(min(tokenizer.get_vocab_size(), 500))]
    rows[0]["token_texts"] = [None if "\0" in text else text for text in tokens]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))


def main():
    """Records the fixtures' tokenizers, and bloom-mini where it is there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "Tests" / "Fixtures" / "tokenizers")
    parser.add_argument("--model", type=Path, default=ROOT.parent / "shared" / "models" / "bloom-mini")
    arguments = parser.parse_args()
    for name, tokenizer in (("fixture", fixture_tokenizer()), ("gpt2", gpt2_like())):
        (arguments.output / name).mkdir(parents=True, exist_ok=True)
        tokenizer.save(str(arguments.output / name / "tokenizer.json"))
        record(tokenizer, arguments.output / f"{name}.jsonl")
    if (arguments.model / "tokenizer.json").exists():
        record(Tokenizer.from_file(str(arguments.model / "tokenizer.json")), arguments.output / "bloom-mini.jsonl")


if __name__ == "__main__":
    main()
