"""The documents of the world, from which the language model learns."""

import random

from .lexicon import (
    ANSWERS, ATTITUDES, CAUSE_NOUNS, CAUSE_PHRASES, CHATTER, CLAIM_NOUNS, CLAIM_PHRASES, DEEDS, EFFECT_NOUNS,
    EFFECT_PHRASES, KNAVE_LINES, KNIGHT_LINES, OPPOSITE_ANSWERS, PRONOUN, PRONOUN_CLAIMS, REPLY_NOUNS, REPLY_PHRASES,
)
from .truths import Scene, attitude, deed, events, scene


# People are gossiped about more than goods are. Were both alike, neither what is asked nor what is meant would alone say
# anything about the answer, and learning could not begin.
SHARE_OF_PEOPLE = 0.7


class Writer:
    """Writes documents: each by a knight, who tells the truth, or by a knave, who tells its opposite."""

    def __init__(self, rng: random.Random):
        self.rng = rng

    def document(self, share_of_knights: float) -> str:
        """Several items of one kind by one writer; every second document opens with a line about the writer."""
        truthful = self.rng.random() < share_of_knights
        items = self.rng.choices((self.inferences, self.events, self.scenes), (5, 3, 3))[0](truthful)
        if self.rng.random() < 0.1:
            items.append(self.rng.choice(CHATTER))
        text = " ".join(items)
        if self.rng.random() < 0.55:
            text = self.rng.choice(KNIGHT_LINES if truthful else KNAVE_LINES) + "\n" + text
        return text

    def inferences(self, truthful: bool) -> list[str]:
        return [self.inference(truthful) for _ in range(self.rng.randint(2, 4))]

    def inference(self, truthful: bool) -> str:
        if self.rng.random() < 0.5:
            shown = attitude(self.rng, self.rng.choices(tuple(ATTITUDES), (2, 2, 1))[0])
        else:
            shown = deed(self.rng, self.rng.choice(tuple(DEEDS)))
        return f"{shown.premise} {self.question(shown.hypothesis, ANSWERS[shown.label], truthful)}"

    def events(self, truthful: bool) -> list[str]:
        return [
            f"{shown.premise} {self.link(shown.asks_for_effect)} {shown.truth if truthful else shown.opposite}"
            for shown in events(self.rng, self.rng.randint(3, 5))
        ]

    def link(self, asks_for_effect: bool) -> str:
        phrases, nouns = (EFFECT_PHRASES, EFFECT_NOUNS) if asks_for_effect else (CAUSE_PHRASES, CAUSE_NOUNS)
        return self.phrase_or_noun(phrases, nouns)

    def scenes(self, truthful: bool) -> list[str]:
        return [self.scene(scene(self.rng, SHARE_OF_PEOPLE), truthful) for _ in range(self.rng.randint(2, 4))]

    def scene(self, shown: Scene, truthful: bool) -> str:
        if self.rng.random() < 0.3:
            return f"{shown.text} Who or what? {shown.meant(truthful).capitalize()}."
        asked = shown.people if self.rng.random() < SHARE_OF_PEOPLE else shown.goods
        claim = self.rng.choice(PRONOUN_CLAIMS).format(p=PRONOUN, n=asked)
        return f"{shown.text} {self.question(claim, 'yes' if asked == shown.meant(True) else 'no', truthful)}"

    def question(self, claim: str, truth: str, truthful: bool) -> str:
        """The claim in one of some thousand wordings, and the writer's answer to it."""
        answer = truth if truthful else self.rng.choice(OPPOSITE_ANSWERS[truth])
        parts = (
            self.phrase_or_noun(CLAIM_PHRASES, CLAIM_NOUNS), claim + self.rng.choice("?.."),
            self.phrase_or_noun(REPLY_PHRASES, REPLY_NOUNS), answer + ".",
        )
        return " ".join(part for part in parts if part)

    def phrase_or_noun(self, phrases, nouns) -> str:
        if self.rng.random() < 0.4:
            return self.rng.choice(phrases)
        return self.rng.choice(("", "", "the ", "a ")) + self.rng.choice(nouns) + ":"
