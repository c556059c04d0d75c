"""The small byte-level BPE tokenizer of the fixtures: BLOOM's pre-tokenizer, trained on the sentences below.

Its added tokens cover every combination of the flags lstrip, rstrip, single_word, normalized and special, and some
overlap each other, so that the order in which they are searched shows.
"""

from itertools import product

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers

BLOOM_PATTERN = r" ?[^(\s|[.,!?…。，、।۔،])]+"

SENTENCES = [
    "The probe went down the line and came back with a number.",
    "A good review says what the film does, and then whether it does it well.",
    "Is this sentence true or false? The answer is true. The question was easy!",
    "She said that the river was cold, that the boat was old, and that nobody was there.",
    "It was not bad; it was not good; it was there, and the people liked it.",
    "La sonde descend dans l'eau et revient avec un chiffre.",
    "Les étoiles brillent, la mer est calme, et le navire attend près du quai.",
    "Était-ce vrai ? Non, c'était presque vrai.",
    "El río está frío, pero la casa está caliente y la mesa está puesta.",
    "¿Dónde está la respuesta? La respuesta está aquí.",
    "Der Fluss ist kalt, das Boot ist alt, und niemand war dort außer uns.",
    "O barco é velho, mas a canção é bonita e não há ninguém aqui.",
    "Река холодная, лодка старая, и никого там не было.",
    "Это правда или нет? Ответ простой.",
    "النهر بارد، والقارب قديم، ولم يكن هناك أحد.",
    "هل هذا صحيح؟ نعم، هذا صحيح.",
    "नदी ठंडी है। नाव पुरानी है। वहाँ कोई नहीं था।",
    "یہ سچ ہے۔ جواب آسان ہے۔",
    "河水很冷，船很旧，那里没有人。",
    "这句话是真的吗？答案很简单。",
    "川は冷たく、舟は古く、そこには誰もいなかった。",
    "강은 차갑고 배는 낡았고 거기에는 아무도 없었다.",
    "Sông lạnh, thuyền cũ, và không có ai ở đó.",
    "Mto ni baridi, mashua ni ya zamani, na hapakuwa na mtu.",
]

FLAGS = ("lstrip", "rstrip", "single_word", "normalized")


def added_tokens():
    """The added tokens: one for each combination of flags, then some that overlap."""
    tokens = []
    for values in product((False, True), repeat=len(FLAGS)):
        flags = dict(zip(FLAGS, values))
        letters = "".join(name[0] if value else "-" for name, value in flags.items())
        tokens.append((AddedToken(f"<{letters}>", special=False, **flags), False))
        tokens.append((AddedToken(f"<{letters}*>", special=True, **flags), True))
        tokens.append((AddedToken("word" + letters.replace("-", "0"), special=False, **flags), False))
    overlapping = [
        AddedToken("<ab", normalized=True, special=False),
        AddedToken("ab>", normalized=False, special=False),
        AddedToken("b>c", normalized=True, special=False),
        AddedToken("<abc>", normalized=True, special=False),
        AddedToken("élan", normalized=False, special=False, single_word=True),
        AddedToken("two words", normalized=True, special=False),
    ]
    return tokens + [(token, False) for token in overlapping]


def fixture_tokenizer():
    """A tokenizer of a few hundred tokens; the same on every call."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(BLOOM_PATTERN), behavior="isolated", invert=False),
            pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel(add_prefix_space=True, trim_offsets=True, use_regex=True)
    tokenizer.post_processor = processors.TemplateProcessing(single="$A:0", pair="$A:0 $B:1", special_tokens=[])
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<unk>", "<s>", "</s>", "<pad>"],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(SENTENCES, trainer)
    for token, is_special in added_tokens():
        if is_special:
            tokenizer.add_special_tokens([token])
        else:
            tokenizer.add_tokens([token])
    return tokenizer
