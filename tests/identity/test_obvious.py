"""Passphrases that are guessed first are refused, and good ones of four words are not (ASVS 6.2.4, 6.2.11)."""

from __future__ import annotations

import random
from itertools import product

import pytest

from bot.identity.obvious import COMMON, OBVIOUS, SAYINGS
from bot.identity.passphrase import SHORTEST, weak
from tests.identity.kit import MAJA, Town

# What people put around a word when a rule asks for more: years, digits, signs, the word again, digits for letters.
ENDS = ("2024", "2025", "2026", "1234567", "123456!", "12345678", "!2026!", "_1990", "##2026", "99999999")
# Own list by hand, of the kinds that stand in every list of what was used most.
SEEN = """
passwordpassword password12345 Password2026! p@ssw0rd1234 P4ssw0rd!2026 1234567890abc 123456789012 qwertyuiopå1
1q2w3e4r5t6y 1qaz2wsx3edc zaq12wsxcde3 qwerty123456 asdfghjklæøå zxcvbnm12345 qwertyqwerty abcdefghijkl abcd12345678
iloveyou1234 iloveyou2026! letmein123456 welcome12345 administrator1 superman12345 football2026 liverpool2026!
correcthorsebatterystaple sunshine12345 princess12345 dragon123456 monkey1234567 trustno1trustno1 Adgangskode2026!
adgangskode123 Kodeord123456 Velkommen2026 velkommen1234! Sommer2026!!!! Sommer2026Vinter Forår2026!Forår Fodbold2026!!
København2026! brøndby196412 hemmelighed12 jegelskerdig1 JegElskerDig2026 der-er-et-yndigt-land
rødgrød med fløde! sesamlukdigop! Danmark2026!! Danmark123456 lærerlærer2026 Skolen2026!! folkeskolen123 trivsel2026!
Trivselsbot1! trivselsbot2026 Kommunen2026! pædagog123456 sofieemma2014 emma2012noah15 MadsOgMette2026 fredag13fredag
mormormormor1 kattekat2026! hund1234hund 147258369147 11223344556677 aaaaaaaabbbb 000000000000 112233aabbcc99
"""
# Words that are nobody's favourite; with everyday ones among them they still make good phrases.
PLAIN = """
kastanje tagrende spand mursten havelåge bremse lanterne trommestok skyttegrav fløjte kompas gryde vindmølle svamp
kilde stige tønde sukkerroe knagerække ærter blyant sejldug tærskel grusvej pumpe syltetøj måtte hængsel kridt brædder
"""


@pytest.mark.parametrize(
    "phrase", [word for word in SEEN.split("\n") for word in word.split()] + ["rødgrød med fløde!"]
)
def test_what_stands_in_every_list_is_refused(phrase: str) -> None:
    if len(phrase) >= SHORTEST:
        assert weak(phrase) == "phrase_obvious"


def generated() -> list[str]:
    """The usual ways to make twelve signs of a word that everybody knows."""
    words = [*OBVIOUS.split(), *COMMON.split()]
    rng = random.Random(7)
    pairs = [(rng.choice(words), rng.choice(words)) for _ in range(6_000)]
    ways = {word + end for word, end in product(words, ENDS)}
    ways |= {end + word.capitalize() for word, end in product(words, ENDS)}
    ways |= {word.capitalize() * 2 + end for word, end in product(words, ENDS)}
    ways |= {one.capitalize() + other.capitalize() + rng.choice(ENDS) for one, other in pairs}
    ways |= {word.translate(str.maketrans("oeas", "03@$")) + end for word, end in product(words, ENDS)}
    ways |= {saying + end for saying, end in product(SAYINGS, ENDS)}
    return sorted(way for way in ways if len(way) >= SHORTEST)


def test_the_usual_ways_around_a_well_known_word_are_refused() -> None:
    ways = generated()
    assert len(ways) > 12_000
    tried = random.Random(5).sample(ways, 4_000)  # all of them take five seconds
    assert [way for way in tried if weak(way) is None] == []


def test_four_words_that_do_not_belong_together_are_taken() -> None:
    rng = random.Random(3)
    plain, common = PLAIN.split(), [word for word in COMMON.split() if len(word) > 3]
    for _ in range(500):
        words = [*rng.sample(plain, 3), rng.choice(common)]
        rng.shuffle(words)
        assert weak(rng.choice((" ", "-", "")).join(words)) is None, words


@pytest.mark.parametrize("phrase", ["Solbæk-2026-2026", "lærkeskolen 1234!", "MajaHolm19 Maja", "solbaek-20262026"])
async def test_what_others_know_of_somebody_is_no_passphrase(phrase: str) -> None:
    town = Town()
    guest = await town.invited(MAJA)
    page = await guest.post("/min-adgang/saetning", name="mh-login", phrase=phrase, again=phrase)
    assert "for nem at gætte" in page.words
    assert town.do(lambda uow: uow.identity.of_person(MAJA)) == []
