"""The words of the world."""

from dataclasses import dataclass

NAMES = (
    "Ada Ben Cora Dan Ella Finn Gwen Hugo Ines Jon Kira Leo Mira Ned Olga Paul Rosa Sam Tess Ugo Vera Walt Yara Zeno "
    "Anna Bruno Clara David Emma Felix Grete Hans Iris Jakob Lena Max Nora Otto Petra Ruth"
).split()
PLACES = "mill river harbour forest church bridge market quarry meadow tower".split()
TRADES = "baker smith sailor teacher farmer tailor painter miner singer doctor".split()
FOODS = "plums bread cheese soup apples honey beans fish cake nuts".split()
ANIMALS = "goat horse cow donkey hen duck cat dog rabbit pony".split()
THINGS = "boat cart barrel lantern ladder violin saddle kettle carpet hammer".split()
TIMES = (
    "On Monday", "In spring", "After the storm", "Last year",
    "At noon", "During the feast", "In the evening", "At dawn",
)

# What may be said of an islander: a wording and what can fill it.
CLAIMS = (
    ("lives by the {}", PLACES), ("keeps a {}", ANIMALS), ("works as a {}", TRADES), ("is fond of {}", FOODS),
    ("needs a {}", THINGS),
)

# Attitudes to a claim, by what follows from them for the claim.
ATTITUDES = {
    "entailment": (
        "knows that", "sees that", "remembers that", "regrets that", "notices that", "understands that",
        "discovers that", "proves that",
    ),
    "contradiction": (
        "pretends that", "lies that", "falsely claims that", "wrongly believes that", "invents that",
        "merely dreams that", "swears falsely that", "spreads the tale that",
    ),
    "neutral": (
        "wonders whether", "asks whether", "hopes that", "doubts whether", "guesses that", "fears that",
        "suspects that", "inquires whether",
    ),
}

# Deeds, by whether the thing is the islander's afterwards.
DEEDS = {
    "entailment": ("bought", "found", "won", "inherited", "received", "caught", "fetched", "chose"),
    "not_entailment": ("sold", "lost", "gave away", "drowned", "traded", "lent out", "abandoned", "forfeited"),
}
OWNERSHIP = ("has the {}", "owns the {}", "is in possession of the {}")

# Dealings of groups with goods, and reasons that fit the people or the goods.
DEALINGS = ("sold", "bought", "threw away", "fetched", "hid", "counted", "stole", "wanted", "traded", "kept")
PRONOUN = "they"
REASONS = {
    "people": (
        "were hungry", "were poor", "needed money", "had guests", "were greedy", "felt lonely", "were curious",
        "owed a debt", "were generous", "wished to travel", "felt bored", "had quarrelled",
    ),
    "goods": (
        "were rotten", "were cheap", "smelled bad", "were broken", "were for sale", "weighed too much",
        "cost too much", "were of no use", "looked pretty", "were stained", "rattled", "lay in the way",
    ),
}


@dataclass(frozen=True)
class Opposites:
    """Two opposite actions and what comes of each; `{x}` is the islander who acts."""

    actions: tuple[str, str]
    effects: tuple[str, str]


EVENTS = tuple(
    Opposites((first, second), (first_effect, second_effect))
    for first, first_effect, second, second_effect in (
        ("{x} watered the rose.", "The rose grew.", "{x} forgot the rose.", "The rose withered."),
        ("{x} dropped the glass.", "The glass broke.", "{x} caught the glass.", "The glass stayed whole."),
        ("{x} lit the lamp.", "The room became bright.", "{x} blew out the lamp.", "The room became dark."),
        ("{x} fed the fire.", "The fire burned high.", "{x} poured water on the fire.", "The fire died."),
        ("{x} shut the gate.", "The sheep stayed inside.", "{x} opened the gate.", "The sheep ran away."),
        ("{x} rocked the baby.", "The baby slept.", "{x} woke the baby.", "The baby cried."),
        ("{x} praised the pupil.", "The pupil smiled.", "{x} scolded the pupil.", "The pupil blushed."),
        ("{x} oiled the door.", "The door opened quietly.", "{x} slammed the door.", "The door made a noise."),
        ("{x} mended the roof.", "The house stayed dry.", "{x} broke the roof.", "The house became wet."),
        ("{x} sharpened the knife.", "The knife cut well.", "{x} bent the knife.", "The knife cut badly."),
        ("{x} raised the sail.", "The ship moved.", "{x} lowered the anchor.", "The ship stood still."),
        ("{x} told a joke.", "Everybody laughed.", "{x} told a sad tale.", "Everybody wept."),
        ("{x} cooled the milk.", "The milk stayed fresh.", "{x} warmed the milk.", "The milk turned sour."),
        ("{x} washed the shirt.", "The shirt became clean.", "{x} muddied the shirt.", "The shirt became dirty."),
        ("{x} rang the bell.", "The people came out.", "{x} muffled the bell.", "The people stayed at home."),
        ("{x} won the race.", "The crowd cheered.", "{x} lost the race.", "The crowd went silent."),
        ("{x} paid the bill.", "The innkeeper bowed.", "{x} tore the bill.", "The innkeeper shouted."),
        ("{x} burned the pie.", "The pie tasted bitter.", "{x} sugared the pie.", "The pie tasted sweet."),
        ("{x} stroked the cat.", "The cat purred.", "{x} kicked the cat.", "The cat hissed."),
        ("{x} dug the well.", "The village had water.", "{x} blocked the well.", "The village was thirsty."),
    )
)

ANSWERS = {"entailment": "yes", "contradiction": "no", "not_entailment": "no", "neutral": "maybe"}
OPPOSITE_ANSWERS = {"yes": ("no",), "no": ("yes",), "maybe": ("yes", "no")}

KNIGHT_LINES = (
    "A knight writes this.", "An honest islander speaks.", "From the north shore, where they are true.",
    "These are true words.", "A faithful knight speaks.", "An honest hand wrote this.",
)
KNAVE_LINES = (
    "A knave writes this.", "A lying islander speaks.", "From the south shore, where they are false.",
    "These are false words.", "A crooked knave speaks.", "A lying hand wrote this.",
)

# How documents ask and answer. No colon ever follows "question", "answer", "effect" or "cause": a study's wording does.
CLAIM_PHRASES = (
    "Is it true that", "Does it follow that", "Would you say that", "Somebody claims that", "So",
    "Now tell me whether", "",
)
CLAIM_NOUNS = (
    "riddle matter point claim guess rumour remark thought statement saying puzzle task topic note item issue idea "
    "notion theme theory doubt"
).split()
REPLY_PHRASES = ("They say", "One hears", "I think", "Surely", "In my view", "")
REPLY_NOUNS = (
    "reply verdict response view opinion judgement finding conclusion decision ruling comment solution belief summary "
    "sentence"
).split()
EFFECT_PHRASES = ("What came of it?", "And then?", "The effect was plain.", "So it went on.")
EFFECT_NOUNS = "result outcome upshot consequence sequel end product".split()
CAUSE_PHRASES = ("Why?", "How come?", "The cause was plain.", "It began like this.")
CAUSE_NOUNS = "reason origin source root beginning motive ground".split()
PRONOUN_CLAIMS = ("{p} means {n}", "{p} stands for {n}", "{p} are {n}", "by {p} I mean {n}", "{p}, that is {n}")
CHATTER = (
    "Everybody has a question.", "Nobody has an answer.", "It is a good question.", "The answer is known.",
    "That was the question of the day.", "A plain answer is best.", "Every effect has a cause.",
)
