"""`python -m generator` is `admonki`."""

from generator.cli import main

if __name__ == "__main__":
    main(prog_name="admonki")
