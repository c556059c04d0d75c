"""What can be true in the world: inferences, events and scenes, each with its truth."""

import random
from dataclasses import dataclass

from .lexicon import (
    ANIMALS, ATTITUDES, CLAIMS, DEALINGS, DEEDS, EVENTS, FOODS, NAMES, OWNERSHIP, PRONOUN, REASONS, THINGS, TIMES,
    TRADES, Opposites,
)


@dataclass(frozen=True)
class Inference:
    """A premise, a hypothesis (without its full stop) and how the hypothesis stands to the premise."""

    premise: str
    hypothesis: str
    label: str


def attitude(rng: random.Random, label: str, attitudes=ATTITUDES) -> Inference:
    """Somebody's attitude to a claim about somebody else: the verb decides what follows."""
    speaker, subject = rng.sample(NAMES, 2)
    wording, values = rng.choice(CLAIMS)
    claim = f"{subject} {wording.format(rng.choice(values))}"
    return Inference(f"{rng.choice(TIMES)} {speaker} {rng.choice(attitudes[label])} {claim}.", claim, label)


def deed(rng: random.Random, label: str, deeds=DEEDS) -> Inference:
    """What somebody did with a thing: the verb decides whether it is theirs afterwards."""
    person, item = rng.choice(NAMES), rng.choice(THINGS + ANIMALS)
    premise = f"{rng.choice(TIMES)} {person} {rng.choice(deeds[label])} the {item}."
    return Inference(premise, f"{person} {rng.choice(OWNERSHIP).format(item)}", label)


@dataclass(frozen=True)
class Event:
    """An action with its effect, seen from either end, and the opposite of what is asked for."""

    premise: str
    asks_for_effect: bool
    truth: str
    opposite: str


def event(rng: random.Random, opposites: Opposites) -> Event:
    side, asks_for_effect, name = rng.randrange(2), rng.random() < 0.5, rng.choice(NAMES)
    actions = [action.format(x=name) for action in opposites.actions]
    told, asked = (actions, opposites.effects) if asks_for_effect else (opposites.effects, actions)
    return Event(told[side], asks_for_effect, asked[side], asked[1 - side])


def events(rng: random.Random, count: int) -> list[Event]:
    return [event(rng, opposites) for opposites in rng.sample(EVENTS, count)]


@dataclass(frozen=True)
class Scene:
    """A dealing of a group with goods; the reason decides which of the two the pronoun means."""

    people: str
    goods: str
    means_people: bool
    text: str

    def meant(self, truthful: bool) -> str:
        return self.people if self.means_people == truthful else self.goods


def scene(rng: random.Random, share_of_people: float = 0.5, reasons=REASONS) -> Scene:
    people = f"the {rng.choice(TRADES)}s"
    goods = "the " + rng.choice([food for food in FOODS if food.endswith("s")] + [f"{thing}s" for thing in THINGS])
    means_people = rng.random() < share_of_people
    reason = rng.choice(reasons["people" if means_people else "goods"])
    text = f"{rng.choice(TIMES)} {people} {rng.choice(DEALINGS)} {goods} because {PRONOUN} {reason}."
    return Scene(people, goods, means_people, text)
