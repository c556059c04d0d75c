"""Tiny random BLOOM checkpoints in the shapes in which users have them.

Weights are drawn wide on purpose: attention and vocabulary distributions are peaked, so that a wrong bias, a swapped
head or a missing layer norm shows far above rounding.
"""

from dataclasses import dataclass

import torch
from transformers import BloomConfig, BloomForCausalLM

from checkpoint_files import add_tensors, change_configuration, remove_prefix


@dataclass(frozen=True)
class Shape:
    """One checkpoint and the prompt tuned on it."""

    name: str
    heads: int
    width: int
    layers: int
    prompt_rows: int
    prompt_text: str | None = None
    dtype: torch.dtype = torch.float32
    surplus_tokens: int = 0
    is_sharded: bool = False
    has_prefix: bool = True
    has_output_head: bool = False
    uses_hub_names: bool = False
    has_weight_gradients: bool = False


SHAPES = [
    Shape("four-heads", heads=4, width=32, layers=2, prompt_rows=5, prompt_text="Is this sentence true or false?"),
    Shape("three-heads", heads=3, width=24, layers=3, prompt_rows=3, has_output_head=True),
    Shape("six-heads", heads=6, width=48, layers=2, prompt_rows=8, prompt_text="good", uses_hub_names=True),
    Shape("half", heads=2, width=16, layers=2, prompt_rows=4, dtype=torch.float16,
          has_weight_gradients=True),
    Shape("bfloat", heads=8, width=32, layers=2, prompt_rows=3, dtype=torch.bfloat16),
    Shape("sharded", heads=4, width=32, layers=3, prompt_rows=6, is_sharded=True, has_prefix=False),
    Shape("wide-vocabulary", heads=1, width=16, layers=2, prompt_rows=4, surplus_tokens=40),
]


def random_model(shape, token_count, seed):
    """A model of this shape with wide random weights."""
    torch.manual_seed(seed)
    config = BloomConfig(
        vocab_size=token_count + shape.surplus_tokens,
        hidden_size=shape.width,
        n_layer=shape.layers,
        n_head=shape.heads,
        hidden_dropout=0.0,
        attention_dropout=0.0,
    )
    model = BloomForCausalLM(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            is_layer_norm = "layernorm" in name or "ln_f" in name
            if is_layer_norm and name.endswith("weight"):
                parameter.normal_(1.0, 0.3)
            elif name.endswith("bias"):
                parameter.normal_(0.0, 0.2)
            elif "word_embeddings" in name:
                parameter.normal_(0.0, 0.4)
            else:
                parameter.normal_(0.0, 2.0 / shape.width**0.5)
    return model.to(shape.dtype)


def write_checkpoint(model, shape, folder):
    """Writes the model as users have it: names, shards, prefix and output head as the shape says."""
    model.save_pretrained(folder, max_shard_size="40KB" if shape.is_sharded else "1GB")
    (folder / "generation_config.json").unlink(missing_ok=True)
    if not shape.has_prefix:
        remove_prefix(folder, "transformer.")
    if shape.has_output_head:
        add_tensors(folder, lambda tensors: {"lm_head.weight": tensors["transformer.word_embeddings.weight"]})
    if shape.uses_hub_names:
        names = {"hidden_size": "n_embed", "n_head": "num_attention_heads"}
        change_configuration(folder, lambda fields: {names.get(key, key): value for key, value in fields.items()})
