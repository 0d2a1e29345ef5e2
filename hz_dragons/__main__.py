"""`python -m hz_dragons` is `hz-dragons`."""

from hz_dragons.cli import main

if __name__ == "__main__":
    main(prog_name="hz-dragons")
