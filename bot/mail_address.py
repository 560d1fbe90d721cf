"""What can stand after "To:" in an e-mail."""

import re

LONGEST = 254
"""Characters; RFC 5321, 4.5.3.1."""
_ONE_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


def is_mail_address(text: str) -> bool:
    """Whether this is one plain address: nothing in it could end its line, or add another address."""
    return len(text) <= LONGEST and _ONE_ADDRESS.fullmatch(text) is not None
