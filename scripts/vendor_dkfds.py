"""Vendor the parts of Det Fælles Designsystem and htmx that the web pages use: `python scripts/vendor_dkfds.py`.

Fetches the two pinned packages with npm, checks their published digests, keeps the rules, fonts and icons that our
templates need, and turns the literal colours into custom properties so that a dark theme is possible.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "bot" / "web" / "static" / "vendor"
DKFDS = (
    "dkfds@11.2.0",
    "sha512-JuVf8NjEOeF+TKIhEFXa3BfZvk1ulQM8+XN+6QhgDo6kiwwvupyBY34YU4FglBeyFWHbE5mYDmnrcYTWOSKkEA==",
)
HTMX = (
    "htmx.org@2.0.11",
    "sha512-Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
)
FONTS = "package/dist/fonts/IBMPlexSans/"
WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
LATIN = (  # the ranges of IBM's own Latin1 split; other scripts fall back to the system's font
    "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2013-2014,U+2018-201A,U+201C-201E,"
    "U+2020-2022,U+2026,U+2030,U+2039-203A,U+2044,U+20AC,U+2122,U+2212"
)
ICONS = (
    *("arrow-back", "calendar-month", "chat", "check", "chevron-down", "chevron-right", "close", "document", "edit"),
    *("groups", "help", "home", "info", "lock", "notifications", "person", "plus", "print", "save", "send", "success"),
    *("time", "warning"),
)
CLASSES = {
    *("container", "sr-only", "skipnav", "icon-svg", "font-lead", "small-text", "weight-semibold"),
    *("button", "button-primary", "button-secondary", "button-tertiary", "button-warning"),
    *("form-group", "form-label", "form-hint", "form-input", "form-select", "form-checkbox", "form-radio"),
    *("form-group-checkbox", "form-group-radio", "form-error", "form-error-message"),
    *("alert", "alert-heading", "alert-text", "alert-info", "alert-warning", "alert-error", "alert-success"),
    *("badge", "badge-info", "details", "details-summary", "details-text", "table"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}
TOKENS = {
    "#1a1a1a": "text", "#454545": "strong", "#707070": "muted", "#8e8e8e": "line-strong", "#bfbfbf": "line",
    "#dcdcdc": "fill-strong", "#f5f5f5": "fill", "white": "paper", "#cc0000": "error", "#ffe0e0": "error-tint",
    "#358000": "success", "#ddf7ce": "success-tint", "#febb30": "warning", "#ffeecc": "warning-tint",
    "#1b86c3": "info", "#e2f2fb": "info-tint", "#004d99": "link", "#800080": "visited",
}  # fmt: skip
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|\bwhite\b")
HEAD = (
    "/* Det Fælles Designsystem, dkfds 11.2.0: see LICENSE.md. Trimmed and tokenised by scripts/vendor_dkfds.py. */\n"
)


def main() -> None:
    """Write bot/web/static/vendor anew from the two pinned packages."""
    with tempfile.TemporaryDirectory() as scratch:
        write_dkfds(packed(*DKFDS, Path(scratch)), VENDOR / "dkfds")
        write_htmx(packed(*HTMX, Path(scratch)), VENDOR / "htmx")


def packed(name: str, integrity: str, scratch: Path) -> dict[str, bytes]:
    """The files of one npm package, by path; stops when the archive is not the one we reviewed."""
    command = ["npm", "pack", name, "--silent", "--pack-destination", str(scratch)]
    file_name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]  # noqa: S603
    archive = (scratch / file_name).read_bytes()
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != integrity:
        raise SystemExit(f"{name}: digest {found}, expected {integrity}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        members = [(member, tar.extractfile(member)) for member in tar.getmembers() if member.isfile()]
        return {member.name: handle.read() for member, handle in members if handle}


def write_dkfds(files: dict[str, bytes], target: Path) -> None:
    """The trimmed stylesheet, three font weights, one icon sprite and the licences."""
    (target / "fonts").mkdir(parents=True, exist_ok=True)
    faces = "".join(font_face(style, weight) for style, weight in WEIGHTS.items())
    tokens = "".join(f"--fds-{name}:{colour};" for colour, name in TOKENS.items())
    rules = trimmed(files["package/dist/css/dkfds.css"].decode())
    (target / "dkfds.css").write_text(f"{HEAD}{faces}:root{{{tokens}}}\n{rules}", encoding="utf-8")
    for style in WEIGHTS:
        source = f"{FONTS}split/woff2/IBMPlexSans-{style}-Latin1.woff2"
        (target / "fonts" / f"{style}.woff2").write_bytes(files[source])
    (target / "fonts" / "license.txt").write_bytes(files[f"{FONTS}complete/woff2/license.txt"])
    (target / "LICENSE.md").write_bytes(files["package/LICENSE.md"])
    (target / "icons.svg").write_text(sprite(files), encoding="utf-8")


def write_htmx(files: dict[str, bytes], target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    (target / "htmx.min.js").write_bytes(files["package/dist/htmx.min.js"])
    (target / "LICENSE").write_bytes(files["package/LICENSE"])


def font_face(style: str, weight: int) -> str:
    return (
        f'@font-face{{font-family:"IBM Plex Sans";font-weight:{weight};font-display:swap;'
        f'src:url("fonts/{style}.woff2") format("woff2");unicode-range:{LATIN}}}\n'
    )


def sprite(files: dict[str, bytes]) -> str:
    """All icons as symbols of one file, so that a page needs one request."""
    symbols = [symbol(name, files[f"package/dist/img/svg-icons/{name}.svg"].decode()) for name in ICONS]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def symbol(name: str, svg: str) -> str:
    box, body = re.search(r'viewBox="([^"]+)"', svg), re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
    if box is None or body is None:
        raise SystemExit(f"icon {name} is not the plain file it was")
    return f'<symbol id="{name}" viewBox="{box[1]}">{body[1].strip()}</symbol>'


def trimmed(css: str) -> str:
    """The rules whose every class is one we use, with colours as custom properties."""
    kept = [text for prelude, body in rules(re.sub(r"/\*.*?\*/", "", css, flags=re.S)) if (text := rule(prelude, body))]
    return "\n".join(kept) + "\n"


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Top-level (prelude, body) pairs, by counting braces; dkfds has none inside strings."""
    at = 0
    while (opening := css.find("{", at)) >= 0:
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[at:opening].strip().removeprefix('@charset "UTF-8";').strip(), css[opening + 1 : end - 1]
        at = end


def rule(prelude: str, body: str) -> str:
    """One rule cut down to what we use, or an empty text."""
    if prelude.startswith(("@media", "@supports")):
        inner = "".join(text for inside, block in rules(body) if (text := rule(inside, block)))
        return f"{prelude}{{{inner}}}" if inner else ""
    if prelude.startswith("@"):
        return ""
    wanted = [" ".join(selector.split()) for selector in selectors(prelude) if used(selector)]
    declared = ";".join(declarations(body))
    return f"{','.join(wanted)}{{{declared}}}" if wanted and declared else ""


def selectors(prelude: str) -> list[str]:
    """The comma-separated parts; a comma inside parentheses does not part them."""
    return re.split(r",(?![^(]*\))", prelude)


def used(selector: str) -> bool:
    """Whether a selector speaks of our own classes only; ids, class patterns and drawn list bullets are never ours."""
    if re.match(r"\s*[uo]l\b", selector):
        return False
    bare = re.sub(r":not\([^)]*\)", "", selector)
    classes = re.findall(r"\.([A-Za-z_][\w-]*)", bare)
    return "#" not in bare and "[class" not in bare and all(name in CLASSES for name in classes)


def declarations(body: str) -> Iterator[str]:
    """The declarations without pictures (their files are not vendored) and with tokens for colours."""
    for part in body.split(";"):
        name, _, value = part.strip().partition(":")
        if value and "url(" not in value:
            yield f"{name}:{COLOUR.sub(token, value.strip())}"


def token(match: re.Match[str]) -> str:
    return f"var(--fds-{TOKENS[match[0].lower()]})"


if __name__ == "__main__":
    main()
