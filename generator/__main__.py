"""`python -m generator` is `admonki`."""

from generator.console import run

if __name__ == "__main__":
    run()
