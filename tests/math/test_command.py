"""`admonki math`."""

import json

from click.testing import CliRunner

from generator.commands.math import command


def test_a_formula() -> None:
    done = CliRunner().invoke(command, ["x^2", "--display"])
    assert done.exit_code == 0
    assert done.stdout.startswith("<math ")
    assert 'display="block"' in done.stdout
    assert done.stderr == "how: mathml\n"


def test_an_error_is_pointed_at() -> None:
    done = CliRunner().invoke(command, ["x^a^b"])
    assert done.exit_code == 1
    assert "E407: double superscript\n  x^a^b\n     ^\n" in done.stderr


def test_macros() -> None:
    done = CliRunner().invoke(command, [r"\R", "--macro", r"\R=\mathbb{R}"])
    assert "<mi>ℝ</mi>" in done.stdout
    assert CliRunner().invoke(command, ["x", "--macro", "nonsense"]).exit_code == 2


def test_json_lines() -> None:
    lines = '{"tex": "x", "display": true}\n\n{"tex": "\\\\frac{a}"}\n{"tex": "\\ud800"}\n'
    done = CliRunner().invoke(command, ["-"], input=lines)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exception is None, done.output
    assert [record["how"] for record in records] == ["mathml", "error", "mathml"]
    assert records[1]["diagnostics"][0]["code"] == "E409"
    assert records[0]["display"] is True


def test_bad_lines_are_said_in_words() -> None:
    deep = f'{{"tex": "x", "display": {"[" * 100_000}'
    for line in ("{", "[]", '{"tex": 1}', b'{"tex": "\xff"}', deep):
        done = CliRunner().invoke(command, ["-"], input=line)
        assert done.exit_code == 1
        assert "line 1 is not" in done.output
