"""What is guessed first: well-known words, sayings and rows of keys, with years and signs around them.

A list of known passphrases of twelve signs and more is mostly these, put together in the same few ways. So the ways are
taken apart again: whatever is left when all that is well known is gone must still be something of the person's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

FEWEST_LEFT: Final = 6  # letters of a phrase's own
MOST_COMMON: Final = 2  # everyday words that count as nothing; four of them that don't belong together are good
SHORTEST_KNOWN: Final = 4  # letters of a word that others know of the person or the place
SHORTEST_WALK: Final = 4

# Never worth anything, however many: what a phrase is called, and what this is about.
OBVIOUS: Final = """
adgangskode kodeord kodesætning adgangssætning løsen password passphrase passwort passw0rd passcode letmein
welcome login logind administrator bruger brugernavn guest master secret hemmelig hemmelighed velkommen sikkerhed
security trivsel trivselsbot bekymring underretning kommune skole folkeskole børnehave computer internet iloveyou
jegelskerdig changeme default system support robot telegram mitid nemid unilogin aula danmark
"""
# Everyday words that people build a phrase on: seasons, days, animals, names, sport, food, places; English ones too.
COMMON: Final = """
sommer vinter forår efterår sommerferie juleferie påske juleaften ferie weekend fødselsdag morgen aften januar
februar marts april maj juni juli august september oktober november december mandag tirsdag onsdag torsdag fredag
lørdag søndag sol solskin regn sne stjerne himmel måne blomst rose skov strand havet hund hunden hvalp kat katten
killing hest heste pony kanin fugl ørn løve tiger bjørn ulv drage enhjørning dragon monkey tigger eagle wolf kitty
puppy panda fodbold håndbold football soccer basketball baseball hockey badminton svømning brøndby københavn
aarhus odense aalborg esbjerg randers kolding horsens vejle roskilde herning silkeborg jylland sjælland fyn
bornholm liverpool arsenal chelsea barcelona manchester united madrid superman batman spiderman pokemon starwars
disney minecraft fortnite princess prinsesse sunshine shadow killer hunter hello freedom whatever trustno1 summer
winter spring autumn flower angel lovely baby love elsker skat skatter smukke søde familie family mor far mormor
morfar farmor farfar søster bror børn barn ven venner veninde chokolade kaffe kage pizza burger banan æble jordbær
cola slik ost lærer lærere pædagog leder socialrådgiver psykolog sundhedsplejerske klasse elev elever kontor
arbejde møde lege glad tak hej goddag farvel rød grøn blå gul sort hvid lilla orange maria anne kirsten hanne
mette anna helle lene susanne marianne charlotte camilla louise pernille christina julie emma sofie laura ida
freja clara lærke karla alma ella josefine mathilde peter jens lars michael thomas martin henrik christian søren
anders mads rasmus mikkel kasper jonas simon frederik emil oliver william noah lucas oscar victor magnus malthe
valdemar jensen nielsen hansen pedersen andersen larsen sørensen rasmussen jørgensen petersen madsen kristensen
olsen qwerty abc test admin
"""
SAYINGS: Final = tuple(
    saying.replace(" ", "")
    for saying in (
        "correct horse battery staple", "to be or not to be", "may the force be with you", "hello world", "i love you",
        "let me in", "open sesame", "sesam luk dig op", "jeg elsker dig", "der er et yndigt land", "der var engang",
        "rødgrød med fløde", "at være eller ikke være", "højt at flyve dybt at falde", "borte med blæsten",
        "mester jakob", "se den lille kattekilling", "i østen stiger solen op", "den grimme ælling",
        "kejserens nye klæder", "den lille pige med svovlstikkerne", "den lille havfrue", "lille peter edderkop",
        "jeg har glemt min kode", "jeg kan ikke huske den", "det er en hemmelighed", "ingen kan gætte den", "fire ord",
        "the quick brown fox", "once upon a time", "in god we trust", "we will rock you", "lorem ipsum", "god jul",
        "godt nytår", "glædelig jul", "tillykke med fødselsdagen", "the lord of the rings", "ringenes herre",
        "harry potter", "star wars", "alle mine ænder", "den danske folkeskole", "fire ord der ikke hører sammen",
    )
)  # fmt: skip
_ROWS: Final = (
    "1234567890+", "qwertyuiopå", "asdfghjklæø", "zxcvbnm", "qwertzuiop", "azertyuiop", "abcdefghijklmnopqrstuvwxyzæøå",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "qazwsxedcrfvtgbyhnujm",
    "qaywsxedc", "zaq12wsxcde3", "147258369", "aassddffgghhjjkkll", "qqwweerrttyy", "11223344556677889900",
    "112233aabbcc", "a1b2c3d4e5f6g7h8",
)  # fmt: skip
_FOREIGN: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_AS_DIGITS: Final = ("013457@$", ("oieastas", "oleastas"))  # a one stands for an i and for an l


def obvious(phrase: str, known: Collection[str] = ()) -> bool:
    """Whether little is left when all that is well known is gone. `known`: words of the person or the place."""
    heard = [_plain(word) for word in known]
    words = [one for word in heard if len(word) >= SHORTEST_KNOWN for one in (word, word.translate(_FOREIGN))]
    return any(_own_letters(form, words) < FEWEST_LEFT for form in _forms(phrase.casefold()))


def _forms(low: str) -> Iterator[str]:
    yield _plain(low)
    for letters in _AS_DIGITS[1]:
        yield _plain(low.translate(str.maketrans(_AS_DIGITS[0], letters)))


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _own_letters(text: str, known: Collection[str]) -> int:
    # The longest first: of «administratoren» the whole word goes, and not a part that leaves a rest.
    for piece in sorted({*SAYINGS, *OBVIOUS.split(), *known}, key=len, reverse=True):
        text = text.replace(piece, " ")
    for walk in _walks():
        text = text.replace(walk, " ")
    found = [word for word in sorted(COMMON.split(), key=len, reverse=True) if word in text]
    gone = 0
    for word in found:
        if gone < MOST_COMMON and word in text:
            text, gone = text.replace(word, " "), gone + 1
    return sum(c.isalpha() for c in text)


@cache
def _walks() -> tuple[str, ...]:
    """Every piece of a row of keys, either way, the longest first."""
    rows = {way for row in _ROWS for way in (row, row[::-1])}
    pieces = {
        row[start:end]
        for row in rows
        for start in range(len(row) - SHORTEST_WALK + 1)
        for end in range(start + SHORTEST_WALK, len(row) + 1)
    }
    return tuple(sorted(pieces, key=len, reverse=True))
