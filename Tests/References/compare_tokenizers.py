"""Compares `sonde tokens` with `tokenizers` on ten thousand lines of mixed scripts, emoji, controls and random bytes.

    python Tests/References/compare_tokenizers.py [--sonde .build/release/sonde] [--lines 10000] [TOKENIZER.json ...]

Without a file: a tokenizer of BLOOM's size, made here, those of the fixtures, and RoBERTa's and T5's own files where
../shared has them. Ids have to be the same, and so do the texts of these ids. Ends with status 1 and the first lines
that differ if they are not.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tokenizers import Tokenizer

from bloom_checkpoints import Shape, random_model, write_checkpoint
from hard_lines import hard_lines, random_lines
from large_tokenizer import large_tokenizer
from record_tokenizer import roberta_base, t5

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "Tests" / "Fixtures" / "tokenizers"
SHARED = ROOT.parent / "shared" / "data" / "tokenizers"


def answers(sonde, model, rows, *flags):
    """What `sonde tokens` makes of each row, and how long it took."""
    text = "".join(json.dumps(row) + "\n" for row in rows)
    start = time.perf_counter()
    run = subprocess.run(
        [sonde, "tokens", "--model", model, "--lines", *flags], input=text, stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(line) for line in run.stdout.split("\n")[:-1]], time.perf_counter() - start


def differences(what, lines, ours, theirs):
    """Prints the first lines on which two answers differ, and returns how many there are."""
    if len(ours) != len(theirs):
        sys.exit(f"{len(theirs)} lines went in, {len(ours)} came out")
    wrong = [index for index, pair in enumerate(zip(ours, theirs)) if pair[0] != pair[1]]
    for index in wrong[:5]:
        print(f"  {what} of line {index}, {lines[index]!r}:\n    ours   {ours[index]!r}\n    theirs {theirs[index]!r}")
    return len(wrong)


def compare(sonde, reference, files, lines):
    """Compares one tokenizer, whose files go into a checkpoint of its own; returns the number of lines that differ."""
    count = reference.get_vocab_size()
    with tempfile.TemporaryDirectory() as folder:
        shape = Shape("any", heads=1, width=8, layers=1, prompt_rows=1)
        write_checkpoint(random_model(shape, count, seed=0), shape, Path(folder))
        for name, file in files.items():
            shutil.copy(file, Path(folder) / name)
        ids = [encoding.ids for encoding in reference.encode_batch(lines, add_special_tokens=False)]
        ours, seconds = answers(sonde, folder, lines)
        wrong = differences("ids", lines, ours, ids)
        texts, _ = answers(sonde, folder, ids, "--decode")
        wrong += differences("text", lines, texts, reference.decode_batch(ids))
    print(f"{', '.join(map(str, files.values()))}: {count} tokens, {len(lines)} lines, {seconds:.1f} s, {wrong} differences")
    return wrong


def main():
    """Compares every tokenizer that is named, or those that are always at hand."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="TOKENIZER.json")
    parser.add_argument("--sonde", type=Path, default=ROOT / ".build" / "release" / "sonde")
    parser.add_argument("--lines", type=int, default=10_000)
    arguments = parser.parse_args()
    lines = (hard_lines() + random_lines(arguments.lines, seed=9))[: arguments.lines]
    with tempfile.TemporaryDirectory() as folder:
        others = {}
        if not arguments.files:
            large_tokenizer().save(f"{folder}/large.json")
            arguments.files = [Path(folder) / "large.json", *sorted(FIXTURES.glob("*/tokenizer.json"))]
            others = {"roberta-base": roberta_base, "t5": t5} if SHARED.exists() else {}
        subjects = [(Tokenizer.from_file(str(file)), {"tokenizer.json": file}) for file in arguments.files]
        for name, reference in others.items():
            subjects.append((reference(SHARED / name), {file.name: file for file in (SHARED / name).iterdir()}))
        wrong = sum([compare(arguments.sonde.resolve(), reference, files, lines) for reference, files in subjects])
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
