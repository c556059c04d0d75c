"""Writes tiny RoBERTa checkpoints with prompts and records what transformers says about them.

    python Tests/References/record_roberta.py [--output Tests/Fixtures/roberta] [SHAPE ...]

One folder a shape:
    model/                  the checkpoint, as users have it
    prompt/                 a prompt-tuning adapter, saved by PEFT
    cloze/, leading-mask/   rows.jsonl, expected.json, expected.safetensors: questions and answers for each placement
                            of the prompt (roberta_subject.py says what they are), in the format that recording.py
                            states. expected.json has besides: `placement`; `prompt_first`, the place of the first
                            prompt row; per row `answer`, the place of the answer position

Ids are those of the whole text, `<s> ... </s>`; a candidate is a single token. Log-probabilities come from the softmax
over the whole vocabulary at the answer position. The positions of a tap are all places of the sequence in their order
(without the prompt the answer position). Sites: `embedding` enters layer 0, behind the layer norm of the embeddings;
`ffn.activation` is behind the GELU; `attention.output` is the output of attention.output.dense, before the residual
is added; `residual` is a layer's output, behind its last layer norm. PEFT has no task type for masked models and no
such placements, so that only its file is PEFT's and the embeddings are joined here. Every number comes from one
unpadded sequence at a time in float64, without dropout.
"""

from pathlib import Path

import torch
from transformers import RobertaForMaskedLM

from recording import Questions, main, prompt_configuration, write_adapter, write_answers, write_tokenizer
from roberta_checkpoints import SHAPES, random_model, write_checkpoint
from roberta_subject import RobertaSubject
from roberta_tokenizer import roberta_tokenizer

LONG = "She said that the river was cold, that the boat was old, and nobody was there. So it was"

CLOZE_ROWS = [
    {"id": "yes-no", "text": "Is the river cold? Answer:<mask>.", "candidates": [" yes", " no"], "label": 0},
    {"id": "space", "text": "The film was <mask>, he said", "candidates": ["good", " good", " bad"], "label": 1},
    {"id": "beginning", "text": "<mask> was the boat.", "candidates": ["It", " the", "a", "!"], "label": 3},
    {"id": "one-token", "text": "a<mask>", "candidates": [" b", "c"], "label": 0},
    {"id": "scripts", "text": "川は冷たく😀👩‍👩‍👧、 <mask> هذا صحيح", "candidates": [".", " no"], "label": 1},
    {"id": "pair", "text": "It was bad.</s>Was it good? <mask>", "candidates": [" yes", " no"], "label": 1},
    {"id": "single", "text": "Only one way:<mask>", "candidates": [" it"], "label": 0},
    {"id": "long", "text": LONG + "<mask> there, by the river", "candidates": [" good", " bad"], "label": 1},
    {"id": "only-mask", "text": "<mask>", "candidates": [" the", "."], "label": 0},
]
LEADING_MASK_ROWS = [
    {"id": "sentence", "text": "The film was good.", "candidates": ["good", " bad"], "label": 0},
    {"id": "pair", "text": "It was bad.</s>Was it good?", "candidates": [" yes", " no"], "label": 1},
    {"id": "one-token", "text": "a", "candidates": [" b", "c", "It"], "label": 2},
    {"id": "scripts", "text": "川は冷たく😀👩‍👩‍👧、 هذا صحيح", "candidates": [".", " no"], "label": 1},
    {"id": "single", "text": "Only one way", "candidates": [" it"], "label": 0},
    {"id": "long", "text": LONG + " there, by the river.", "candidates": [" good", " bad"], "label": 1},
    {"id": "empty", "text": "", "candidates": [" the", "."], "label": 0},
]
QUESTIONS = {
    "cloze": Questions(CLOZE_ROWS, ["one-token", "pair"], ["beginning", "only-mask"]),
    "leading-mask": Questions(LEADING_MASK_ROWS, ["one-token", "pair"], ["pair", "empty"]),
}


def record_shape(shape, seed):
    """Writes the folder of one shape: the working folder."""
    tokenizer = roberta_tokenizer(shape.has_template)
    write_checkpoint(random_model(shape, tokenizer.get_vocab_size(), seed), shape, Path("model"))
    special = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    special |= {"cls_token": "<s>", "sep_token": "</s>", "mask_token": "<mask>"}
    write_tokenizer(tokenizer, special)
    model = RobertaForMaskedLM.from_pretrained("model", dtype=torch.float32).eval()
    adapted = write_adapter(model, prompt_configuration(shape, "FEATURE_EXTRACTION"), seed + 1).double().eval()
    prompt = adapted.prompt_encoder["default"].embedding.weight
    for placement, questions in QUESTIONS.items():
        subject = RobertaSubject(model, prompt, tokenizer, placement)
        facts = {"seed": seed, "placement": placement, "prompt_rows": shape.prompt_rows,
                 "prompt_first": subject.prompt_first}
        has_weight_gradients = shape.has_weight_gradients and placement == "cloze"
        write_answers(subject, questions, facts, Path(placement), has_weight_gradients)


if __name__ == "__main__":
    main(__doc__, "roberta", SHAPES, record_shape)
