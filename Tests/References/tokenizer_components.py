"""Every component of a tokenizer.json that is supported, with all its options, on lines where the options show.

All configurations share one model of characters and frequent pairs of them, so that ids show both what a normaliser
made of a text and where a pre-tokenizer divided it.
"""

import base64
import json
import struct
from collections import Counter
from itertools import product

from tokenizers import Tokenizer

from fixture_tokenizer import BLOOM_PATTERN, SENTENCES

GPT4_PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

LINES = [
    "", " ", "   ", "a", " a", "a  b ", "  The  river is cold. ", "It's 12,345.67 DON'T", "x\ty\nz\r\nw \n\n v", "a.b,c!d",
    "▁a ▁ b▁", "É e\u0301 ﬁ ½ Å ﷺ", "q\u0323\u0307 q\u0307\u0323 \u0344 \u1e9b\u0323", "한국어 각 힣", "İstanbul ẞß ΑΣ", "日本語 テキスト。ﾊﾝｶｸ",
    "👍🏽 👩‍👧 🇩🇪", "\u00a0a\u3000b\u2028c\u200bd", "\u0301alone a\u0301\u0302", "नमस्ते दुनिया।", "12ab34 ٣٤ Ⅷ²", "snake_case-kebab/slash", "<A><b> <c>x",
    "ﬆ ſs Kk ıI", "\x01a\x7fb\x85c", "𝔘𐍈 \U0001d15e", "aaa bbb", "...a..b.", SENTENCES[5], SENTENCES[14], SENTENCES[17],
]


def character_map(entries):
    """A precompiled map of characters as SentencePiece writes it: a trie in a double array, then the texts."""
    texts, offsets = b"", {}
    for text in entries.values():
        offsets.setdefault(text, len(texts))
        texts += text.encode() + b"\0" if offsets[text] == len(texts) else b""
    keys = sorted((key.encode(), offsets[text]) for key, text in entries.items())
    units, taken, bases = {0: 0}, {0}, set()

    def place(node, depth, group):
        labels = sorted({key[depth] if depth < len(key) else 0 for key, _ in group})
        free = (base for base in range(1, 1 << 20) if base not in bases and not {base ^ label for label in labels} & taken)
        base = next(free)
        bases.add(base)
        taken.update(base ^ label for label in labels)
        offset = node ^ base
        units[node] |= offset << 10
        for label in labels:
            members = [(key, value) for key, value in group if (key[depth] if depth < len(key) else 0) == label]
            if label == 0:
                units[node] |= 1 << 8
                units[base] = 1 << 31 | members[0][1]
            else:
                units[base ^ label] = label
                place(base ^ label, depth + 1, members)

    place(0, 0, keys)
    trie = b"".join(struct.pack("<I", units.get(index, 0)) for index in range(max(units) + 256))
    return base64.b64encode(struct.pack("<I", len(trie)) + trie + texts).decode()


CHARACTERS = character_map(
    {"ﬁ": "fi", "½": " 1/2", "É": "E", "e\u0301": "é", "\u3000": " ", "\u00a0": " ", "\t": " ", "\r": "", "\n": " ", "\x01": "",
     "日": "sun", "日本": "Japan", "ß": "ss", "각": "gak", "a\u0301\u0302": "A", "👍": "+"}
)


def sequence(key, *members):
    """Some components, one after another."""
    return {"type": "Sequence", key: list(members)}


def replace(content, **pattern):
    """A normaliser or decoder that replaces a text (String) or an expression (Regex)."""
    return {"type": "Replace", "pattern": pattern, "content": content}


def split(behaviour, invert=False, **pattern):
    """A pre-tokenizer that divides where something matches."""
    return {"type": "Split", "pattern": pattern, "behavior": behaviour, "invert": invert}


def metaspace(scheme, is_splitting=True):
    """A pre-tokenizer or decoder as SentencePiece's."""
    return {"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": is_splitting}


def byte_level(prefix=False, regex=False):
    """A pre-tokenizer that sees bytes."""
    return {"type": "ByteLevel", "add_prefix_space": prefix, "trim_offsets": True, "use_regex": regex}


def added(content, **flags):
    """An element of added_tokens."""
    usual = dict(single_word=False, lstrip=False, rstrip=False, normalized=True, special=False)
    return {"content": content, **usual, **flags}


def normalisers():
    """Normalisers alone and one after another."""
    plain = [{"type": name} for name in ("NFC", "NFD", "NFKC", "NFKD", "Lowercase")]
    strips = [{"type": "Strip", "strip_left": left, "strip_right": right} for left, right in product((True, False), repeat=2)]
    replacements = [
        replace("▁", String=" "), replace("", String="a"), replace("-", String=""), replace("▁", Regex=" {2,}"),
        replace(" ", Regex=r"\s+"), replace("", Regex=r"\p{Mn}"), replace("|", Regex=r"\b"), replace("#", Regex=r"^|$"),
        replace("<>", Regex=r"(?<=\w)\W+?(?=\w)|(?<!\S)b"), replace("_", Regex=r"(?i)[k-s]+|!"), replace("*", Regex=r"a*"),
        replace("+", Regex=r"(?:ab|a|b){2,3}|(?>\d+)\d|[[:punct:]&&[^.]]++|\x{65}\u0301?"),
    ]
    mixed = [
        sequence("normalizers"),
        sequence("normalizers", {"type": "NFKD"}, replace("", Regex=r"\p{Mn}+"), {"type": "Lowercase"}, strips[0]),
        sequence("normalizers", {"type": "Precompiled", "precompiled_charsmap": CHARACTERS}, strips[2], replace("▁", Regex=" {2,}")),
        sequence("normalizers", {"type": "Prepend", "prepend": "▁"}, replace("▁", String=" ")),
    ]
    prepend = [{"type": "Prepend", "prepend": "▁"}, {"type": "Precompiled", "precompiled_charsmap": CHARACTERS}]
    return [{"normalizer": each} for each in plain + strips + replacements + prepend + mixed]


def pre_tokenizers():
    """Pre-tokenizers alone and one after another."""
    behaviours = ("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous")
    splits = [split(behaviour, invert, Regex=r"\s|\d") for behaviour in behaviours for invert in (False, True)]
    splits += [split("Isolated", String="."), split("MergedWithNext", String="a "), split("Removed", Regex=GPT4_PATTERN, invert=True)]
    splits += [split("Isolated", Regex=expression) for expression in (BLOOM_PATTERN, GPT4_PATTERN, r"\p{Lu}\p{Ll}*|[^\W\d_]+?(?=\P{L}|$)")]
    words = {"type": "WhitespaceSplit"}
    others = [words] + [metaspace(scheme, is_splitting) for scheme in ("always", "first", "never") for is_splitting in (True, False)]
    others += [byte_level(prefix, regex) for prefix in (True, False) for regex in (True, False)]
    others += [
        sequence("pretokenizers", words, metaspace("always")), sequence("pretokenizers", words, metaspace("first")),
        sequence("pretokenizers", splits[2], metaspace("first", False)), sequence("pretokenizers", metaspace("first", False), splits[6]),
        sequence("pretokenizers", split("Isolated", Regex=GPT4_PATTERN), byte_level()), sequence("pretokenizers"),
        sequence("pretokenizers", byte_level(), split("MergedWithNext", String="Ġ")), sequence("pretokenizers", byte_level(True), byte_level()),
        {"type": "Metaspace", "replacement": "_", "str_rep": "_", "add_prefix_space": True},
    ]
    return [{"pre_tokenizer": each} for each in splits + others]


def others():
    """Components together, post-processors, decoders, and added tokens in normalised text."""
    tokens = [
        added("THE", lstrip=True), added("river", single_word=True), added("ﬁ", rstrip=True), added("a", single_word=True, normalized=False),
        added("<A>", special=True), added("<b>", special=True, normalized=False), added("É", lstrip=True, rstrip=True),
    ]
    lower = sequence("normalizers", {"type": "NFKC"}, {"type": "Lowercase"})
    strip = {"type": "Strip", "strip_left": True, "strip_right": False}
    template = {
        "type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<b>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {"<b>": {"id": "<b>", "ids": [3, 4], "tokens": ["<b>", "a"]}},
    }
    roberta = {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 1], "trim_offsets": True, "add_prefix_space": False}
    decoders = [
        {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}, metaspace("always"), metaspace("first"),
        metaspace("never"), replace(" ", String="▁"), replace("", Regex=r"[aeiou]$"), {"type": "Fuse"},
        {"type": "Strip", "content": "a", "start": 1, "stop": 0}, {"type": "Strip", "content": "e", "start": 0, "stop": 1},
        sequence("decoders", replace(" ", String="▁"), {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}), sequence("decoders"),
    ]
    return [
        {"added_tokens": tokens}, {"added_tokens": tokens, "normalizer": lower},
        {"added_tokens": tokens, "normalizer": {"type": "Prepend", "prepend": "▁"}, "pre_tokenizer": metaspace("first")},
        {"added_tokens": tokens, "normalizer": lower, "pre_tokenizer": byte_level(True, True)},
        {"added_tokens": tokens, "pre_tokenizer": metaspace("first")}, {"normalizer": strip, "pre_tokenizer": metaspace("first")},
        {"normalizer": replace("", String=" "), "pre_tokenizer": sequence("pretokenizers", split("Isolated", String="a"), metaspace("first"))},
        {"normalizer": {"type": "NFKD"}, "pre_tokenizer": sequence("pretokenizers", split("Isolated", Regex=r"\p{L}"), metaspace("first"))},
        {"normalizer": {"type": "Precompiled", "precompiled_charsmap": CHARACTERS}, "pre_tokenizer": sequence("pretokenizers", split("Isolated", Regex="."), metaspace("first"))},
        {"post_processor": template}, {"post_processor": roberta},
        *({"pre_tokenizer": metaspace("first"), "added_tokens": tokens, "decoder": each} for each in decoders),
    ]


def with_model(parts, model):
    """The whole file of some components; the ids of added tokens follow the model's."""
    root = {"version": "1.0", "added_tokens": [], "normalizer": None, "pre_tokenizer": None, "post_processor": None, "decoder": None}
    root |= parts | {"model": model}
    next_id = len(model["vocab"])
    tokens = []
    for token in root["added_tokens"]:
        id = model["vocab"].get(token["content"], next_id)
        next_id = max(next_id, id + 1)
        tokens.append({"id": id, **token})
    return root | {"added_tokens": tokens}


def shared_model(configurations):
    """Characters of all lines as the components leave them, but for some rare ones, and the pairs seen most often."""
    empty = {"type": "BPE", "unk_token": None, "vocab": {}, "merges": []}
    characters, pairs = Counter(), Counter()
    for parts in configurations:
        parts = {key: part for key, part in parts.items() if key in ("normalizer", "pre_tokenizer")}
        tokenizer = Tokenizer.from_str(json.dumps(with_model(parts, empty)))
        for line in LINES:
            text = tokenizer.normalizer.normalize_str(line) if tokenizer.normalizer else line
            pieces = tokenizer.pre_tokenizer.pre_tokenize_str(text) if tokenizer.pre_tokenizer else [(text, None)]
            for piece, _ in pieces:
                characters.update(piece)
                pairs.update(zip(piece, piece[1:]))
    known = [character for character in sorted(characters) if character not in "zआ힣"]
    merges = [pair for pair, _ in pairs.most_common(700) if set(pair) <= set(known)]
    pieces = dict.fromkeys(["<unk>", "<s>", "</s>", *known, *map("".join, merges)])
    return {
        "type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": "", "end_of_word_suffix": "",
        "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
        "vocab": {piece: id for id, piece in enumerate(pieces)}, "merges": [list(pair) for pair in merges],
    }


def component_rows():
    """The model and the lines; then for every configuration its components and what becomes of each line."""
    configurations = [{}] + normalisers() + pre_tokenizers() + others()
    model = shared_model(configurations)
    yield {"model": model, "lines": LINES}
    for parts in configurations:
        root = with_model(parts, model)
        tokenizer = Tokenizer.from_str(json.dumps(root))
        ids = [tokenizer.encode(line, add_special_tokens=True).ids for line in LINES]
        row = {**{key: root[key] for key in parts}, "ids": ids}
        if "decoder" in parts:
            row["decoded"] = [tokenizer.decode(each, skip_special_tokens=False) for each in ids]
        yield row
