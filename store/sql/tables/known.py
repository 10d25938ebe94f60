"""What is known beside the articles: bodies, people in public posts, programmes and their scales."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from sqlalchemy import Boolean, CheckConstraint, Float, Index

from store.model.records import Acting, ClaimKind, ScoreUnit
from store.sql.tables.base import Base, Json, closed, column, day, said, whole


class Agency(Base, table=True):
    """A body: national, regional, a unit of either, or a name that could not be resolved (key starts with ~)."""

    __tablename__ = "agency"
    __table_args__ = (
        closed("level", ("national", "provinsi", "kabupaten", "kota", "unit", "unresolved")),
        CheckConstraint("(level = 'unresolved') = (key LIKE '~%')", name="unresolved_marked"),
        CheckConstraint("until_date IS NULL OR since_date IS NULL OR since_date <= until_date", name="period_ordered"),
        said("name"),
        Index(None, "folded_name"),
        Index(None, "province_code", "level", "key"),
        Index(None, "level", "key"),
        Index(None, "likely_key"),
    )

    key: str = column("Kemendagri code, agencies.csv key, parent key/slug of a unit, or ~slug of an unresolved name", key=True)
    name: str = column("Canonical name")
    folded_name: str = column("Name in lower case without accents and punctuation")
    level: str = column("national, provinsi, kabupaten, kota, unit or unresolved")
    kind: str | None = column("Kind of body: kementerian, lembaga, opd, hospital, police ...", null=True)
    parent_key: str | None = column("The body it belongs to", null=True, to="agency.key")
    successor_keys: Any = column("Bodies that took over, a list of keys", Json)
    province_code: str | None = column("Kemendagri code of the province it lies in", null=True)
    province_name: str | None = column("Name of that province", null=True)
    since_date: date | None = day("First day it existed, where known")
    until_date: date | None = day("Last day it existed, where known")
    spellings: Any = column("Other names, abbreviations, former names, a list", Json)
    likely_key: str | None = column("For an unresolved name: the only known body it could be a misspelling of", null=True)
    origin: str = column("Where this was read; empty for bodies met in articles only")
    verified: bool = column("Whether a second source confirmed it", Boolean)


class Official(Base, table=True):
    """A person in a public post. Nothing but public roles is kept."""

    __tablename__ = "official"
    __table_args__ = (said("name"), Index(None, "folded_name"))

    key: str = column("Slug of the name; with the body or post where the registry does not know the person", key=True)
    name: str = column("Name without titles and degrees")
    folded_name: str = column("Name in lower case without accents and punctuation")
    spellings: Any = column("Other spellings, a list", Json)
    known: bool = column("Whether the registry knows the person", Boolean)


class Tenure(Base, table=True):
    """Somebody in a post: from and to where the registry knows, first and last seen where articles tell."""

    __tablename__ = "tenure"
    __table_args__ = (
        closed("acting", get_args(Acting)),
        CheckConstraint("until_date IS NULL OR since_date IS NULL OR since_date <= until_date", name="period_ordered"),
        CheckConstraint("last_seen_date IS NULL OR first_seen_date <= last_seen_date", name="seen_ordered"),
        Index(None, "official_key"),
        Index(None, "agency_key"),
    )

    key: str = column("Key made of person, post, body and acting form", key=True)
    official_key: str = column("The person", to="official.key")
    position: str = column("Canonical post: Wali Kota Bandung")
    agency_key: str | None = column("The body", null=True, to="agency.key")
    acting: str | None = column("Pj, Plt, Plh or Pjs", null=True)
    since_date: date | None = day("First day in the post, from the registry")
    until_date: date | None = day("Last day in the post, from the registry")
    first_seen_date: date | None = day("First publication that names the person in the post")
    last_seen_date: date | None = day("Last publication that names the person in the post")
    origin: str = column("Where the registry read it; empty for tenures seen in articles only")
    verified: bool = column("Whether a second source confirmed it", Boolean)


class Programme(Base, table=True):
    """An award or evaluation programme."""

    __tablename__ = "programme"
    __table_args__ = (closed("kind", get_args(ClaimKind)), closed("score_unit", get_args(ScoreUnit)), said("name"))

    key: str = column("Key of the programme; never renamed", key=True)
    name: str = column("Official name")
    kind: str = column("Kind of its results")
    giver_key: str | None = column("Body that gives or judges today", null=True, to="agency.key")
    eligible: Any = column("Kinds of bodies it judges, a list", Json)
    tiers: Any = column("Groups without order inside, a list", Json)
    categories: Any = column("Categories, a list", Json)
    spellings: Any = column("Words that point to it, a list", Json)
    score_unit: str | None = column("Unit of its scores", null=True)
    score_low: float | None = column("Lowest possible score, in score_unit", Float, null=True)
    score_high: float | None = column("Highest possible score, in score_unit", Float, null=True)
    year_offset: int = whole("Ceremony year minus edition year in the usual case")
    year_turns: int = whole("Last month whose ceremonies still close the edition before; 0: none")
    first_year: int | None = whole("First edition", null=True)
    last_year: int | None = whole("Last edition", null=True)
    notes: str = column("Remarks")
    origin: str = column("Where this was read")
    verified: bool = column("Whether a second source confirmed it", Boolean)


class ProgrammeStep(Base, table=True):
    """One step of a programme's own scale in a period of editions."""

    __tablename__ = "programme_step"
    __table_args__ = (CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name="bounds_ordered"), said("name"))

    programme: str = column("The programme", key=True, to="programme.key")
    scale: int = whole("Number of the scale, from 0, oldest first", key=True)
    place: int = whole("Place on the scale, 1 is best", key=True)
    name: str = column("Name of the step as it is stored in `predicate`")
    spellings: Any = column("Other ways it is printed, a list", Json)
    low: float | None = column("Lowest score of the step, included, in the programme's unit", Float, null=True)
    high: float | None = column("Highest score of the step, included, in the programme's unit", Float, null=True)
    since_year: int | None = whole("First edition on this scale", null=True)
    until_year: int | None = whole("Last edition on this scale", null=True)


class ProgrammeGiver(Base, table=True):
    """Who gives or judges in a period of editions."""

    __tablename__ = "programme_giver"

    programme: str = column("The programme", key=True, to="programme.key")
    place: int = whole("Place in the registry, from 0, oldest first", key=True)
    agency_key: str = column("The body", to="agency.key")
    since_year: int | None = whole("First edition", null=True)
    until_year: int | None = whole("Last edition", null=True)
