"""Rewriting checkpoints as users have them: prefixes, extra tensors and fields that a library no longer writes."""

import json
from pathlib import Path

from safetensors.torch import load_file, save_file


def remove_prefix(folder, prefix):
    """Drops a prefix from every tensor name."""
    for file in Path(folder).glob("*.safetensors"):
        tensors = {name.removeprefix(prefix): tensor for name, tensor in load_file(file).items()}
        save_file(tensors, file, metadata={"format": "pt"})
    for file in Path(folder).glob("*.index.json"):
        index = json.loads(file.read_text())
        index["weight_map"] = {name.removeprefix(prefix): shard for name, shard in index["weight_map"].items()}
        file.write_text(json.dumps(index, indent=2) + "\n")


def add_tensors(folder, more):
    """Adds what `more` makes of the tensors by name."""
    file = Path(folder) / "model.safetensors"
    tensors = load_file(file)
    tensors.update({name: tensor.clone() for name, tensor in more(tensors).items()})
    save_file(tensors, file, metadata={"format": "pt"})


def change_configuration(folder, change):
    """Writes config.json as `change` makes it of its fields."""
    file = Path(folder) / "config.json"
    file.write_text(json.dumps(change(json.loads(file.read_text())), indent=2) + "\n")
