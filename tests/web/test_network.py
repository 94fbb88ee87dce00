"""A network meeting on the web, from the case to the answers afterwards, with the demo's people."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from tests.core.ics_grammar import breaches
from tests.web.demo_house import AWAY, LEADER, OTHER_TEACHER, PEDAGOGUE, PSYCHOLOGIST, QUIET, SOCIAL, TEACHER, Guest
from tests.web.visitor import Page


def a_day(guest: Guest, days: int = 14) -> str:
    """A working day to come."""
    now = guest.house.clock.now() + timedelta(days=days)
    return guest.house.workdays.next_open(now.replace(hour=0)).date().isoformat()


def filled(guest: Guest, **changes: str | list[str]) -> dict[str, str | list[str]]:
    usual = {
        "purpose": "plan", "words": "", "day": a_day(guest), "clock": "14:00", "minutes": "60", "place": "school",
        "place_words": "", "chair": TEACHER, "scribe": LEADER, "parents": "2", "child": "yes", "who": ["LAER", "AKT"],
    }  # fmt: skip
    return {**usual, **changes}


async def called(guest: Guest, **changes: str | list[str]) -> str:
    """A meeting that this person has called about the quiet boy: its id."""
    page = await guest.get(f"/sag/{QUIET}/moede")
    assert page.status == 200
    page = await guest.post(f"/sag/{QUIET}/moede", **filled(guest, **changes))
    assert page.status == 200, page.words
    return meeting_on(page)


def meeting_on(page: Page) -> str:
    """The meeting that this page is about."""
    return next(link.split("/")[2] for link in page.links if re.fullmatch(r"/moede/[a-z2-7]{12}", link))


async def test_a_yes_to_the_team_is_not_told_as_a_yes_to_a_meeting_nor_as_no_yes_at_all() -> None:
    page = await (await Guest().become(TEACHER)).get(f"/sag/{QUIET}/moede")
    assert "Et ja til mødet er ikke skrevet ind endnu." in page.words
    assert "Der er ikke noget ja fra familien endnu." not in page.words
    assert "Familien har sagt ja." not in page.words


async def test_the_case_leads_to_the_meetings_about_it() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja)
    mine, birgit = await maja.get(f"/sag/{QUIET}"), await Guest(house=maja.house).become(LEADER)
    team = await birgit.get(f"/team/sag/{QUIET}")
    assert f"/moede/{meeting}" in mine.links and f"/moede/{meeting}" in team.links
    await maja.post(f"/moede/{meeting}", act="cancel", reason="Familien er syg")
    assert f"/moede/{meeting}" not in (await birgit.get(f"/team/sag/{QUIET}")).links


async def test_whoever_has_no_account_is_called_by_what_they_are() -> None:
    maja = await Guest().become(TEACHER)
    page = await maja.get(f"/moede/{await called(maja, parents='2', who=['AKT'])}")
    assert "AKT-vejleder Ikke svaret" in page.words and "Familien, AKT-vejleder" not in page.words
    assert "Skriv svaret for Forælder 1" in page.words and "Skriv svaret for Forælder 2" in page.words
    assert f"/sag/{QUIET}" in page.links


async def test_the_teacher_calls_a_meeting_and_everybody_finds_it() -> None:
    maja = await Guest().become(TEACHER)
    assert f"/sag/{QUIET}/moede" in (await maja.get(f"/sag/{QUIET}")).links
    meeting = await called(maja)
    page = await maja.get(f"/moede/{meeting}")
    assert page.status == 200 and "Vi vil lave en plan sammen" in page.words
    leader = await Guest(house=maja.house).become(LEADER)
    assert (await leader.get(f"/moede/{meeting}/forberedelse")).status == 200
    stranger = await Guest(house=maja.house).become(OTHER_TEACHER)
    for path in ("", "/forberedelse", "/tavle", "/bagefter", "/brev", "/brev.txt", "/kalender.ics"):
        assert (await stranger.get(f"/moede/{meeting}{path}")).status == 404


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"who": ["LAER", "POL"]}, "må ikke være med endnu"),
        ({"who": ["LAER", "SOC"]}, "må ikke være med endnu"),
        ({"who": []}, "Vælg mindst én"),
        ({"purpose": "other"}, "Skriv, hvad mødet skal bruges til"),
        ({"day": ""}, "Vælg en dag"),
        ({"day": "2026-12-25"}, "lukket"),
        ({"chair": OTHER_TEACHER}, "hvem der leder"),
        ({"words": "Vi taler med Mila Sørensen, 010110-1234"}, "CPR"),
        ({"minutes": "900"}, "fra fem minutter"),
        ({"clock": "25:00"}, "Vælg en dag"),
    ],
)
async def test_a_refusal_says_why_and_keeps_what_was_chosen(changes: dict[str, str | list[str]], why: str) -> None:
    maja = await Guest().become(TEACHER)
    await maja.get(f"/sag/{QUIET}/moede")
    page = await maja.post(f"/sag/{QUIET}/moede", **filled(maja, **{"place_words": "Lokale 12", **changes}))
    assert page.status == 422 and why in page.words
    assert 'value="Lokale 12"' in page.html


async def test_whoever_needs_a_yes_comes_when_somebody_has_asked() -> None:
    """The consent names the school only: the social worker is no member before the family has said yes to her."""
    birgit = await Guest().become(LEADER)
    await consented(birgit, "school")
    page = await birgit.get(f"/sag/{QUIET}/moede")
    assert "Familiens ja nævner dem ikke" in page.words
    page = await birgit.post(f"/sag/{QUIET}/moede", **filled(birgit, chair=LEADER, who=["LAER", "SOC"]))
    assert page.status == 422 and "skal der spørges om først" in page.words
    meeting = await called(birgit, chair=LEADER, who=["LAER", "SOC"], asked="SOC")
    assert "Socialrådgiver" in (await birgit.get(f"/moede/{meeting}")).words


async def consented(guest: Guest, to: str) -> None:
    """A yes from the one parent to share with these."""
    await guest.get(f"/sag/{QUIET}/samtykke")
    until = a_day(guest, 60)
    fields = {
        "givers": "psychologist" if to == "school" else "school",
        "to": to,
        "kinds": "wellbeing",
        "reason": "Et møde om skoledagen",
    }
    page = await guest.post(f"/sag/{QUIET}/samtykke", act="ask", age="u15", custody="one", until=until, **fields)
    consent = page.hidden["consent"]
    today = guest.house.clock.now().date().isoformat()
    page = await guest.post(
        f"/sag/{QUIET}/samtykke",
        act="record", consent=consent, party="holder_1", said="yes", way="written", day=today, reason="",
    )  # fmt: skip
    assert page.status == 200, page.words


async def test_the_letter_is_for_the_one_who_leads_and_is_a_tagged_pdf() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja)
    page = await maja.get(f"/moede/{meeting}/brev")
    assert "Vi vil gerne mødes med jer" in page.words and "I kender jeres barn bedst" in page.words
    assert "Elev 4B-7" not in page.words
    made = await maja.file(f"/moede/{meeting}/brev.pdf")
    reader = PdfReader(BytesIO(made.content))
    assert reader.metadata is not None and reader.metadata.title == "Vi vil gerne mødes med jer"
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "da"
    jonas = await Guest(house=maja.house).become(PEDAGOGUE)
    assert (await jonas.get(f"/moede/{meeting}/brev")).status == 404


async def test_the_calendar_file_is_whole_and_holds_nothing_of_the_case() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja, place_words="Lokale 12")
    answer = await maja.file(f"/moede/{meeting}/kalender.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert breaches(answer.content) == []
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["url"] == f"http://localhost:8000/moede/{meeting}"
    for word in (b"Lokale", b"K7RT", b"plan", b"Elev"):
        assert word not in answer.content


async def test_everybody_prepares_and_the_sheet_is_merged() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja)
    path = f"/moede/{meeting}/forberedelse"
    page = await maja.get(path)
    seats = re.findall(r'name="seat" value="([^"]+)"', page.html)
    assert len(seats) == 5, "her own, and four without an account"
    page = await maja.post(
        path, act="say", seat=seats[0], text="Han tegner godt.", say="", note="", words="", scale="4"
    )
    assert page.status == 200 and "Han tegner godt." in page.words
    assert "Tak. Det er gemt til mødet." in page.words
    parent = seats[2]
    page = await maja.post(
        path, act="say", seat=parent, text="", say="Han sover dårligt.", note="", words="", scale="2"
    )
    assert "Han sover dårligt." in page.words and "Familien" in page.words
    birgit = await Guest(house=maja.house).become(LEADER)
    page = await birgit.get(path)
    assert "Han tegner godt." in page.words
    refused = await birgit.post(path, act="say", seat=seats[0], text="Jeg svarer for hende", say="", note="", words="")
    assert refused.status == 422 and "Du kan svare for dig selv" in refused.words


async def test_a_name_is_refused_and_danger_leads_to_what_to_do() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja)
    path = f"/moede/{meeting}/forberedelse"
    page = await maja.get(path)
    seat = re.findall(r'name="seat" value="([^"]+)"', page.html)[0]
    page = await maja.post(path, act="say", seat=seat, text="Ring til 010110-1234", say="", note="", words="")
    assert page.status == 422 and "CPR" in page.words and "Ring til 010110-1234" in page.html
    page = await maja.post(path, act="say", seat=seat, text="", say="Han siger, at far slår ham.", note="", words="")
    assert "112" in page.words


async def test_the_childs_house_is_read_by_who_listened_and_by_no_other() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja)
    path = f"/moede/{meeting}/forberedelse"
    await maja.get(path)
    page = await maja.post(
        path, act="houses", text="Jeg er bange for pausen.", say="Jeg har en hund.", note="", told="good"
    )
    assert "Jeg er bange for pausen." in page.words
    birgit = await Guest(house=maja.house).become(LEADER)
    page = await birgit.get(path)
    assert "Jeg har en hund." in page.words and "Jeg er bange for pausen." not in page.html
    assert "vil ikke have det sagt videre" in page.words
    refused = await birgit.post(path, act="houses", text="Noget andet", say="", note="")
    assert refused.status == 422


async def test_the_meeting_is_framed_held_and_looked_back_on() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja)
    board, after = f"/moede/{meeting}/tavle", f"/moede/{meeting}/bagefter"
    assert "når mødet er holdt" in (await maja.get(after)).words
    page = await maja.get(f"/moede/{meeting}")
    page = await maja.post(f"/moede/{meeting}", act="hold")
    assert "I gang" in page.words
    page = await maja.get(board)
    seats = re.findall(r'name="yes" value="([^"]+)"', page.html)
    page = await maja.post(board, act="frame", yes=seats)
    assert f"{len(seats)} af {len(seats)} har sagt ja" in page.words
    page = await maja.post(board, act="go", step="4")
    assert page.status == 422 and "Gå videre alligevel" in page.words
    for side in ("family", "school", "other"):
        page = await maja.post(board, act="observe", field=side, text="Det går bedst om morgenen.")
    page = await maja.post(board, act="add", field="needs", text="En at være sammen med")
    page = await maja.post(board, act="go", step="4")
    day = a_day(maja)
    page = await maja.post(board, act="help", text="Leger i lille gruppe", who="Pædagogen", day=day, need="0")
    page = await maja.post(board, act="go", step="5")
    assert "Alt hænger sammen." in page.words
    page = await maja.post(board, act="finish", day="")
    assert page.status == 422 and "Vælg den dag, I ses igen" in page.words
    page = await maja.post(board, act="finish", day=day)
    assert "Planen er færdig" in page.words
    page = await maja.post(board, act="agree", text="Ringer hjem", who="Læreren", day=day)
    assert "Ringer hjem" in page.words
    page = await maja.get(after)
    seats = re.findall(r'name="seat" value="([^"]+)"', page.html)
    assert "Tak for svaret." not in page.words
    page = await maja.post(after, act="after", seat=seats[0], sense="yes", text="Skoledagen", note="", missed="SUND")
    assert "Tak for svaret." in page.words
    page = await maja.post(after, act="after", seat=seats[2], talked="no", used="partly", note="")
    assert "I manglede: Sundhedsplejerske" in page.words
    page = await maja.get(f"/sag/{QUIET}/moede")
    assert "Blev savnet sidst" in page.words
    page = await maja.get(f"/moede/{meeting}")
    page = await maja.post(f"/moede/{meeting}", act="close")
    assert "Slut" in page.words
    birgit = await Guest(house=maja.house).become(LEADER)
    assert f"/moede/{meeting}/bagefter" in (await birgit.get("/beskeder")).links


async def test_the_curve_is_told_as_a_table_too() -> None:
    maja = await Guest().become(TEACHER)
    for days, mark in ((7, "3"), (21, "6")):
        meeting = await called(maja, day=a_day(maja, days))
        page = await maja.get(f"/moede/{meeting}/forberedelse")
        seat = re.findall(r'name="seat" value="([^"]+)"', page.html)[0]
        page = await maja.post(
            f"/moede/{meeting}/forberedelse",
            act="say",
            seat=seat,
            text="Det går",
            say="",
            note="",
            words="",
            scale=mark,
        )
    assert "<polyline" in page.html and re.search(r"<td>3</td>.*<td>6</td>", page.html, re.S)


async def test_nothing_is_read_before_a_meeting_without_consent() -> None:
    birgit = await Guest().become(LEADER)
    await birgit.get(f"/sag/{AWAY}/udveksling")
    words = {"text": "Vi skal vide, om flere ser det.", "note": "Alle kender barnet.", "reason": "De er rejst."}
    page = await birgit.post(
        f"/sag/{AWAY}/udveksling", act="plan", seats=["leader", "social_worker"], runs="no", day=a_day(birgit), **words
    )
    assert page.status == 200, page.words
    page = await birgit.get(f"/sag/{AWAY}/moede")
    assert "uden samtykke" in page.words
    fields = filled(birgit, chair=LEADER, scribe="", who=["LED", "SOC"], parents="1")
    page = await birgit.post(f"/sag/{AWAY}/moede", **fields)
    assert page.status == 200, page.words
    meeting = meeting_on(page)
    path = f"/moede/{meeting}/forberedelse"
    page = await birgit.get(path)
    seat = re.findall(r'name="seat" value="([^"]+)"', page.html)[0]
    page = await birgit.post(path, act="say", seat=seat, text="Et ord for mig selv", say="", note="", words="")
    torben = await Guest(house=birgit.house).become(SOCIAL)
    page = await torben.get(path)
    assert "kan først læses, når mødet er begyndt" in page.words and "Et ord for mig selv" not in page.html
    await birgit.get(f"/moede/{meeting}")
    await birgit.post(f"/moede/{meeting}", act="hold")
    assert "Et ord for mig selv" in (await torben.get(path)).words


async def test_whoever_may_not_come_can_not_be_invited_later_either() -> None:
    birgit = await Guest().become(LEADER)
    meeting = await called(birgit, chair=LEADER, who=["LAER"], scribe="")
    await birgit.get(f"/moede/{meeting}")
    page = await birgit.post(f"/moede/{meeting}", act="invite", person=SOCIAL)
    assert page.status == 422 and "Familiens ja gælder ikke dem" in page.words
    await consented(birgit, "social_worker")
    await birgit.get(f"/moede/{meeting}")
    page = await birgit.post(f"/moede/{meeting}", act="invite", person=SOCIAL)
    assert page.status == 200 and "Torben Lund" in page.words


async def test_a_teacher_may_ask_her_leader_to_lead() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja, chair=LEADER, scribe=TEACHER)
    page = await maja.get(f"/moede/{meeting}")
    assert "Flyt mødet" not in page.words and "Birgit Søe" in page.words
    assert (await maja.get(f"/moede/{meeting}/brev")).status == 200, "she writes, and she knows the family"


async def test_a_yes_that_is_taken_back_is_seen_before_the_meeting() -> None:
    birgit = await Guest().become(LEADER)
    await consented(birgit, "social_worker")
    meeting = await called(birgit, chair=LEADER, who=["LAER", "SOC"], scribe="")
    path = f"/moede/{meeting}/forberedelse"
    assert "mangler et ja" not in (await birgit.get(path)).words
    page = await birgit.get(f"/sag/{QUIET}/samtykke")
    today = birgit.house.clock.now().date().isoformat()
    page = await birgit.post(
        f"/sag/{QUIET}/samtykke", act="withdraw", consent=page.hidden["consent"], party="holder_1", day=today
    )
    assert page.status == 200
    assert "Her mangler et ja lige nu: Socialrådgiver" in (await birgit.get(path)).words


async def test_the_families_answer_is_written_down_by_the_one_who_leads() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja)
    page = await maja.get(f"/moede/{meeting}")
    assert "Skriv svaret for Forælder" in page.words
    seat = re.findall(r'name="seat" value="([^"]+)"', page.html)[1]
    page = await maja.post(f"/moede/{meeting}", act="answer", seat=seat, answer="no", reason="De arbejder begge to")
    assert "De arbejder begge to" in page.words


async def test_a_meeting_of_professionals_has_a_question_a_theme_and_a_host() -> None:
    birgit = await Guest().become(LEADER)
    await birgit.get("/moeder")
    page = await birgit.post(
        "/moeder",
        act="book-1", school="laerkeskolen", sag="", kind="staff", day=a_day(birgit), time="12:30", minutes="45",
        text="Vi lærer af hinanden", people=[TEACHER, PSYCHOLOGIST],
    )  # fmt: skip
    meeting = meeting_on(page)
    path = f"/moede/{meeting}/samarbejde"
    page = await birgit.get(path)
    assert page.status == 200 and "Alle: «" in page.words and "Psykolog i PPR: «" in page.words
    host = re.findall(r'<option value="([^"]+)" >', page.html)[-1]
    page = await birgit.post(path, act="joint", theme="fravaer", host=host)
    assert page.status == 200 and f'value="{host}" selected' in page.html
    refused = await (await Guest(house=birgit.house).become(TEACHER)).post(
        path, act="joint", theme="fravaer", host=host
    )
    assert refused.status in (401, 403, 422)
    maja = await Guest().become(TEACHER)
    assert (await maja.get(f"/moede/{await called(maja)}/samarbejde")).status == 404


async def test_whoever_may_not_be_in_the_room_does_not_lead_it_nor_read_there_who_wrote() -> None:
    """No yes on the case: to the social worker the writer has no name, and a seat as chair would be a way in."""
    torben = await Guest().become(SOCIAL)
    page = await torben.get(f"/sag/{AWAY}/moede")
    assert "Birgit Søe (leder)" in page.words
    assert "Jonas" not in page.words and "Torben Lund (socialrådgiver)" not in page.words
    page = await torben.post(f"/sag/{AWAY}/moede", **filled(torben, chair=SOCIAL, who=["LAER"]))
    assert page.status == 422 and "Vælg, hvem der leder mødet." in page.words
    page = await torben.post(f"/sag/{AWAY}/moede", **filled(torben, chair=LEADER, who=["LAER"]))
    seats = (await torben.get(f"/moede/{meeting_on(page)}")).words.split("Hvem er med")[1].split("Inviter en til")[0]
    assert "Birgit Søe" in seats and "Torben" not in seats


async def test_an_answer_by_name_does_not_tell_who_has_written() -> None:
    birgit = await Guest().become(LEADER)
    await birgit.post(f"/team/sag/{AWAY}", act="ask", text="Tak Jonas. Har du talt med Jonas' makker?")
    torben = await Guest(house=birgit.house).become(SOCIAL)
    page = await torben.get(f"/team/sag/{AWAY}")
    assert "Tak pædagogen. Har du talt med pædagogens makker?" in page.words
    assert "Jonas" not in page.words


async def test_whoever_wrote_is_suggested_when_somebody_else_calls_the_meeting() -> None:
    birgit = await Guest().become(LEADER)
    page = await birgit.get(f"/sag/{QUIET}/moede")
    assert "Har skrevet bekymringen" in page.words
    maja = await Guest(house=birgit.house).become(TEACHER)
    assert "Har skrevet bekymringen" not in (await maja.get(f"/sag/{QUIET}/moede")).words, "she is there already"


async def test_a_meeting_that_is_moved_keeps_the_place_and_length_that_nobody_changed() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja, place="home", minutes="45")
    page = await maja.get(f"/moede/{meeting}")
    move = page.html.split('value="move"')[1].split("</form>")[0]
    for name, value in (("place", "Hjemme hos familien"), ("minutes", "45"), ("time", "14:00")):
        assert re.search(rf'name="{name}"[^>]*value="{value}"', move), name
