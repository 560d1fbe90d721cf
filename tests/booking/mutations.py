"""What is taken away from the agenda to prove that the tests of races would see it."""

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine


def unguarded_engine(url: str) -> Engine:
    """An engine as SQLAlchemy makes it: on SQLite a SELECT then runs before any BEGIN."""
    return create_engine(url, future=True)


def drop_claim_key(engine: Engine) -> None:
    """Leave slot_claim without the primary key that makes overlap impossible."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE slot_claim DROP CONSTRAINT pk_slot_claim"))
            return
        connection.execute(text("ALTER TABLE slot_claim RENAME TO keyed"))
        connection.execute(text("CREATE TABLE slot_claim AS SELECT * FROM keyed"))
        connection.execute(text("DROP TABLE keyed"))
