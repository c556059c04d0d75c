"""Records how far dropout moves and scatters what tiny models say, over many draws, into Tests/Fixtures/dropout.json.

    python Tests/References/record_dropout.py [--output Tests/Fixtures/dropout.json]

The checkpoints are those of record_bloom.py, record_roberta.py and record_t5.py with their PEFT prompts, and with the
rates that stand in `configuration` here: rates of hidden states and of attention differ, so that one cannot stand for
the other. For each: mean and standard deviation of the log-probability of a row's first candidate over DRAWS passes in
training mode, and the value without dropout.
"""

import argparse
import json
from pathlib import Path

import torch
import transformers
from peft import PeftModel
from safetensors.torch import load_file
from tokenizers import Tokenizer

from bloom_subject import BloomSubject
from recording import versions
from roberta_subject import RobertaSubject
from t5_subject import T5Subject

FIXTURES = Path(__file__).resolve().parents[1] / "Fixtures"
DRAWS = 6000
CASES = [
    {"model": "bloom/four-heads", "layout": None, "row": "beginning",
     "configuration": {"hidden_dropout": 0.2, "attention_dropout": 0.35}},
    {"model": "roberta/three-heads", "layout": "cloze", "row": "beginning",
     "configuration": {"hidden_dropout_prob": 0.2, "attention_probs_dropout_prob": 0.35}},
    {"model": "t5/gated-untied", "layout": None, "row": "beginning", "configuration": {"dropout_rate": 0.2}},
]
KINDS = {
    "bloom": transformers.AutoModelForCausalLM,
    "roberta": transformers.AutoModelForMaskedLM,
    "t5": transformers.AutoModelForSeq2SeqLM,
}


def subject_of(case):
    folder = FIXTURES / case["model"]
    family = case["model"].split("/")[0]
    model = KINDS[family].from_pretrained(
        folder / "model", dtype=torch.float32, attn_implementation="eager", **case["configuration"]
    )
    tokenizer = Tokenizer.from_file(str(folder / "model/tokenizer.json"))
    prompt = load_file(folder / "prompt/adapter_model.safetensors")["prompt_embeddings"].float()
    if family == "roberta":
        return RobertaSubject(model, prompt, tokenizer, case["layout"])
    adapted = PeftModel.from_pretrained(model, folder / "prompt")
    return (BloomSubject if family == "bloom" else T5Subject)(model, adapted, tokenizer, len(prompt))


@torch.no_grad()
def recorded(case):
    subject = subject_of(case)
    folder = FIXTURES / case["model"] / (case["layout"] or "")
    rows = map(json.loads, (folder / "rows.jsonl").read_text().splitlines())
    row = next(row for row in rows if row["id"] == case["row"])
    text, candidate = subject.text_ids(row["text"]), subject.candidate_ids(row["candidates"][0])
    module = getattr(subject, "adapted", subject.model)

    def score():
        return subject.token_log_probabilities(text, candidate, True).double().sum()

    module.eval()
    plain = score().item()
    module.train()
    torch.manual_seed(1)
    draws = torch.stack([score() for _ in range(DRAWS)])
    return {
        **case, "text_ids": text, "candidate_ids": candidate, "plain": plain, "draws": DRAWS,
        "mean": draws.mean().item(), "deviation": draws.std().item(),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=FIXTURES / "dropout.json")
    output = parser.parse_args().output
    torch.set_num_threads(1)
    record = {"versions": versions(), "cases": [recorded(case) for case in CASES]}
    output.write_text(json.dumps(record, indent=1) + "\n")


if __name__ == "__main__":
    main()
