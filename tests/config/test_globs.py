"""Globs match as in the navigation plugins, and no glob takes long."""

import time

import pytest

from generator.config.navigation.globs import matches


@pytest.mark.parametrize(
    ("path", "pattern", "is_match"),
    [
        ("a.md", "*", True),
        ("a/b.md", "*", False),
        ("a/b.md", "*/*", True),
        ("a/b/c.md", "**", True),
        ("a/b/c.md", "a/**", True),
        ("a", "a/**", False),
        ("a/c.md", "a/**/c.md", True),
        ("a/b/b/c.md", "a/**/c.md", True),
        ("a/b/c.md", "**/c.md", True),
        ("c.md", "**/**/c.md", True),
        ("a/b/c.md", "**/b", False),
        ("a1.md", "a?.md", True),
        ("a1.md", "a[0-9].md", True),
        ("b.md", "@(a|b).md", True),
        ("c.md", "{a,b}.md", False),
        ("x/b.md", "{a,x/b}.md", True),
        ("b2.md", "{a,b}{1,2}.md", True),
    ],
)
def test_globs(path: str, pattern: str, is_match: bool) -> None:
    assert matches(path, pattern) is is_match


@pytest.mark.parametrize(
    "pattern", ["*a" * 40 + "*b", "**/" * 60 + "b", "{a,aa}" * 30 + "b", "{a}" * 3000, "?*" * 60]
)
def test_no_glob_takes_long(pattern: str) -> None:
    began = time.process_time()
    matches("/".join(["a" * 60] * 20), pattern)
    assert time.process_time() - began < 0.5
