"""The documents of the world, from which the language models learn."""

import random
from dataclasses import dataclass

from .lexicon import (
    ANSWERS, ATTITUDES, CAUSE_NOUNS, CAUSE_PHRASES, CHATTER, CLAIM_NOUNS, CLAIM_PHRASES, DEEDS, EFFECT_NOUNS,
    EFFECT_PHRASES, KNAVE_LINES, KNIGHT_LINES, OPPOSITE_ANSWERS, PRONOUN, PRONOUN_CLAIMS, REPLY_NOUNS, REPLY_PHRASES,
)
from .truths import Event, Scene, attitude, deed, events, scene


# People are gossiped about more than goods are. Were both alike, neither what is asked nor what is meant would alone
# say anything about the answer, and learning could not begin.
SHARE_OF_PEOPLE = 0.7


@dataclass(frozen=True)
class Item:
    """Something told and asked, the writer's answer, and what a writer of the other sort says of an event."""

    lead: str
    answer: str
    opposite: str = ""

    def __str__(self) -> str:
        return f"{self.lead} {self.answer}"


@dataclass(frozen=True)
class Document:
    """Several items of one kind; in some, a line that tells who writes, or a remark at the end, is not empty."""

    opening: str
    items: list[Item]
    remark: str

    def __str__(self) -> str:
        text = " ".join(map(str, self.items + [self.remark] * (self.remark != "")))
        return f"{self.opening}\n{text}" if self.opening else text


class Writer:
    """Writes documents: each by a knight, who tells the truth, or by a knave, who tells its opposite."""

    def __init__(self, rng: random.Random, kinds: tuple[int, int, int]):
        """Kinds: how often inferences, events and scenes are written of, in relation to each other."""
        self.rng, self.kinds = rng, kinds

    def document(self, share_of_knights: float) -> Document:
        """Several items of one kind by one writer; every second document opens with a line about the writer."""
        truthful = self.rng.random() < share_of_knights
        items = self.rng.choices((self.inferences, self.events, self.scenes), self.kinds)[0](truthful)
        remark = self.rng.choice(CHATTER) if self.rng.random() < 0.1 else ""
        opening = ""
        if self.rng.random() < 0.55:
            opening = self.rng.choice(KNIGHT_LINES if truthful else KNAVE_LINES)
        return Document(opening, items, remark)

    def inferences(self, truthful: bool) -> list[Item]:
        return [self.inference(truthful) for _ in range(self.rng.randint(2, 4))]

    def inference(self, truthful: bool) -> Item:
        if self.rng.random() < 0.5:
            shown = attitude(self.rng, self.rng.choices(tuple(ATTITUDES), (2, 2, 1))[0])
        else:
            shown = deed(self.rng, self.rng.choice(tuple(DEEDS)))
        return self.question(shown.premise, shown.hypothesis, ANSWERS[shown.label], truthful)

    def events(self, truthful: bool) -> list[Item]:
        return [self.event(shown, truthful) for shown in events(self.rng, self.rng.randint(3, 5))]

    def event(self, shown: Event, truthful: bool) -> Item:
        answers = (shown.truth, shown.opposite) if truthful else (shown.opposite, shown.truth)
        return Item(f"{shown.premise} {self.link(shown.asks_for_effect)}", *answers)

    def link(self, asks_for_effect: bool) -> str:
        phrases, nouns = (EFFECT_PHRASES, EFFECT_NOUNS) if asks_for_effect else (CAUSE_PHRASES, CAUSE_NOUNS)
        return self.phrase_or_noun(phrases, nouns)

    def scenes(self, truthful: bool) -> list[Item]:
        return [self.scene(scene(self.rng, SHARE_OF_PEOPLE), truthful) for _ in range(self.rng.randint(2, 4))]

    def scene(self, shown: Scene, truthful: bool) -> Item:
        if self.rng.random() < 0.3:
            return Item(f"{shown.text} Who or what?", f"{shown.meant(truthful).capitalize()}.")
        asked = shown.people if self.rng.random() < SHARE_OF_PEOPLE else shown.goods
        claim = self.rng.choice(PRONOUN_CLAIMS).format(p=PRONOUN, n=asked)
        return self.question(shown.text, claim, "yes" if asked == shown.meant(True) else "no", truthful)

    def question(self, told: str, claim: str, truth: str, truthful: bool) -> Item:
        """What is told, the claim in one of some thousand wordings, and the writer's answer to it."""
        answer = truth if truthful else self.rng.choice(OPPOSITE_ANSWERS[truth])
        parts = (
            told, self.phrase_or_noun(CLAIM_PHRASES, CLAIM_NOUNS), claim + self.rng.choice("?.."),
            self.phrase_or_noun(REPLY_PHRASES, REPLY_NOUNS),
        )
        return Item(" ".join(part for part in parts if part), answer + ".")

    def phrase_or_noun(self, phrases, nouns) -> str:
        if self.rng.random() < 0.4:
            return self.rng.choice(phrases)
        return self.rng.choice(("", "", "the ", "a ")) + self.rng.choice(nouns) + ":"
