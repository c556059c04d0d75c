"""Has Sonde write adapters, and records what PEFT reads from them.

    python Tests/References/record_adapters.py [--sonde .build/release/sonde] [--output Tests/Fixtures/exchange]

One folder a source of the prompt, `matrix` (a .npy file) and `text` (an adapter that PEFT saved, begun as a text):
    prompt.npy      the source, of `matrix` alone
    adapter/        what `sonde prompt import` writes
    peft.json       versions; the prompt that PEFT hands to the model; the configuration that PEFT saves again
"""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy
import peft
import transformers
from peft import PeftModel
from transformers import BloomForCausalLM

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "Tests/Fixtures/bloom/four-heads"


def write_matrix(folder):
    """Writes a small matrix that is not symmetrical in any way."""
    width = json.loads((BASE / "model/config.json").read_text())["hidden_size"]
    values = numpy.random.default_rng(17).standard_normal((6, width)).astype("<f4")
    numpy.save(folder / "prompt.npy", values)
    return folder / "prompt.npy"


def what_peft_reads(adapter):
    """The prompt and the configuration of the model that PEFT makes of an adapter."""
    model = PeftModel.from_pretrained(BloomForCausalLM.from_pretrained(BASE / "model"), adapter)
    with tempfile.TemporaryDirectory() as saved:
        model.save_pretrained(saved)
        configuration = json.loads((Path(saved) / "adapter_config.json").read_text())
    return {
        "versions": {"peft": peft.__version__, "transformers": transformers.__version__},
        "prompt": model.get_prompt_embedding_to_save("default").tolist(),
        "configuration": configuration,
    }


def record(folder, source, options, sonde):
    """Imports a source with Sonde and writes down what PEFT makes of the result."""
    command = [sonde, "prompt", "import", source, folder / "adapter", *options]
    subprocess.run(command, check=True, cwd=BASE)
    (folder / "peft.json").write_text(json.dumps(what_peft_reads(folder / "adapter")) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sonde", type=Path, default=ROOT / ".build/release/sonde")
    parser.add_argument("--output", type=Path, default=ROOT / "Tests/Fixtures/exchange")
    arguments = parser.parse_args()
    sonde, output = arguments.sonde.resolve(), arguments.output.resolve()
    for name in ("matrix", "text"):
        shutil.rmtree(output / name, ignore_errors=True)
        os.makedirs(output / name)
    record(output / "matrix", write_matrix(output / "matrix"), ["--model", "model"], sonde)
    record(output / "text", "prompt", [], sonde)


if __name__ == "__main__":
    main()
