"""Lines on which tokenizers differ: scripts, marks, spaces, punctuation, added tokens, and mixtures of all of them."""

import random

from fixture_tokenizer import SENTENCES, added_tokens

CURATED = [
    "", " ", "  ", "   ", "\n", "\n\n", "\t", " \n ", "\r\n", "a", " a", "a ", "  a", "a  b", "a   b  ", "\u00a0a\u00a0", "a\u3000b",
    "x\u2028y\u2029z", "x\u0085y", "x\u001cy\u001dy\u001ez\u001fw", "x\u000by\u000cz", "\u200b\u200c\u200d\u2060", "\ufeffstart",
    "\u1680a\u2000b\u200ac\u202fd\u205fe", "tab\tand\tspace ", "\u0001\u0002\u007f\u0080\u009f", "\u00ad soft\u00adhyphen",
    "don't can't it's I'm we've they'll he'd 'tis ' 's", "DON'T IT'S", "a.b,c!d?e", "...", ". . .", "a...b", "?!?!", "wait… what", "……",
    "(a)", "((a))", "a|b", "||", "[a]", "{a}", "a(b|c)d", " (", " |x", ") (", "a;b:c-d_e/f\\g", "「引用」、と。", "是，不是。", "، ؟ ۔ ।",
    "é", "e\u0301", "a\u0308\u0323", "Z\u0351\u036b\u0343a\u0323l\u0349g\u0326o", "\u0301alone", "ﬁ ﬂ ½ ² ™ Å Å Ω Ω", "İstanbul ıI ß ẞ",
    "👍", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈 🇩🇪🇫🇷", "☕️", "a👍b", "👍👍👍👍", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "𐍈𐌰", "한국어 한글", "日本語テキスト", "中文没有空格的一长串文字", "ไทยไม่มีช่องว่าง",
    "\u202bעברית عربي\u202c", "नमस्ते दुनिया।", "தமிழ்", "Ελληνικά", "ქართული", "Հայերեն", "አማርኛ", "ខ្មែរ", "བོད་ཡིག", "ᐃᓄᒃᑎᑐᑦ",
    "1234567890", "3.14159", "1,000,000", "v2.0.1-beta", "١٢٣", "Ⅷ ⅷ ㊿", "x²+y³", "http://example.org/a?b=c&d=e#f", "me@example.org",
    "snake_case camelCase UPPER lower", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "the the the the", "thethethethe", " the", "the ", "\ufffd", "\uffff\ufdd0", "\U0010ffff", "\ue000private", "Ġthe Ċ ĉ", "ÃÂ", "Ā",
    "<s>", "</s>", "<unk>", "<pad>", "<s>a</s>", " <s> a </s> ", "<s", "s>", "< s>", "<S>", "<<s>>", "<s><s></s>", "a<pad>b", "<unk> unknown",
    "<ab", "<abc>", "<ab>c", "ab>c", "xab>", "<abb>c", "<ab>", "two words", "two  words", "atwo wordsb", "élan", "l'élan vital", "élane",
]


def around(content):
    """An added token next to letters, digits, spaces, marks and itself."""
    templates = ("{}", "a{}b", " {} ", "a {} b", "a  {}  b", "_{}", "{}1", "é{}é", "{}\u0301", "\u3000{}\n", "{0}{0}", "{0} {0}", ".{}.", "{}\u200d", "x{}  ")
    return [template.format(content) for template in templates]


def mixtures(count, seed):
    """Random joins of fragments, so that boundaries of every kind meet."""
    generator = random.Random(seed)
    fragments = [line for line in CURATED if len(line) < 12] + [" ", "  ", "\n", ".", "the", "word"] * 4
    fragments += [token.content for token, _ in added_tokens()]
    return ["".join(generator.choices(fragments, k=generator.randint(2, 9))) for _ in range(count)]


# First and last character of blocks of Unicode: scripts, marks, signs, emoji and what goes between them.
BLOCKS = [
    (0x20, 0x7E), (0xA1, 0x17F), (0x250, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x531, 0x5F4),
    (0x600, 0x6FF), (0x900, 0x97F), (0xB80, 0xBFF), (0xE01, 0xE5B), (0xF00, 0xFFF), (0x10A0, 0x10FF), (0x1100, 0x11FF),
    (0x1200, 0x137F), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x209C), (0x2150, 0x218B), (0x2190, 0x22FF),
    (0x2460, 0x24FF), (0x3000, 0x30FF), (0x3200, 0x33FF), (0x4E00, 0x9FFF), (0xA960, 0xA97C), (0xAC00, 0xD7A3),
    (0xF900, 0xFAD9), (0xFB00, 0xFDFF), (0xFE00, 0xFE6F), (0xFF01, 0xFFEE), (0x10300, 0x1034A), (0x1D400, 0x1D7FF),
    (0x1F1E6, 0x1F1FF), (0x1F300, 0x1F6FF), (0x1F900, 0x1F9FF), (0x20000, 0x2A6DF), (0xE0001, 0xE007F),
]


def word(generator, block):
    """A few characters of a block, one of them often again."""
    letters = [chr(generator.randint(*block)) for _ in range(generator.randint(1, 8))]
    return "".join(generator.choices(letters, k=generator.randint(1, 12)))


def scripts(generator):
    """Words of several scripts with spaces of several kinds, or nothing, between them."""
    spaces = [" "] * 6 + ["", "  ", "\n", "\t", "\u00a0", "\u3000", ".", ", ", "-"]
    blocks = generator.choices(BLOCKS, k=generator.randint(1, 4))
    words = [word(generator, generator.choice(blocks)) for _ in range(generator.randint(1, 12))]
    return "".join(part + generator.choice(spaces) for part in words)


def emoji(generator):
    """Faces, hands, flags and families: sequences with modifiers, selectors and joiners."""
    signs = [*"😀👍👩👧💻🏳🌈❤☕✊🇩🇪🇫🏿🏽", "\u200d", "\u200d", "\ufe0f", "\u20e3", "1", "#", " ", "a"]
    return "".join(generator.choices(signs, k=generator.randint(1, 16)))


def controls(generator):
    """Control and format characters among letters."""
    signs = [chr(code) for code in [*range(1, 0x20), *range(0x7F, 0xA1), 0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010)]]
    signs += [*"abc  ", "\u2028", "\u2029", "\u2060", "\ufeff", "\ufff9", "\ufffd", "\uffff", "\U0010fffe"]
    return "".join(generator.choices(signs, k=generator.randint(1, 24)))


def bytes_as_latin(generator):
    """Random bytes, each a character; none of value zero, which JSON lines cannot hold everywhere."""
    return generator.randbytes(generator.randint(1, 40)).replace(b"\0", b"\1").decode("latin-1")


def bytes_as_utf8(generator):
    """Random bytes as UTF-8, with a sign wherever they are none."""
    lead = bytes(generator.choice(b"\xc3\xd0\xe0\xe4\xef\xf0 a") for _ in range(20))
    mixed = bytes(generator.choice((byte, generator.randrange(1, 256))) for byte in lead)
    return mixed.decode("utf-8", errors="replace")


def random_lines(count, seed):
    """Lines of all these kinds in turn, and joins of several."""
    generator = random.Random(seed)
    kinds = [scripts, emoji, controls, bytes_as_latin, bytes_as_utf8, scripts]
    lines = []
    while len(lines) < count:
        kind = kinds[len(lines) % len(kinds)]
        others = generator.choices(kinds, k=generator.choice((0, 0, 0, 1, 2)))
        lines.append(" ".join(make(generator) for make in [kind, *others]))
    return lines


def hard_lines():
    """All lines, each once."""
    tokens = [line for token, _ in added_tokens()[::5] for line in around(token.content)]
    long_lines = [" ".join(SENTENCES), "".join(SENTENCES).replace(" ", ""), "ab" * 400]
    return list(dict.fromkeys(CURATED + SENTENCES + tokens + mixtures(250, seed=7) + random_lines(120, seed=8) + long_lines))
