"""Writes tiny T5 checkpoints with PEFT prompts and records what transformers and PEFT say about them.

    python Tests/References/record_t5.py [--output Tests/Fixtures/t5] [SHAPE ...]

One folder a shape:
    model/                  the checkpoint, as users have it
    prompt/                 a prompt-tuning adapter for the encoder alone, saved by PEFT
    rows.jsonl, expected.json, expected.safetensors
                            questions and answers, in the format that recording.py states

Text and candidates are tokenised with their `</s>`, which is scored like any token; the prompt stands in front of the
encoder's text. The answer position is the decoder's first, that of the start token, which predicts a candidate's first
token. Scores are sums over a candidate's tokens with `</s>`; `first_token` has the same for the first token alone, and
gradient/first-LOSS/ID its gradients: its language loss is the cross-entropy of that one token. Greedy ids go on behind
`</s>`.

Taps: the encoder's positions are prompt and text, the decoder's is the answer position. Sites, in either stack:
`embedding` enters block 0; `ffn.activation` is behind the non-linearity (gated: gelu(wi_0 x), before the product);
`attention.output` is the output of self-attention, before the residual is added; `residual` is a block's output, before
the stack's final layer norm. Cross-attention is no site. An edit of the decoder at all positions touches the start
token and a candidate's tokens but its last.

Every number comes from one unpadded sequence at a time in float64, without dropout (but for the variance in RMS norms
and the logarithm that chooses a bucket, which are float32 by T5's own code).
"""

from pathlib import Path

import torch
from transformers import T5ForConditionalGeneration

from recording import Questions, main, prompt_configuration, write_adapter, write_answers, write_tokenizer
from t5_checkpoints import SHAPES, random_model, write_checkpoint
from t5_subject import T5Subject
from t5_tokenizer import t5_tokenizer, use_old_metaspace

ROWS = [
    {"id": "yes-no", "text": "Is the river cold?", "candidates": ["yes", "no"], "label": 1},
    {"id": "unequal", "text": "The film was", "candidates": ["good", "not good at all, says the old man"], "label": 1},
    {"id": "beginning", "text": "It was", "candidates": ["true", "true or false", "tru", "true or"], "label": 2},
    {"id": "one-token", "text": "a", "candidates": ["yes", "b", "boat", "Boot"], "label": 1},
    {"id": "sentinels", "text": "The <extra_id_0> was <extra_id_1> old.", "label": 0,
     "candidates": ["<extra_id_0> river <extra_id_1> not", "<extra_id_2> boat"]},
    {"id": "scripts", "text": "川は冷たく😀 {it}\n\twas هذا صحيح", "candidates": ["。", "no نعم"], "label": 1},
    {"id": "single", "text": "Only one way:", "candidates": ["this"], "label": 0},
    {"id": "same-start", "text": "La mer est", "candidates": ["calme", "calme et froide", "chaude"], "label": 0},
    {"id": "long", "text": "She said that the river was cold, that the boat was old, and that nobody was there. " * 3 + "So?",
     "candidates": ["no, cold", "good and old, that is what the people said about the river"], "label": 1},
    {"id": "empty", "text": "", "candidates": ["the", "The probe"], "label": 1},
]
QUESTIONS = Questions(ROWS, tapped=["beginning", "sentinels"], edited=["beginning", "empty"])


def record_shape(shape, seed):
    """Writes the folder of one shape: the working folder."""
    tokenizer = t5_tokenizer()
    write_checkpoint(random_model(shape, tokenizer.get_vocab_size(), seed), shape, Path("model"))
    write_tokenizer(tokenizer, {"eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"})
    if shape.has_old_tokenizer:
        use_old_metaspace(Path("model/tokenizer.json"))
    model = T5ForConditionalGeneration.from_pretrained("model", dtype=torch.float32).eval()
    configuration = prompt_configuration(shape, "SEQ_2_SEQ_LM", num_transformer_submodules=1)
    adapted = write_adapter(model, configuration, seed + 1).double().eval()
    subject = T5Subject(model, adapted, tokenizer, shape.prompt_rows)
    facts = {"seed": seed, "prompt_rows": shape.prompt_rows}
    write_answers(subject, QUESTIONS, facts, has_weight_gradients=shape.has_weight_gradients)


if __name__ == "__main__":
    main(__doc__, "t5", SHAPES, record_shape)
