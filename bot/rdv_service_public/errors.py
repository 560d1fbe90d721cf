"""Why RDV Service Public could not be asked, or refused. No message holds what was sent or what came back."""


class ServiceError(Exception):
    """The call did not do what was asked."""


class Unavailable(ServiceError):
    """Nothing usable came within the time: down, too slow, too large, a page where data was expected."""


class TooManyRequests(ServiceError):
    """It asks to be left alone; `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class SignInRefused(ServiceError):
    """The sign-in or the token is not, or no longer, good: an operator must look."""


class NotAllowed(ServiceError):
    """The agent we sign in as may not do this."""


class NotThere(ServiceError):
    """No such record, or no such call in this version."""


class Refused(ServiceError):
    """The request itself is refused; `fields` are the names, not the values, of what is wrong in it."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields
