"""The three ways in which a message fails to leave. What is raised decides whether it may ever be tried again."""


class Refused(Exception):
    """Refused for good: this address takes no message. Trying again would change nothing."""


class NotSent(Exception):
    """Surely not accepted: it may be tried again later."""


class Unreachable(NotSent):
    """Surely not accepted, nor would any other message be: the way out is closed, or does not let us in."""


class Uncertain(Exception):
    """Nobody knows: it may have left. It is never tried again."""
