"""Has torch save matrices in every way that a prompt is found in, and records what torch loads from them.

    python Tests/References/record_torch_prompts.py [--output Tests/Fixtures/exchange/torch] [--shared ../shared]

    NAME.pt         what torch saved, one matrix each
    refused/        files that hold no prompt, or more than one
    values.json     the version; the values of each NAME.pt; sums and corners of the published prompts in ../shared
"""

import argparse
import collections
import json
import shutil
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parents[2]


class Opener:
    """An object whose pickle names a function that must not be called."""

    def __reduce__(self):
        return open, ("/dev/null",)


def matrices():
    """Contents of the files, and where in each the matrix is."""
    torch.manual_seed(11)
    matrix = torch.randn(6, 4)
    module = torch.nn.Embedding(6, 4)
    itself = lambda content: content
    return {
        "single": (matrix, itself),
        "half": (matrix.half(), itself),
        "brain": (matrix.bfloat16(), itself),
        "double": (matrix.double(), itself),
        "transposed": (matrix.T, itself),
        "slice": (matrix[2:5, 1:], itself),
        "batch": (matrix[None], lambda content: content[0]),
        "parameter": (torch.nn.Parameter(matrix), itself),
        "checkpoint": (
            {"model": matrix, "optimizer": {"state": {0: {"step": 7, "mean": matrix * 2}}}, "epoch": 1.5, "name": "x"},
            lambda content: content["model"],
        ),
        "ordered": (collections.OrderedDict(prompt=matrix), lambda content: content["prompt"]),
        "state-dict": (module.state_dict(), lambda content: content["weight"]),
    }


def refused():
    matrix = torch.ones(2, 2)
    return {
        "two-tensors": {"a": matrix, "b": matrix},
        "integers": matrix.long(),
        "vector": torch.ones(4),
        "number": 3,
        "function": Opener(),
        "module": torch.nn.Linear(2, 2),
    }


def published(folder):
    """Sums, as doubles, and first and last values of the matrices that others saved."""
    record = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".pt", ".pkl"):
            continue
        content = torch.load(path, map_location="cpu", weights_only=True)
        matrix = content["model"] if isinstance(content, dict) else content
        record[str(path.relative_to(folder))] = {
            "shape": list(matrix.shape), "sum": matrix.double().sum().item(),
            "first": matrix[0, 0].item(), "last": matrix[-1, -1].item(),
        }
    return record


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=ROOT / "Tests/Fixtures/exchange/torch")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    arguments = parser.parse_args()
    shutil.rmtree(arguments.output, ignore_errors=True)
    (arguments.output / "refused").mkdir(parents=True)
    values = {}
    for name, (content, place) in matrices().items():
        path = arguments.output / f"{name}.pt"
        torch.save(content, path)
        values[name] = place(torch.load(path, weights_only=True)).float().tolist()
    for name, content in refused().items():
        torch.save(content, arguments.output / f"refused/{name}.pt")
    torch.save(torch.ones(2, 2), arguments.output / "refused/old-format.pt", _use_new_zipfile_serialization=False)
    record = {"torch": torch.__version__, "values": values, "published": published(arguments.shared / "data/prompts/torch")}
    (arguments.output / "values.json").write_text(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
