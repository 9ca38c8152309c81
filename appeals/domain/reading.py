"""How a text is read: its words, folded so that the ways of typing one word meet, and what can be learnt of each."""

import csv
import re
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

READ_UP_TO = 6_000  # characters; the matter of a longer text is told by then
SHORTEST = 2  # letters: “су” is water, “ит” a dog
LONGEST = 40  # letters; what is longer is no word
STEMS = (4, 5, 6, 7)  # letters: both languages carry their meaning at the beginning of a word
GRAMS = (3, 4)
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,64}@\S+")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # inside words, from copied pages
REPEATED = re.compile(r"(.)\1+")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
# Kazakh is often typed without its own letters, and both languages with these mixed up.
FOLDED = str.maketrans("әіңғүұқөһёыщй", "аингуукохеиши", "ъь'’ʼ")
# A Latin letter in a Cyrillic word was meant to be the one that looks like it; i and h are Kazakh letters there.
LOOKALIKE = str.maketrans("aceopxyihkmtb", "асеорхуинкмтв")
# Of a Latin word, letters that stand for one; both the official alphabets and the way people type.
TOGETHER = ("shch", "sch", "sh", "ch", "zh", "kh", "gh", "ts", "ya", "yu", "yo", "ye")
MEANT = dict(zip(TOGETHER, "шшшчжхгцяюее", strict=True))
PAIRS = re.compile("|".join(TOGETHER))
LATIN = str.maketrans(
    "abcdefghijklmnopqrstuvwxyz" + "äöüğǵñńŋşçıýúóáéū",
    "абкдефгхижклмнопкрстувухиз" + "аоуггннншчиууоаеу",
)
# How any letter begins and ends, whatever it is about; folded beginnings of words.
COURTESIES = (
    *("прошу", "помогит", "помоч", "здравств", "уважаем", "пожалуист", "спасиб"),
    *("комектес", "сураимин", "отинем", "курмет", "салемет", "рахмет"),
)
PLAIN_WORDS = Path(__file__).parents[1] / "data" / "kz" / "plain_words.csv"


def words_of(text: str) -> list[str]:
    """The words of the beginning of `text`, as they were written; addresses and numbers are none."""
    read = text[:READ_UP_TO]
    if len(text) > READ_UP_TO:
        read = " ".join(read.split()[:-1])  # the last word was cut
    return WORD.findall(ADDRESS.sub(" ", normalize("NFC", read).translate(UNSEEN)))


def folded(word: str) -> str:
    """`word` without case, in one alphabet, without the letters people mix up, without doubled letters."""
    bare = word.casefold()
    if CYRILLIC.search(bare):
        bare = bare.translate(LOOKALIKE)
    else:
        bare = PAIRS.sub(lambda match: MEANT[match[0]], bare).translate(LATIN)
    return REPEATED.sub(r"\1", bare.translate(FOLDED))


def features_by_word(text: str) -> dict[str, list[str]]:
    """The features of each word of `text`: itself, its beginnings, its letter n-grams; and the pairs it begins.

    Words that differ only in what `folded` takes away are one, and stand as they were written first.
    """
    words = [(word, folded(word)) for word in words_of(text)]
    told = [
        (word, bare) for word, bare in words if SHORTEST <= len(bare) <= LONGEST and not bare.startswith(COURTESIES)
    ]
    first: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for n, (word, bare) in enumerate(told):
        features = found.setdefault(first.setdefault(bare, word), [])
        features += _features_of(bare)
        if n + 1 < len(told):
            features.append(f"{bare[:5]}+{told[n + 1][1][:5]}")
    return found


def known_words(by_word: Mapping[str, Iterable[str]], features: Container[str]) -> int:
    """How many telling words are among `features`, or begin as these do; some letters of it are no word."""
    return sum(
        any(feature in features for feature in of_word if feature.startswith(("=", "^")))
        for word, of_word in by_word.items()
        if not is_plain(word)
    )


def is_plain(word: str) -> bool:
    """Whether `word` says nothing of the matter, in any text: a pronoun, a particle, a day."""
    return folded(word) in _plain_words()


@lru_cache(maxsize=1)
def _plain_words() -> frozenset[str]:
    with PLAIN_WORDS.open(newline="", encoding="utf-8") as file:
        return frozenset(folded(row["word"]) for row in csv.DictReader(file))


@lru_cache(maxsize=20_000)
def _features_of(word: str) -> tuple[str, ...]:
    stems = (f"^{word[:n]}" for n in STEMS if len(word) > n)
    framed = f"<{word}>"
    grams = (framed[n : n + size] for size in GRAMS for n in range(len(framed) - size + 1))
    return (f"={word}", *stems, *grams)
