"""The errors a user sees: one line that says what is wrong, where, and what to do."""


class BotError(Exception):
    """A failure with a cause the user can mend; its message is a complete line.

    Everything else that is raised is a defect of the program.
    """


class SourceError(BotError):
    """A corpus file that can't be read or understood; the message begins with `file:line`."""


class UnusableIndexError(BotError):
    """An index that is missing, damaged or of another version; the message names the file."""
