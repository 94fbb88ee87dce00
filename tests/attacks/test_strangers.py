"""Nobody without business on a case opens a page of it or changes a thing, whichever address or form they try."""

from __future__ import annotations

import pytest

from tests.attacks.strangers import ACTS, FIELDS, STRANGERS, doors, place, plain
from tests.bare import bare
from tests.web.demo_house import LEADER, QUIET

OVERSIGHT = ("/tilsyn/",)  # the protection officer's: who has looked, and no word of what they saw


@pytest.mark.parametrize("who", STRANGERS)
async def test_every_page_of_a_case_is_closed_to_strangers(who: str) -> None:
    case_id, made, person_id = STRANGERS[who]
    where = place(case_id)
    guest = await made(where, person_id)
    tried = 0
    for path in [path for method, path in doors(where) if method == "GET"]:
        answer = await guest.client.get(path, follow_redirects=True)
        tried += 1
        assert not [words for words in where.secrets if words in answer.text], path
        overseen = person_id == "solbaek-tilsyn" and path.startswith(OVERSIGHT)
        shut_out = answer.url.path in ("/", "/log-ind")
        assert answer.status_code == (200 if overseen or shut_out else 404), (path, answer.status_code)
    assert tried > 30


@pytest.mark.parametrize("who", STRANGERS)
async def test_no_form_of_a_strangers_changes_a_case(who: str) -> None:
    case_id, made, person_id = STRANGERS[who]
    where = place(case_id)
    guest = await made(where, person_id)
    before, posts = where.state(), [path for method, path in doors(where) if method == "POST"]
    assert len(posts) > 12
    judged = [path for path in posts if path.startswith("/tilsyn/noedadgang") and person_id == "solbaek-tilsyn"]
    for path in (path for path in posts if path not in judged):
        await guest.get("/chat")  # the form's token, once more: no refusal here is for want of it
        for act in ACTS:
            answer = await guest.client.post(path, data={**guest.own, **FIELDS, "act": act})
            assert answer.status_code in (303, 400, 401, 403, 404, 422), (path, act, answer.status_code)
            assert not [words for words in where.secrets if words in answer.text], (path, act)
            assert where.state() == before, (path, act)


async def test_the_walk_can_fail_whoever_is_on_the_case_opens_its_pages() -> None:
    where = place(QUIET, filed=False)
    guest = await plain(where, LEADER)
    opened = [
        path
        for method, path in doors(where)
        if method == "GET" and (answer := await guest.client.get(path)).status_code == 200 and answer.text
    ]
    assert len(opened) > 20
    page = await guest.client.get(f"/team/sag/{QUIET}")
    assert [words for words in where.secrets if words in page.text]
    assert bare(where.house).run(lambda raw: raw.cases.get(QUIET)) is not None
