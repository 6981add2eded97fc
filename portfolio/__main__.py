"""``python -m portfolio``: the command line."""

from portfolio.cli import main

main()
