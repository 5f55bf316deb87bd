"""Answering: Question to Answer, by the first answerer that can prove one."""
