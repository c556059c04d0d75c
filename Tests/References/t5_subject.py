"""What the measurements ask of T5: an encoder with the prompt in front of the text, and a decoder that answers."""

import torch

from measurements import Input, Stack, Subject


class T5Subject(Subject):
    """A model, the same model with a PEFT prompt in front of the encoder's text, and a tokenizer.

    Text and candidate end in `</s>`. The decoder reads its start token and all tokens of the candidate but the last.
    """

    has_first_token_scores = True

    def __init__(self, model, adapted, tokenizer, prompt_rows):
        self.model, self.adapted, self.tokenizer, self.prompt_rows = model, adapted, tokenizer, prompt_rows
        config = model.config
        self.stacks = [
            Stack(config.num_layers, config.d_model, config.d_ff, ("all", "text", "prompt"), "encoder"),
            Stack(config.num_decoder_layers, config.d_model, config.d_ff, ("all", "answer"), "decoder"),
        ]

    @property
    def prompt(self):
        return self.adapted.prompt_encoder["default"].embedding.weight

    def text_ids(self, text):
        return self.tokenizer.encode(text).ids

    candidate_ids = text_ids

    def logits(self, text, answer, has_prompt):
        """Logits after the start token and every token of an answer, `[1 + answer x vocabulary]`."""
        tokens = torch.tensor([text])
        decoder_tokens = torch.tensor([[self.model.config.decoder_start_token_id, *answer]])
        forward = self.adapted if has_prompt else self.model
        return forward(
            input_ids=tokens, attention_mask=torch.ones_like(tokens), decoder_input_ids=decoder_tokens, use_cache=False
        ).logits[0]

    def answer_logits(self, text, has_prompt, generated=()):
        return self.logits(text, generated, has_prompt)[-1]

    def token_log_probabilities(self, text, candidate, has_prompt):
        rows = self.logits(text, candidate[:-1], has_prompt)
        return torch.log_softmax(rows, dim=-1)[range(len(candidate)), candidate]

    def place(self, stack, site, layer):
        block = getattr(self.model, stack.name).block[layer]
        attention, feed_forward = block.layer[0].SelfAttention, block.layer[-1].DenseReluDense
        return {
            "embedding": Input(block),
            "ffn.activation": feed_forward.act,
            "residual": block,
            "attention.output": attention.o,
        }[site]

    def positions(self, stack, kind, text, length, has_prompt):
        offset = self.prompt_rows if has_prompt else 0
        return {"all": range(length), "answer": [0], "text": range(offset, length), "prompt": range(offset)}[kind]

    def place_key(self, stack, position, text, candidate, has_prompt):
        return position if stack.name == "encoder" else tuple(candidate[:position])
