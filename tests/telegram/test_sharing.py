"""«Må jeg dele det?» on Telegram under the strictest policy: closed answers only, and the law is one press away."""

from __future__ import annotations

from tests.telegram.kit import telegram

KEEP_OUT = "Kontakt ikke forældrene. Vent, til myndigheden har sagt, hvem der taler med dem og hvornår."


async def test_strict_carries_the_whole_guide_its_law_and_a_change_of_mind() -> None:
    async with telegram("strict") as room:
        ane = room.person()
        await ane.says("/dele")
        await ane.expects("Hvad passer bedst lige nu?")
        await ane.presses("Vold, overgreb, tvang, ære")
        await ane.expects("Har nogen underrettet om netop det her?")
        await ane.presses("Nej, eller der er nyt")
        answer = await ane.expects("Underret med det samme")
        assert KEEP_OUT in answer.text
        assert "Loven her er endnu ikke læst af jurist." in answer.text
        assert "§" not in answer.text
        assert len(answer.text) <= 1_200
        await ane.presses("Vis lovgrundlag")
        law = await ane.expects("Regel R02")
        assert "§ 133, stk. 1 (tidligere servicelovens § 153, stk. 1)" in law.text
        await ane.presses("Ret et svar")
        listed = await ane.expects("Hvad vil du rette?")
        assert "Vold, overgreb, tvang, ære" in listed.text
        await ane.says("stop")
        await ane.expects("Dine svar er slettet.")
        assert room.run(lambda uow: uow.drafts.open_of("ane")) == []
