"""Writes tiny BLOOM checkpoints with PEFT prompts and records what transformers and PEFT say about them.

    python Tests/References/record_bloom.py [--output Tests/Fixtures/bloom] [SHAPE ...]

One folder a shape:
    model/                  the checkpoint, as users have it
    prompt/                 a prompt-tuning adapter, saved by PEFT
    rows.jsonl, expected.json, expected.safetensors
                            questions and answers, in the format that recording.py states; the positions of a tap are
                            those of prompt and text, and without the prompt the answer position

Every number comes from one unpadded sequence at a time in float64 (but for BLOOM's softmax of attention, which is
float32 by its own code), so that the record carries no rounding of batches. Texts and candidates are tokenised apart
and joined. The answer position is the one that predicts a candidate's first token: the last of prompt and text.
"""

from pathlib import Path

import torch
from transformers import BloomForCausalLM

from bloom_checkpoints import SHAPES, random_model, write_checkpoint
from bloom_subject import BloomSubject
from fixture_tokenizer import fixture_tokenizer
from recording import Questions, main, prompt_configuration, write_adapter, write_answers, write_tokenizer

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
QUESTIONS = Questions(
    ROWS, tapped=["beginning", "one-token", "scripts", "empty"], edited=["yes-no", "beginning", "one-token", "empty"]
)


def record_shape(shape, seed):
    """Writes the folder of one shape: the working folder."""
    tokenizer = fixture_tokenizer()
    write_checkpoint(random_model(shape, tokenizer.get_vocab_size(), seed), shape, Path("model"))
    special = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    write_tokenizer(tokenizer, special, is_pretty=True)
    model = BloomForCausalLM.from_pretrained("model", dtype=torch.float32).eval()
    adapted = write_adapter(model, prompt_configuration(shape, "CAUSAL_LM"), seed + 1).double().eval()
    subject = BloomSubject(model, adapted, tokenizer, shape.prompt_rows)
    facts = {"seed": seed, "prompt_rows": shape.prompt_rows}
    write_answers(subject, QUESTIONS, facts, has_weight_gradients=shape.has_weight_gradients)


if __name__ == "__main__":
    main(__doc__, "bloom", SHAPES, record_shape)
