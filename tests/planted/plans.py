"""Mistakes around the one plan, its baton and its reminders that the tests must catch."""

from __future__ import annotations

from tests.planted.fault import Fault

CORE, WEB = "tests/core/test_plans.py", "tests/web/test_plan.py"
CHAT, DIGEST = "tests/app/test_planchat.py", "tests/core/test_digest.py"
SOURCES, SOURCES_WEB = "tests/core/test_plan_sources.py", "tests/web/test_plan_sources.py"
PROMISES = "tests/simulate/test_promises.py"

PLANS = (
    Fault(
        "what has stopped itself about a case is still listed as coming",
        "bot/app/notices/comingup.py",
        "return case is None or settled(uow, case, wish) is None",
        "return case is None or wish is not None",
        CHAT,
    ),
    Fault(
        "whoever asked for a keeper does not hear the answer",
        "bot/app/plans/watch.py",
        "(old.keeper, old.asked_by, *self.room.scene.leaders())",
        "(old.keeper, *self.room.scene.leaders())",
        CHAT,
    ),
    Fault(
        "somebody who was not asked takes the baton",
        "dialogs/plans/baton.py",
        'return Baton(person_id) if person_id == baton.offered else "not_offered"',
        "return Baton(person_id)",
        CORE,
    ),
    Fault(
        "the baton is let go while the next is asked",
        "dialogs/plans/baton.py",
        'return "has_it" if person_id == baton.keeper else Baton(baton.keeper, person_id, by)',
        'return "has_it" if person_id == baton.keeper else Baton(None, person_id, by)',
        CORE,
    ),
    Fault(
        "a sign that is worded anew loses its curve",
        "dialogs/plans/parts.py",
        "signs = _put(goal.signs, replace(act.sign, scores=scores))",
        "signs = _put(goal.signs, act.sign)",
        CORE,
    ),
    Fault(
        "a case may have two plans",
        "dialogs/plans/filed.py",
        "slot=slot(plan.case_id)",
        "slot=slot(plan.id)",
        CORE,
    ),
    Fault(
        "the worker is handed the whole plan",
        "bot/guard/files.py",
        "body={key: filing.body[key] for key in _BARE & filing.body.keys()}",
        "body=filing.body",
        WEB,
    ),
    Fault(
        "the family's part is shown to everybody on the case",
        "bot/app/plans/views.py",
        'return replace(plan, family="") if told.kept else plan',
        "return plan",
        WEB,
    ),
    Fault(
        "a plan is shared without a consent",
        "bot/app/plans/deeds.py",
        'return None if set(functions) <= open_to else Problem("plan_no_consent")',
        "return None",
        WEB,
    ),
    Fault(
        "a reminder goes on when the day has moved",
        "bot/app/notices/wanted.py",
        'return None if plan.follow_up is not None and plan.follow_up.isoformat() == day else "followed_up"',
        'return None if plan.follow_up is not None else "followed_up"',
        WEB,
    ),
    Fault(
        "half a follow-up is kept",
        "bot/app/plans/deeds.py",
        "        if step.problems:\n            return step.problems\n",
        "        if step.problems:\n            _keep(room, before, replace(after, revision=before.revision + 1))\n"
        "            return step.problems\n",
        WEB,
    ),
    Fault(
        "anybody on the case takes the baton from its keeper",
        "bot/app/plans/deeds.py",
        'return None if may_offer(room, plan) else Problem("not_yours")\n        case acts.TakeBack():',
        "return None\n        case acts.TakeBack():",
        WEB,
    ),
    Fault(
        "a plan is read to make a list",
        "bot/guard/files.py",
        'if kind == "plan" and case_id in self._shown.outline and case_id not in self._shown.whole:',
        'if kind == "plan" and case_id in self._shown.outline and not case_id:',
        CHAT,
    ),
    Fault(
        "nobody is asked to find a keeper when theirs is away",
        "bot/app/plans/watch.py",
        "person is None or not person.active or keeper in away:",
        "person is None or not person.active:",
        CHAT,
    ),
    Fault(
        "the old keeper is reminded as well",
        "bot/app/notices/wanted.py",
        "return keeper is not None and keeper.active and keeper.id != wish.recipient",
        "return keeper is not None and not keeper.active and keeper.id != wish.recipient",
        CHAT,
    ),
    Fault(
        "a lone small number is what its total lacks",
        "dialogs/cases/digest.py",
        "limit = min(enough, default=LEAST) if len(enough) < len(cells) else LEAST - 1",
        "limit = LEAST - 1",
        DIGEST,
    ),
    Fault(
        "a number below five is shown",
        "dialogs/cases/digest.py",
        "value if value > limit else None",
        "value if value > limit - 1 else None",
        DIGEST,
    ),
    Fault(
        "anybody in the team sees the numbers",
        "dialogs/access/rules.py",
        '"digest.read": {"leader": Terms(purpose="oversight", sure=True)},',
        '"digest.read": {"team": Terms(purpose="oversight", sure=True)},',
        "tests/web/test_figures.py",
    ),
    Fault(
        "what was agreed at a meeting is reminded of twice",
        "dialogs/plans/filed.py",
        "if one.done is None and not is_of_meeting(one.agreed)]",
        "if one.done is None]",
        SOURCES,
    ),
    Fault(
        "an effort that is worded anew forgets where it was agreed",
        "dialogs/plans/parts.py",
        "return replace(effort, agreed=old.agreed) if old is not None else effort",
        "return effort",
        SOURCES,
    ),
    Fault(
        "what is done in the plan is not told where it was agreed",
        "bot/app/plans/deeds.py",
        "if problems := sources.told(room, before, after):",
        "if problems := ():",
        SOURCES_WEB,
    ),
    Fault(
        "what was agreed can be taken into the plan again and again",
        "bot/app/plans/sources.py",
        "return tuple(one for one in found if one.ref not in taken)",
        "return found",
        SOURCES_WEB,
    ),
    Fault(
        "the same day for a follow-up, written twice, is reminded of twice",
        "bot/app/cases/watch.py",
        "key = day.isoformat()",
        'key = f"{day.isoformat()}:{case.revision}"',
        "tests/app/test_follow_up_wishes.py",
    ),
    Fault(
        "a week over a change of the clocks is an hour off",
        "dialogs/workdays.py",
        "return self.next_open(self._utc(local.date() + timedelta(days=days), local.time()))",
        "return self.next_open(at + timedelta(days=days))",
        PROMISES,
    ),
    Fault(
        "whoever has asked for help is reminded all the same",
        "bot/app/meetings/wishes.py",
        'return "agreement_asked" if one.state == "help" and wish.template not in (HELP, LEFT) else None',
        "return None",
        PROMISES,
    ),
    Fault(
        "who is asked to keep the threads is asked again after the answer",
        "bot/app/notices/wanted.py",
        'return None if plan.offered == wish.recipient else "keeper_answered"',
        "return None",
        PROMISES,
    ),
)
