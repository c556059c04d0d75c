"""Tiny random T5 checkpoints in the shapes in which users have them.

Weights are drawn wide on purpose, as BLOOM's (bloom_checkpoints.py). Heads times d_kv is never d_model.

Which head and whether its input is scaled by d_model^-0.5 (transformers 5.23): `scale_decoder_outputs` decides where
config.json has it, otherwise the input is scaled unless `tie_word_embeddings` is false; `lm_head.weight` is the
head where the file has it, whatever config.json says, otherwise the embeddings are. Each shape says all three.
"""

from dataclasses import dataclass

import torch
from transformers import T5Config, T5ForConditionalGeneration

from checkpoint_files import add_tensors, change_configuration


@dataclass(frozen=True)
class Shape:
    """One checkpoint and the prompt tuned on it."""

    name: str
    heads: int
    head_width: int
    width: int
    ffn_width: int
    layers: tuple[int, int]
    prompt_rows: int
    buckets: int = 32
    # None: config.json lacks the field.
    distance: int | None = None
    is_tied: bool | None = None
    is_scaled: bool | None = None
    has_own_head: bool = False
    is_gated: bool = False
    start: int = 0
    prompt_text: str | None = None
    dtype: torch.dtype = torch.float32
    surplus_tokens: int = 0
    is_sharded: bool = False
    has_surplus_names: bool = False
    has_old_tokenizer: bool = False
    has_weight_gradients: bool = False


SHAPES = [
    # As t5-base.
    Shape("relu-tied", heads=4, head_width=3, width=10, ffn_width=18, layers=(2, 2), prompt_rows=5,
          prompt_text="Is it true or false?", has_old_tokenizer=True, has_weight_gradients=True),
    # As t5-v1_1-base.
    Shape("gated-untied", heads=3, head_width=5, width=10, ffn_width=16, layers=(2, 2), prompt_rows=4, buckets=8,
          distance=20, is_gated=True, is_tied=False, has_own_head=True, has_weight_gradients=True),
    # As transformers 5 saves t5-v1_1-base again.
    Shape("resaved", heads=2, head_width=6, width=10, ffn_width=18, layers=(2, 2), prompt_rows=6, distance=128,
          is_gated=True, is_tied=True, is_scaled=False, has_own_head=True, is_sharded=True),
    Shape("scaled-untied", heads=1, head_width=6, width=12, ffn_width=20, layers=(1, 3), prompt_rows=4, buckets=12,
          distance=30, is_gated=True, is_tied=False, is_scaled=True, surplus_tokens=40, start=3),
    Shape("shallow-decoder", heads=5, head_width=3, width=12, ffn_width=20, layers=(3, 1), prompt_rows=3, buckets=16,
          distance=40, has_own_head=True, has_surplus_names=True),
    Shape("bfloat", heads=2, head_width=7, width=12, ffn_width=22, layers=(2, 2), prompt_rows=3, distance=64,
          dtype=torch.bfloat16),
]


def random_model(shape, token_count, seed):
    """A model of this shape with wide random weights."""
    torch.manual_seed(seed)
    config = T5Config(
        vocab_size=token_count + shape.surplus_tokens,
        d_model=shape.width,
        d_kv=shape.head_width,
        d_ff=shape.ffn_width,
        num_heads=shape.heads,
        num_layers=shape.layers[0],
        num_decoder_layers=shape.layers[1],
        relative_attention_num_buckets=shape.buckets,
        relative_attention_max_distance=shape.distance or 128,
        feed_forward_proj="gated-gelu" if shape.is_gated else "relu",
        decoder_start_token_id=shape.start,
    )
    model = T5ForConditionalGeneration(config).eval()
    if shape.has_own_head:
        model.lm_head.weight = torch.nn.Parameter(torch.empty_like(model.shared.weight))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "layer_norm" in name:
                parameter.normal_(1.0, 0.3)
            elif "relative_attention_bias" in name:
                parameter.normal_(0.0, 1.0)
            elif "shared" in name:
                parameter.normal_(0.0, 1.5)
            else:
                parameter.normal_(0.0, spread(name, shape) / parameter.shape[1] ** 0.5)
    return model.to(shape.dtype)


def spread(name, shape):
    """The standard deviation of what a matrix makes of numbers of size 1."""
    if name.endswith(".q.weight"):
        # T5 does not divide query times key by the root of the head's width.
        return 2.0 * shape.head_width**-0.5
    if name.endswith(".wi_0.weight"):
        # In front of a GELU, whose value far below zero is 0 or not by rounding alone.
        return 1.0
    return 2.5 if name == "lm_head.weight" else 1.5


def write_checkpoint(model, shape, folder):
    """Writes the model as users have it: shards, fields and surplus tensors as the shape says."""
    model.save_pretrained(folder, max_shard_size="10KB" if shape.is_sharded else "1GB")
    (folder / "generation_config.json").unlink(missing_ok=True)
    change_configuration(folder, lambda fields: configuration(fields, shape))
    if shape.has_surplus_names:
        add_tensors(folder, lambda tensors: {
            "encoder.embed_tokens.weight": tensors["shared.weight"],
            "decoder.embed_tokens.weight": tensors["shared.weight"],
            "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight":
                torch.randn(shape.buckets, shape.heads),
        })


def configuration(fields, shape):
    """The fields of config.json as the shape has them: what is None there is missing here."""
    fields |= {
        "relative_attention_max_distance": shape.distance,
        "tie_word_embeddings": shape.is_tied,
        "scale_decoder_outputs": shape.is_scaled,
    }
    if not shape.is_gated:
        fields["feed_forward_proj"] = None
    if shape.layers[0] == shape.layers[1]:
        fields["num_decoder_layers"] = None
    computed = ("dense_act_fn", "is_gated_act")
    return {key: value for key, value in fields.items() if value is not None and key not in computed}
