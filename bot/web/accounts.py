"""Agents' accounts: a login, a name, a password of which only the argon2 hash is kept."""

import re
import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Column, String, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.database import Base, reading

MIN_PASSWORD_LENGTH = 12
MAX_NAME_LENGTH = 120
_LOGIN = re.compile(r"[\w.@-]{1,80}")


class AccountError(ValueError):
    """The account cannot be made; the message is one clear French line."""


class AgentAccount(Base):
    """An agent who may sign in."""

    __tablename__ = "agent_account"

    login = Column(String(80), primary_key=True)
    name = Column(String(120), nullable=False)
    password_hash = Column(String(200), nullable=False)


@dataclass(frozen=True)
class SignedAgent:
    """An agent whose password was right."""

    login: str
    name: str


class Accounts:
    """Makes accounts and checks passwords."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._hasher = PasswordHasher()
        self._decoy = self._hasher.hash(secrets.token_urlsafe())

    def create(self, login: str, name: str, password: str) -> None:
        """Make an account. Raises AccountError when the login is taken or misshapen, or the password too short."""
        if not _LOGIN.fullmatch(login):
            raise AccountError("L'identifiant ne peut avoir que des lettres, des chiffres et . - _ @ (80 au plus).")
        if not 0 < len(name) <= MAX_NAME_LENGTH or not name.isprintable():
            raise AccountError(f"Le nom affiché doit tenir sur une ligne, en {MAX_NAME_LENGTH} caractères au plus.")
        if len(password) < MIN_PASSWORD_LENGTH:
            raise AccountError(f"Le mot de passe doit avoir au moins {MIN_PASSWORD_LENGTH} caractères.")
        account = AgentAccount(login=login, name=name, password_hash=self._hasher.hash(password))
        try:
            with Session(self._engine, future=True) as session, session.begin():
                session.add(account)
        except IntegrityError as error:
            raise AccountError(f"L'identifiant « {login} » est déjà pris.") from error

    def sign_in(self, login: str, password: str) -> SignedAgent | None:
        """The agent when the password is right; an unknown login takes as long to refuse as a wrong password."""
        known = login if _LOGIN.fullmatch(login) else ""
        with Session(reading(self._engine), future=True) as session:
            account = session.scalars(select(AgentAccount).where(AgentAccount.login == known)).first()
        kept = account.password_hash if account else self._decoy
        try:
            self._hasher.verify(kept, password)
        except VerificationError:
            return None
        return SignedAgent(account.login, account.name) if account else None

    def exist(self) -> bool:
        """Whether there is any account."""
        with Session(reading(self._engine), future=True) as session:
            return bool(session.scalar(select(func.count()).select_from(AgentAccount)))
