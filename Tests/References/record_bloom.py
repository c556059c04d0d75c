"""Writes tiny BLOOM checkpoints with PEFT prompts and records what transformers and PEFT say about them.

    python Tests/References/record_bloom.py [--output Tests/Fixtures/bloom]

One folder a shape:
    model/                  the checkpoint, as users have it
    prompt/                 a prompt-tuning adapter, saved by PEFT
    rows.jsonl              id, text, candidates, label
    expected.json           versions; per row token ids, log-probabilities, losses, greedy ids; effects of edits
    expected.safetensors    gradient/LOSS/ID      d loss / d prompt, [rows x width]
                            tap/ID/SITE/LAYER     activations with the prompt, [prompt and text positions x width]
                            bare/ID/SITE/LAYER    the same at the answer position without the prompt, [1 x width]

Every number comes from one unpadded sequence at a time in float64 (but for BLOOM's softmax of attention, which is
float32 by its own code), so that the record carries no rounding of batches. Texts and candidates are tokenised apart
and joined. The answer position is the one that predicts a candidate's first token: the last of prompt and text.
"""

import argparse
import json
import os
import shutil
from pathlib import Path

import peft
import tokenizers
import torch
import transformers
from peft import PromptTuningConfig, get_peft_model
from safetensors.torch import save_file
from transformers import BloomForCausalLM

from bloom_checkpoints import SHAPES, random_model, write_checkpoint
from bloom_measurements import NearTie, Subject, edit_cases, measure_edits, measure_row, measure_taps
from fixture_tokenizer import fixture_tokenizer

ROWS = [
    {"id": "yes-no", "text": "Is the river cold? Answer:", "candidates": [" yes", " no"], "label": 0},
    {"id": "unequal", "text": "The film was", "candidates": [" good", " not good at all, says the old man"], "label": 1},
    {"id": "beginning", "text": "It was", "candidates": [" true", " true or false", " tru", " true or"], "label": 2},
    {"id": "one-token", "text": "a", "candidates": [" b", "c", " boat", " Boot"], "label": 0},
    {"id": "scripts", "text": "川は冷たく😀👩‍👩‍👧، هذا صحيح", "candidates": ["。", " نعم", "是的"], "label": 1},
    {"id": "single", "text": "Only one way:", "candidates": [" this"], "label": 0},
    {"id": "same-start", "text": "La mer est", "candidates": [" calme", " calme et froide", " chaude"], "label": 0},
    {"id": "long", "text": "She said that the river was cold, that the boat was old, and that nobody was there. " * 3 + "So it was",
     "candidates": [" cold", " warm and old"], "label": 1},
    {"id": "empty", "text": "", "candidates": [" the", "The probe"], "label": 0},
]
TAPPED_ROWS = ["beginning", "one-token", "scripts", "empty"]
EDITED_ROWS = ["yes-no", "beginning", "one-token", "empty"]


def write_adapter(model, shape, seed):
    """A model with a prompt, saved as PEFT saves it; the working folder is the shape's, so that paths stay relative."""
    torch.manual_seed(seed)
    is_from_text = shape.prompt_text is not None
    configuration = PromptTuningConfig(
        task_type="CAUSAL_LM",
        num_virtual_tokens=shape.prompt_rows,
        prompt_tuning_init="TEXT" if is_from_text else "RANDOM",
        prompt_tuning_init_text=shape.prompt_text,
        tokenizer_name_or_path="model" if is_from_text else None,
    )
    adapted = get_peft_model(model, configuration)
    adapted.peft_config["default"].base_model_name_or_path = "model"
    adapted.save_pretrained("prompt")
    Path("prompt/README.md").unlink(missing_ok=True)
    return adapted


def record_shape(shape, tokenizer, output, seed):
    """Writes the folder of one shape."""
    folder = output / shape.name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "model").mkdir(parents=True)
    os.chdir(folder)
    write_checkpoint(random_model(shape, tokenizer.get_vocab_size(), seed), shape, Path("model"))
    tokenizer.save("model/tokenizer.json")
    special = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    write_json("model/tokenizer_config.json", {"tokenizer_class": "TokenizersBackend", **special})
    model = BloomForCausalLM.from_pretrained("model", dtype=torch.float32).eval()
    adapted = write_adapter(model, shape, seed + 1).double().eval()
    subject = Subject(model, adapted, tokenizer, shape.prompt_rows)

    Path("rows.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS))
    tensors, rows = {}, []
    for row in ROWS:
        facts, gradients = measure_row(subject, row)
        rows.append({**row, **facts})
        tensors.update({f"gradient/{loss}/{row['id']}": gradient for loss, gradient in gradients.items()})
        if row["id"] in TAPPED_ROWS:
            tensors.update(measure_taps(subject, row))
    edited = [row for row in ROWS if row["id"] in EDITED_ROWS]
    edits = [measure_edits(subject, case, edited) for case in edit_cases(shape.layers, shape.width)]
    expected = {"versions": versions(), "seed": seed, "prompt_rows": shape.prompt_rows, "rows": rows, "edits": edits}
    write_json("expected.json", expected)
    tensors = {name: tensor.detach().float().contiguous() for name, tensor in tensors.items()}
    save_file(tensors, "expected.safetensors", metadata={"versions": json.dumps(versions())})


def record_first_seed(shape, tokenizer, output, first_seed):
    """Records the shape from the first seed whose greedy ids are beyond doubt, and says which."""
    for seed in range(first_seed, first_seed + 100, 2):
        try:
            record_shape(shape, tokenizer, output, seed)
            return seed
        except NearTie:
            continue
    raise SystemExit(f"no seed gives {shape.name} clear greedy ids")


def versions():
    """The versions of what is asked."""
    modules = (transformers, peft, tokenizers, torch)
    return {module.__name__: module.__version__.split("+")[0] for module in modules}


def write_json(file, value):
    """Writes an object with one field a line, and lists of objects with one object a line."""
    def text(field):
        compact = [json.dumps(item, ensure_ascii=False) for item in field] if isinstance(field, list) else []
        return "[\n  " + ",\n  ".join(compact) + "\n ]" if compact else json.dumps(field, ensure_ascii=False)

    fields = [f" {json.dumps(key)}: {text(field)}" for key, field in value.items()]
    Path(file).write_text("{\n" + ",\n".join(fields) + "\n}\n")


def main():
    """Records every shape, or those named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path(__file__).parents[1] / "Fixtures" / "bloom")
    parser.add_argument("shapes", nargs="*", help="names of shapes; all of them if none is given")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = fixture_tokenizer()
    output = arguments.output.resolve()
    for number, shape in enumerate(SHAPES):
        if not arguments.shapes or shape.name in arguments.shapes:
            print(f"recorded {shape.name} from seed {record_first_seed(shape, tokenizer, output, 100 * (number + 1))}")


if __name__ == "__main__":
    main()
