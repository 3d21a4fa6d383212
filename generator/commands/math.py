"""`admonki math`: what a formula becomes on a card, with its diagnostics."""

import sys
from collections.abc import Iterable, Iterator, Mapping

import click

from generator.commands.output import show, show_json
from generator.config import MathMode
from generator.json_text import parse_json
from generator.math.conversion import convert
from generator.math.formula import Formula


@click.command("math")
@click.argument("tex")
@click.option("--display", is_flag=True, help="Treat TEX as a display formula.")
@click.option(
    "--macro",
    "definitions",
    multiple=True,
    metavar="NAME=BODY",
    help=r"Define a macro, such as '\R=\mathbb{R}'; may be repeated.",
)
@click.option("--mathjax", is_flag=True, help="Leave all formulas to Anki's MathJax.")
def command(tex: str, display: bool, definitions: tuple[str, ...], mathjax: bool) -> None:
    """Show what TEX becomes on a card; with - read JSON lines {"tex", "display"}."""
    macros = _macros(definitions)
    mode = MathMode.MATHJAX if mathjax else MathMode.MATHML
    if tex == "-":
        with click.open_file("-", "rb") as lines:
            for record in convert_lines(lines, macros=macros, mode=mode):
                show_json(record, indent=None)
        return
    formula = convert(tex, display=display, macros=macros, mode=mode)
    show(formula.html)
    for line in describe(tex, formula):
        show(line, is_error=True)
    sys.exit(1 if formula.how == "error" else 0)


def _macros(definitions: Iterable[str]) -> dict[str, str]:
    macros: dict[str, str] = {}
    for definition in definitions:
        name, equals, body = definition.partition("=")
        if not equals or not name.strip("\\ "):
            raise click.BadParameter(f"{definition!r} is not NAME=BODY", param_hint="--macro")
        macros[name.strip()] = body
    return macros


def convert_lines(
    lines: Iterable[str | bytes], *, macros: Mapping[str, str], mode: MathMode
) -> Iterator[dict[str, object]]:
    """Convert JSON lines.

    Args:
        lines: `{"tex": …, "display": …}` each; blank ones are skipped.
        macros: See `convert`.
        mode: See `convert`.

    Yields:
        The record with `html`, `how` and `diagnostics`.

    Raises:
        click.ClickException: For a line that is not such a record.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        tex, display = _read_record(line, number)
        formula = convert(tex, display=display, macros=macros, mode=mode)
        problems = [
            {
                "code": problem.code,
                "offset": problem.offset,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in formula.problems
        ]
        yield {
            "tex": tex,
            "display": display,
            "html": formula.html,
            "how": formula.how,
            "diagnostics": problems,
        }


def _read_record(line: str | bytes, number: int) -> tuple[str, bool]:
    try:
        record = parse_json(line)
    except ValueError:
        raise click.ClickException(f"line {number} is not JSON") from None
    if not isinstance(record, dict) or not isinstance(record.get("tex"), str):
        raise click.ClickException(f'line {number} is not {{"tex": "…", "display": true}}')
    # A lone surrogate (`"\ud800"`) can be neither shown nor written.
    tex = record["tex"].encode("utf-8", "replace").decode("utf-8")
    return tex, bool(record.get("display", False))


def describe(tex: str, formula: Formula) -> Iterator[str]:
    """Describe how a formula was converted, each problem with a caret under its place."""
    yield f"how: {formula.how}"
    for problem in formula.problems:
        yield f"{problem.code}: {problem.message}"
        before = tex[: problem.offset]
        start = before.rfind("\n") + 1
        yield "  " + tex[start:].partition("\n")[0].replace("\t", " ")
        yield "  " + " " * (problem.offset - start) + "^"
        if problem.hint:
            yield f"  hint: {problem.hint}"
