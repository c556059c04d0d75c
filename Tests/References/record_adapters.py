"""Has Sonde write adapters, and records what PEFT reads from them.

    python Tests/References/record_adapters.py [--sonde .build/release/sonde] [--output Tests/Fixtures/exchange]

One folder a source of the prompt: `matrix` (a .npy file) and `text` (an adapter that PEFT saved, begun as a text) for a
BLOOM, `two-stacks` (an adapter as PEFT saves it for a T5 unless told otherwise, with rows for the decoder that it never
reads) for a T5:
    prompt.npy      the source, of `matrix` alone
    source/         the source, of `two-stacks` alone
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
import torch
from peft import PeftModel, PromptTuningConfig, get_peft_model
from transformers import AutoModelForSeq2SeqLM, BloomForCausalLM

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "Tests/Fixtures/bloom/four-heads"
ENCODER_DECODER = ROOT / "Tests/Fixtures/t5/relu-tied"


def write_matrix(folder):
    """Writes a small matrix that is not symmetrical in any way."""
    width = json.loads((BASE / "model/config.json").read_text())["hidden_size"]
    values = numpy.random.default_rng(17).standard_normal((6, width)).astype("<f4")
    numpy.save(folder / "prompt.npy", values)
    return folder / "prompt.npy"


def write_two_stacks(folder):
    """Writes PEFT's own adapter for an encoder-decoder: twice as many rows as the prompt has."""
    torch.manual_seed(23)
    model = AutoModelForSeq2SeqLM.from_pretrained(ENCODER_DECODER / "model", dtype=torch.float32)
    adapted = get_peft_model(model, PromptTuningConfig(task_type="SEQ_2_SEQ_LM", num_virtual_tokens=3))
    adapted.peft_config["default"].base_model_name_or_path = "model"
    adapted.save_pretrained(folder / "source")
    (folder / "source/README.md").unlink(missing_ok=True)
    return folder / "source"


def what_peft_reads(adapter, base):
    """The prompt and the configuration of the model that PEFT makes of an adapter."""
    kind = BloomForCausalLM if base == BASE else AutoModelForSeq2SeqLM
    model = PeftModel.from_pretrained(kind.from_pretrained(base / "model", dtype=torch.float32), adapter).eval()
    with tempfile.TemporaryDirectory() as saved:
        model.save_pretrained(saved)
        configuration = json.loads((Path(saved) / "adapter_config.json").read_text())
    return {
        "versions": {"peft": peft.__version__, "transformers": transformers.__version__},
        "prompt": model.get_prompt_embedding_to_save("default").tolist(),
        "configuration": configuration,
    }


def record(folder, source, options, sonde, base=BASE):
    """Imports a source with Sonde and writes down what PEFT makes of the result."""
    command = [sonde, "prompt", "import", source, folder / "adapter", *options]
    subprocess.run(command, check=True, cwd=base)
    (folder / "peft.json").write_text(json.dumps(what_peft_reads(folder / "adapter", base)) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sonde", type=Path, default=ROOT / ".build/release/sonde")
    parser.add_argument("--output", type=Path, default=ROOT / "Tests/Fixtures/exchange")
    arguments = parser.parse_args()
    sonde, output = arguments.sonde.resolve(), arguments.output.resolve()
    for name in ("matrix", "text", "two-stacks"):
        shutil.rmtree(output / name, ignore_errors=True)
        os.makedirs(output / name)
    record(output / "matrix", write_matrix(output / "matrix"), ["--model", "model"], sonde)
    record(output / "text", "prompt", [], sonde)
    record(output / "two-stacks", write_two_stacks(output / "two-stacks"), [], sonde, ENCODER_DECODER)


if __name__ == "__main__":
    main()
