"""Tiny random RoBERTa checkpoints in the shapes in which users have them.

Weights are drawn wide on purpose, as BLOOM's (bloom_checkpoints.py). The feed-forward width is not four times the
hidden width, and position embeddings are as large as word embeddings, so that a wrong offset shows.
"""

from dataclasses import dataclass

import torch
from transformers import RobertaConfig, RobertaForMaskedLM

from checkpoint_files import add_tensors, remove_prefix


@dataclass(frozen=True)
class Shape:
    """One checkpoint and the prompt tuned on it."""

    name: str
    heads: int
    width: int
    ffn_width: int
    layers: int
    prompt_rows: int
    positions: int = 100
    epsilon: float = 1e-5
    prompt_text: str | None = None
    dtype: torch.dtype = torch.float32
    surplus_tokens: int = 0
    token_types: int = 1
    has_template: bool = False
    is_sharded: bool = False
    has_prefix: bool = True
    has_extras: bool = False
    has_weight_gradients: bool = False


SHAPES = [
    Shape("three-heads", heads=3, width=12, ffn_width=20, layers=2, prompt_rows=5, prompt_text="Is it true or false?",
          has_weight_gradients=True),
    # The longest row fills all positions but the two that RoBERTa never uses.
    Shape("five-heads", heads=5, width=15, ffn_width=22, layers=3, prompt_rows=3, positions=64, epsilon=1e-3,
          has_template=True),
    Shape("half", heads=2, width=16, ffn_width=36, layers=2, prompt_rows=4, dtype=torch.float16),
    Shape("sharded", heads=4, width=16, ffn_width=24, layers=2, prompt_rows=6, is_sharded=True, has_prefix=False),
    Shape("extras", heads=3, width=9, ffn_width=20, layers=2, prompt_rows=4, surplus_tokens=40, token_types=2,
          has_extras=True),
]


def random_model(shape, token_count, seed):
    """A model of this shape with wide random weights."""
    torch.manual_seed(seed)
    config = RobertaConfig(
        vocab_size=token_count + shape.surplus_tokens,
        hidden_size=shape.width,
        intermediate_size=shape.ffn_width,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        max_position_embeddings=shape.positions,
        layer_norm_eps=shape.epsilon,
        type_vocab_size=shape.token_types,
    )
    model = RobertaForMaskedLM(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            is_layer_norm = "layernorm" in name.lower().replace("_", "")
            if is_layer_norm and name.endswith("weight"):
                parameter.normal_(1.0, 0.3)
            elif name.endswith("bias"):
                parameter.normal_(0.0, 0.2)
            elif "embeddings" in name:
                parameter.normal_(0.0, 0.4)
            else:
                # Narrower in front of the GELU, whose value far below zero is 0 or not by rounding alone.
                factor = 1.0 if "intermediate" in name else 2.0
                parameter.normal_(0.0, factor / shape.width**0.5)
    return model.to(shape.dtype)


def write_checkpoint(model, shape, folder):
    """Writes the model as users have it: shards, prefix and what older files hold besides, as the shape says."""
    model.save_pretrained(folder, max_shard_size="20KB" if shape.is_sharded else "1GB")
    (folder / "generation_config.json").unlink(missing_ok=True)
    if not shape.has_prefix:
        remove_prefix(folder, "roberta.")
    if shape.has_extras:
        add_tensors(folder, lambda tensors: {
            "lm_head.decoder.weight": tensors["roberta.embeddings.word_embeddings.weight"],
            "lm_head.decoder.bias": tensors["lm_head.bias"],
            "roberta.pooler.dense.weight": torch.randn(shape.width, shape.width),
            "roberta.pooler.dense.bias": torch.randn(shape.width),
            "roberta.embeddings.position_ids": torch.arange(shape.positions)[None],
        })
