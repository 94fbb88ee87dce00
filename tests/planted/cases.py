"""Mistakes in what may happen to a case that was sent, and in what its pages say; see faults.py."""

from __future__ import annotations

from tests.planted.fault import Fault

REST = "tests/core/test_cases_rest.py"
TOLD, RED = "tests/core/test_disclosure.py", "tests/core/test_team_red.py"

CASES = (
    Fault(
        "a case stores whatever a door lets through",
        "bot/app/cases/team.py",
        "    return refused(desk.hears, words_of(what), writer=scene.case.writer_id == person.id)\n",
        "    return ()\n",
        "tests/core/test_stored.py",
    ),
    Fault(
        "one person lets a red worry rest with the decision to do nothing",
        "dialogs/cases/moves.py",
        'if act.outcome == "no_action" and caselight.needs_two',
        'if act.outcome == "closed" and caselight.needs_two',
        REST,
    ),
    Fault(
        "one person closes a red worry",
        "dialogs/cases/light.py",
        "if act is Close and needs_two(colour, entries):",
        "if act is ProposeLowering and needs_two(colour, entries):",
        REST,
    ),
    Fault(
        "a report of an earlier round lets what is new rest",
        "dialogs/cases/light.py",
        'if entry.kind == "reopened":  # what',
        'if entry.kind == "sent":  # what',
        REST,
    ),
    Fault(
        "a screen in the room tells all that its owner may know",
        "bot/app/cases/team.py",
        "for other in scene.seats.members if shared else ():",
        "for other in ():",
        "tests/app/test_running.py",
    ),
    Fault(
        "a yes to some of it opens all of it",
        "dialogs/access/disclosure.py",
        'Disclosure("covered", _not_agreed(reader), agreed',
        'Disclosure("covered", agreed',
        "tests/core/test_agreed.py",
    ),
    Fault(
        "a thank you by name tells who has written",
        "bot/app/cases/lines.py",
        'scene.told(str(e.data["text"]))',
        'str(e.data["text"])',
        "tests/web/test_network.py",
    ),
    Fault(
        "who may not be in the room leads the meeting",
        "bot/app/meetings/network.py",
        ' and doors(found[one]) != "no"',
        "",
        "tests/web/test_network.py",
    ),
    Fault(
        "without a consent PPR and the social worker read who wrote",
        "dialogs/access/disclosure.py",
        "_BACKGROUND | _TELLS_WHO, nameless=True)",
        "_BACKGROUND | _TELLS_WHO)",
        TOLD,
    ),
    Fault(
        "without a consent the writer's post and the child's grade are shown to everybody",
        "dialogs/access/disclosure.py",
        "_BACKGROUND | _TELLS_WHO, nameless=True)",
        "_BACKGROUND, nameless=True)",
        TOLD,
    ),
    Fault(
        "a meeting without consent with others unveils the writer to those who were not there",
        "bot/app/cases/team.py",
        'one.state == "held" and role in one.seats',
        'one.state == "held"',
        TOLD,
    ),
    Fault(
        "an emergency reader is told that only they have the case",
        "dialogs/access/disclosure.py",
        'return Disclosure("glass_wait" if wait else "glass")',
        'return Disclosure("parents_wait" if wait else "closed_circle")',
        TOLD,
    ),
    Fault(
        "an unopened red stands below one that waits for an answer",
        "bot/app/cases/team.py",
        "return -WEIGHT[row.colour], opened, calm,",
        "return -WEIGHT[row.colour], False, calm,",
        RED,
    ),
    Fault(
        "a question to the writer gives red two more days",
        "dialogs/cases/dates.py",
        'case.state in ("sent", "waiting", "discussed")',
        'case.state in ("sent", "discussed")',
        RED,
    ),
    Fault(
        "red for known violence leaves it open whether to report",
        "bot/app/turns/lightcards.py",
        'if name == "red" and not PARENTS_WAIT.isdisjoint(flows):',
        "if not name:",
        "tests/app/test_red_flows.py",
    ),
    Fault(
        "a month's sample changes with what is read after it",
        "bot/app/cases/standouts.py",
        "    before = [line for line in lines if line.at < this]\n",
        "    before = list(lines)\n",
        "tests/web/test_standouts.py",
    ),
    Fault(
        "each reason is a line of its own",
        "dialogs/access/oversight.py",
        "days.setdefault((alarm.day, alarm.person_id), [])",
        "days.setdefault((alarm.day, alarm.person_id + alarm.kind), [])",
        "tests/web/test_standouts.py",
    ),
    Fault(
        "the officer marks what stands on no list",
        "bot/app/cases/standouts.py",
        "    if found is None or found.mark is not None:",
        "    if found is not None and found.mark is not None:",
        "tests/web/test_standouts.py",
    ),
    Fault(
        "fourteen pages of one sitting are fourteen looks",
        "dialogs/access/oversight.py",
        "line.at - (last.until or last.at) <= ONE_SITTING",
        "line.at - (last.until or last.at) <= ONE_SITTING * 0",
        "tests/core/test_sittings.py",
    ),
    Fault(
        "the looks of two people are folded into one",
        "dialogs/access/oversight.py",
        "who = (line.actor, line.case_id, line.role, line.purpose)",
        'who = ("", line.case_id, line.role, line.purpose)',
        "tests/core/test_sittings.py",
    ),
    Fault(
        "a meeting without consent is held before its hour",
        "dialogs/papers/exchanges.py",
        "if (exchange.day, exchange.starts) > (today, clock):",
        "if exchange.day > today:",
        "tests/core/test_exchanges.py",
    ),
    Fault(
        "a meeting without consent goes around a question that waits for its answer",
        "bot/app/papers/exchanging.py",
        'if one.state == "asked"), default=None),',
        'if one.state == "withdrawn"), default=None),',
        "tests/web/test_exchange.py",
    ),
    Fault(
        "a lower colour is answered below the rows that nobody unfolds",
        "bot/web/templates/case.html.j2",
        '{% if "confirm_lowering" in names %}',
        "{% if false %}",
        "tests/web/test_case_words.py",
    ),
)
