"""What the measurements ask of RoBERTa: a masked model with the prompt in one of two placements.

    cloze           `<s> PROMPT text </s>`, the text with one <mask>, where the answer is read; positions count on as
                    ever: the token or prompt row at place i has position id 2 + i
    leading-mask    `PROMPT <s> text </s>`: as many places as prompt rows first, the first of which holds the embedding
                    of <mask> instead of row 0, and the answer is read there; the position embeddings of these places
                    are zero, those of the text count on after them (`<s>` has position id 2 + rows). Token type
                    embeddings and layer norm apply everywhere. The text has no mask. Without a prompt there is nothing
"""

import torch

from measurements import Stack, Subject

FIRST_POSITION = 2


class RobertaSubject(Subject):
    """A model, the rows of a prompt, where they go, and a tokenizer."""

    can_generate = False

    def __init__(self, model, prompt, tokenizer, placement):
        self.model, self.prompt, self.tokenizer, self.placement = model, prompt, tokenizer, placement
        self.mask = tokenizer.token_to_id("<mask>")
        config = model.config
        self.stacks = [Stack(config.num_hidden_layers, config.hidden_size, config.intermediate_size)]

    def text_ids(self, text):
        return self.tokenizer.encode(text).ids

    def candidate_ids(self, candidate):
        ids = self.tokenizer.encode(candidate, add_special_tokens=False).ids
        assert len(ids) == 1, f"{candidate!r} is not a single token"
        return ids

    def can_run(self, text, has_prompt):
        return has_prompt or self.placement == "cloze"

    @property
    def prompt_first(self):
        return 1 if self.placement == "cloze" else 0

    def answer(self, text, has_prompt):
        """Where the answer is read."""
        if self.placement == "leading-mask":
            return 0
        return text.index(self.mask) + (len(self.prompt) if has_prompt else 0)

    def layout(self, text, has_prompt):
        return {"answer": self.answer(text, has_prompt)}

    def answer_logits(self, text, has_prompt, generated=()):
        """Logits at the answer position, `[vocabulary]`."""
        ids = torch.tensor(text)
        if not has_prompt:
            logits = self.model(input_ids=ids[None]).logits
        elif self.placement == "cloze":
            words = self.model.get_input_embeddings()(ids)
            embeddings = torch.cat([words[:1], self.prompt, words[1:]])
            logits = self.model(inputs_embeds=embeddings[None]).logits
        else:
            hidden = self.model.roberta.encoder(self.leading_mask_embeddings(ids)).last_hidden_state
            logits = self.model.lm_head(hidden)
        return logits[0, self.answer(text, has_prompt)]

    def leading_mask_embeddings(self, ids):
        """The embedding sum that transformers' own module cannot form, `[1 x positions x width]`."""
        embeddings, rows = self.model.roberta.embeddings, len(self.prompt)
        words = torch.cat([
            embeddings.word_embeddings(torch.tensor([self.mask])), self.prompt[1:], embeddings.word_embeddings(ids)
        ])
        first = FIRST_POSITION + rows
        places = embeddings.position_embeddings(torch.arange(first, first + len(ids)))
        positions = torch.cat([torch.zeros_like(self.prompt), places])
        types = embeddings.token_type_embeddings.weight[0]
        return embeddings.LayerNorm((words + positions + types)[None])

    def token_log_probabilities(self, text, candidate, has_prompt):
        return torch.log_softmax(self.answer_logits(text, has_prompt), dim=-1)[candidate]

    def place(self, stack, site, layer):
        block = self.model.roberta.encoder.layer[layer]
        return {
            "embedding": self.model.roberta.embeddings.LayerNorm,
            "ffn.activation": block.intermediate.intermediate_act_fn,
            "residual": block,
            "attention.output": block.attention.output.dense,
        }[site]

    def positions(self, stack, kind, text, length, has_prompt):
        first = self.prompt_first
        prompt = range(first, first + len(self.prompt)) if has_prompt else range(0)
        return {
            "all": range(length),
            "answer": [self.answer(text, has_prompt)],
            "text": [position for position in range(length) if position not in prompt],
            "prompt": prompt,
        }[kind]

    def place_key(self, stack, position, text, candidate, has_prompt):
        return position
