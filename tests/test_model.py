"""Diagnostics and places."""

from generator.errors import Diagnostic, Location, Severity


def test_a_diagnostic_reads_as_place_severity_code_and_message() -> None:
    diagnostic = Diagnostic(Location("a.md", 3, 7), "W201", "no answer")
    assert str(diagnostic) == "a.md:3:7: warning[W201]: no answer"


def test_the_letter_of_the_code_is_the_severity() -> None:
    place = Location("a.md")
    severities = [Diagnostic(place, code, "").severity for code in ("E101", "W101", "L101")]
    assert severities == [Severity.ERROR, Severity.WARNING, Severity.LINT]
