"""The program `admonki`: streams that take whatever we print, and exit codes that scripts read.

Nothing is imported from outside the standard library before the first line of `run`, so that
Ctrl-C at any moment ends the program with 130 and without a traceback.
"""

import codecs
import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn, TextIO

INTERRUPTED = 130  # 128 and the number of SIGINT, as a shell reports it
_ESCAPES = "admonki-escapes"


def run() -> NoReturn:
    """Run the command line and end the process.

    The exit code is that of the command; 130 after Ctrl-C; 1 when the output cannot be written.
    """
    try:
        _speak_utf8()
        _open_streams()
        code = _command()
        _flush()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Python's end would die of it: code -2
    except KeyboardInterrupt:
        _leave(INTERRUPTED)
    except OSError as problem:  # what a command expects is a diagnostic
        _complain(problem)
        _leave(1)
    sys.exit(code)


def _speak_utf8() -> None:
    """Restart with UTF-8 if file names have another encoding: names are part of the lock."""
    if codecs.lookup(sys.getfilesystemencoding()).name != "utf-8" and not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606


def _command() -> int:
    from generator.garbage_collection import collect_rarely

    collect_rarely()
    from click import Abort, ClickException

    from generator.cli import main

    try:
        found = main.main(prog_name="admonki", standalone_mode=False)
    except ClickException as error:
        error.show()
        return error.exit_code
    except Abort:  # what click makes of Ctrl-C
        raise KeyboardInterrupt from None
    except SystemExit as end:
        found = end.code
    return found if isinstance(found, int) else 0


def _open_streams() -> None:
    """Make streams that are closed, or that have another encoding, take what we print."""
    while (free := os.open(os.devnull, os.O_RDWR)) < 3:  # else a file of ours would become stderr
        pass
    os.close(free)
    codecs.register_error(_ESCAPES, _escape)
    sys.stdout = _opened(sys.stdout, 1)
    sys.stderr = _opened(sys.stderr, 2)


def _opened(stream: TextIO | None, number: int) -> TextIO:
    if stream is None:
        stream = os.fdopen(os.dup(number), "w", encoding="utf-8")
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors=_ESCAPES)
    return stream


def _escape(error: UnicodeError) -> tuple[str, int]:
    """Escape as JSON does what an encoding cannot represent, so that JSON stays valid."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    units = (text[at : at + 2].hex() for at in range(0, len(text), 2))
    return "".join(f"\\u{unit}" for unit in units), error.end


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()


def _complain(problem: OSError) -> None:
    """Name the file that the system refuses; a stream has no name."""
    from generator.safe_text import for_terminal

    what = "the output cannot be written" if problem.filename is None else str(problem.filename)
    message = for_terminal(f"admonki: {what}: {problem.strerror or problem}")
    with suppress(OSError):
        os.write(2, f"{message}\n".encode())


def _leave(code: int) -> NoReturn:
    """End at once: a thread may still write a package, which the next build sweeps away."""
    os._exit(code)
