"""Papers as files of the web: their formats, their names, and what is said when there is no PDF."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.ports import NoPaper
from bot.web.site import Visit, page
from dialogs.papers.documents import FORMATS, Format, Paper

MEDIA: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}


def wanted_format(request: Request) -> Format:
    """The format at the end of the address; 404 for any other."""
    for form in FORMATS:
        if form == request.path_params["form"]:
            return form
    raise HTTPException(404)


async def file_of(visit: Visit, paper: Paper | None, form: Format, back: str) -> Response:
    """The paper as a file to keep; a page that says why not, with the other two, when no PDF can be made."""
    if paper is None:
        raise HTTPException(404)
    try:
        made = await visit.site.ports.press.make(paper, form)
    except NoPaper as refused:
        why = visit.site.ports.papers.words(f"no_paper.{refused.why}")
        return await page(visit, "no_paper.html.j2", 503, why=why, back=back, title=paper.title)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(paper)}.{form}"'}
    return Response(made, media_type=MEDIA[form], headers=headers)


def file_name(paper: Paper) -> str:
    """The paper's name in letters that every system takes: a kind and a code, nothing that a person wrote."""
    plain = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
    return "".join(sign for sign in paper.name.translate(plain) if sign.isascii() and (sign.isalnum() or sign in "-_"))
