"""The one base class of mistakes that are the user's to mend."""


class UserError(ValueError):
    """Bad input or wrong usage: the message names the file, the place, the reason and what to do."""
