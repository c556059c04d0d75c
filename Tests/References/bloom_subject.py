"""What the measurements ask of BLOOM: a causal model with the prompt in front."""

import torch

from measurements import Stack, Subject


class BloomSubject(Subject):
    """A model, the same model with a PEFT prompt in front, and a tokenizer."""

    def __init__(self, model, adapted, tokenizer, prompt_rows):
        self.model, self.adapted, self.tokenizer, self.prompt_rows = model, adapted, tokenizer, prompt_rows
        width = model.config.hidden_size
        self.stacks = [Stack(layers=model.config.n_layer, width=width, ffn_width=4 * width)]

    @property
    def prompt(self):
        return self.adapted.prompt_encoder["default"].embedding.weight

    def text_ids(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    candidate_ids = text_ids

    def can_run(self, text, has_prompt):
        """A first token has nothing before it that could predict it."""
        return has_prompt or len(text) > 0

    def logits(self, ids, has_prompt):
        """Logits after every position of prompt and ids, `[positions x vocabulary]`."""
        tokens = torch.tensor([ids], dtype=torch.long)
        forward = self.adapted if has_prompt else self.model
        return forward(input_ids=tokens, attention_mask=torch.ones_like(tokens), use_cache=False).logits[0]

    def answer_logits(self, text, has_prompt, generated=()):
        return self.logits(text + list(generated), has_prompt)[-1]

    def token_log_probabilities(self, text, candidate, has_prompt):
        rows = self.logits(text + candidate[:-1], has_prompt)[-len(candidate):]
        return torch.log_softmax(rows, dim=-1)[range(len(candidate)), candidate]

    def place(self, stack, site, layer):
        transformer = self.model.transformer
        block = transformer.h[layer]
        return {
            "embedding": transformer.word_embeddings_layernorm,
            "ffn.activation": block.mlp.gelu_impl,
            "residual": block,
            "attention.output": block.self_attention.dense,
        }[site]

    def positions(self, stack, kind, text, length, has_prompt):
        offset = self.prompt_rows if has_prompt else 0
        return {
            "all": range(length),
            "answer": [offset + len(text) - 1],
            "text": range(offset, offset + len(text)),
            "prompt": range(offset),
        }[kind]

    def place_key(self, stack, position, text, candidate, has_prompt):
        offset = self.prompt_rows if has_prompt else 0
        return position if position < offset else tuple(text + candidate)[:position - offset + 1]
