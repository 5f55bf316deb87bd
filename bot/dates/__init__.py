"""Dates and periods in a line of a résumé, with the precision they are written in.

Nothing here reads the clock. All offsets are Unicode code points into the text given, end
exclusive.
"""

from bot.dates.grammar import find_periods
from bot.dates.period import PartialDate, Period, merge, undated

__all__ = ["PartialDate", "Period", "find_periods", "merge", "undated"]
