"""The editors' commands: look at the content, try it, and measure it. They speak Danish, as editors do."""

from __future__ import annotations

import typer

from bot.cli import content_ask, content_check, content_law, content_play, content_show

app = typer.Typer(no_args_is_help=True, help="Til redaktører: tjek, prøv og mål indholdet.")
app.command()(content_check.check)
app.command()(content_play.play)
app.command()(content_show.graph)
app.command()(content_show.diff)
app.command()(content_ask.triage)
app.command("decide")(content_ask.decide_table)
app.command()(content_law.law)
app.command()(content_ask.guard)
app.command()(content_ask.route)
app.command("lookup")(content_ask.lookup_text)
