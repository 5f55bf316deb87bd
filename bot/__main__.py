"""`python -m bot` is `resume-bot`."""

from bot.cli import main

main(prog_name="resume-bot")
