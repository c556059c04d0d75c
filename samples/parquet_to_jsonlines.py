"""Turns Hugging Face's Parquet files into JSON lines, which Sonde reads: python parquet_to_jsonlines.py FILE...

train-00000-of-00001.parquet becomes train.jsonl beside it; further parts of a split follow the first. A label of -1, which
stands for none, is left out. Needs pyarrow.
"""

import json
import sys
from pathlib import Path

import pyarrow.parquet

written = set()
for source in sorted(map(Path, sys.argv[1:])):
    target = source.with_name(source.stem.split("-")[0] + ".jsonl")
    with open(target, "a" if target in written else "w", encoding="utf-8") as lines:
        for row in pyarrow.parquet.read_table(source).to_pylist():
            row = {key: value for key, value in row.items() if (key, value) != ("label", -1)}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    written.add(target)
