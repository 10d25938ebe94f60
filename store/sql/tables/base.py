"""What every table shares: the naming convention, the column helper, portable types and the checks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Date, DateTime, ForeignKey, Integer, MetaData, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

from store.sql.moments import moment_text

EARLIEST = "1945-08-17"
LATEST = "2100-12-31"


class Base(SQLModel):
    """The metadata of our own tables. Constraints get names, so that migrations can find them and errors can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: `timestamp with time zone` on PostgreSQL, ISO text of fixed width ending in Z on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Pick the native type where there is one."""
        return dialect.type_descriptor(DateTime(timezone=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """Turn an aware moment into UTC; a naive one is taken for UTC."""
        if value is None:
            return None
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware if dialect.name == "postgresql" else moment_text(aware)

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:
        """Give an aware moment in UTC back."""
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
Id = BigInteger().with_variant(Integer, "sqlite")


def column(comment: str, kind: Any = Text, *, key: bool = False, null: bool = False, to: str | None = None, **options: Any) -> Any:
    """A column with its comment; `to` names the column it refers to ("article.key")."""
    references = [ForeignKey(to)] if to else []
    return Field(sa_column=Column(kind, *references, primary_key=key, nullable=null and not key, comment=comment, **options))


def whole(comment: str, *, null: bool = False, **options: Any) -> Any:
    """An integer column."""
    return column(comment, Integer, null=null, **options)


def day(comment: str, *, null: bool = True, **options: Any) -> Any:
    """A date column."""
    return column(comment, Date, null=null, **options)


def moment(comment: str, *, null: bool = False, **options: Any) -> Any:
    """A column holding a moment in UTC."""
    return column(comment, Moment, null=null, **options)


def closed(name: str, values: Iterable[str]) -> CheckConstraint:
    """The column holds one of a closed list (or NULL where it may)."""
    listed = ", ".join(f"'{value}'" for value in sorted(values))
    return CheckConstraint(f"{name} IN ({listed})", name=f"{name}_closed")


def within(name: str, low: float, high: float) -> CheckConstraint:
    """The number lies between two bounds, both included (or is NULL where it may be)."""
    return CheckConstraint(f"{name} >= {low} AND {name} <= {high}", name=f"{name}_within")


def reasonable(name: str) -> CheckConstraint:
    """The day lies between the founding of the republic and the end of the century."""
    return CheckConstraint(f"{name} >= '{EARLIEST}' AND {name} <= '{LATEST}'", name=f"{name}_reasonable")


def said(name: str) -> CheckConstraint:
    """The text is not empty."""
    return CheckConstraint(f"length({name}) > 0", name=f"{name}_said")
