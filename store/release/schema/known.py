"""Tables of who and what is known: bodies, people in public posts, programmes and their scales."""

from __future__ import annotations

from store.release.schema.columns import Column, Table, count, day, listed, number, said, text, whole, yes

AGENCIES = Table(
    "agencies",
    "A body: national, regional, a unit of either, or a name that could not be resolved (key starts with ~).",
    ("key",),
    (
        said("key", "Kemendagri code, registry key, parent key/slug of a unit, or ~slug of an unresolved name"),
        said("name", "Canonical name"),
        said("level", "national, provinsi, kabupaten, kota, unit or unresolved"),
        text("kind", "Kind of body: kementerian, lembaga, opd, hospital, police ..."),
        text("parent_key", "The body it belongs to", to="agencies.key"),
        text("parent_name", "Name of that body"),
        text("province_code", "Kemendagri code of the province it lies in"),
        text("province_name", "Name of that province"),
        day("since_date", "First day it existed, where known"),
        day("until_date", "Last day it existed, where known"),
        listed("spellings", "Other names, abbreviations and former names"),
        text("spelt", "The same, as words for searching"),
        listed("successor_keys", "Bodies that took over"),
        text("likely_key", "For an unresolved name: the only known body it could be a misspelling of", to="agencies.key"),
        yes("verified", "Whether a second source confirmed it"),
        count("evaluation_count", "Evaluations it holds in this release"),
        count("given_count", "Evaluations it gave in this release"),
        whole("first_year", "First edition year of a result it holds"),
        whole("last_year", "Last edition year of a result it holds"),
    ),
    ("name", "province_code level name", "level name", "kind name", "parent_key", "evaluation_count", "given_count"),
    ("name", "spelt"),
)

OFFICIALS = Table(
    "officials",
    "A person in a public post. Nothing but public roles is kept.",
    ("key",),
    (
        said("key", "Slug of the name; with the body or post where the registry does not know the person"),
        said("name", "Name without titles and degrees"),
        listed("spellings", "Other spellings"),
        text("positions", "Every post known or seen, newest first, for searching"),
        yes("known", "Whether the registry knows the person"),
        count("presented_count", "Results handed over"),
        count("received_count", "Results received, in person or for somebody else"),
    ),
    ("name",),
    ("name", "positions"),
)

POSTS = Table(
    "posts",
    "Somebody in a post: from and to where the registry knows, first and last seen where articles tell.",
    ("key",),
    (
        said("key", "Key made of person, post, body and acting form"),
        said("official_key", "The person", to="officials.key"),
        said("official_name", "Name of the person"),
        said("position", "Canonical post: Wali Kota Bandung"),
        text("agency_key", "The body", to="agencies.key"),
        text("agency_name", "Name of the body"),
        text("acting", "Pj, Plt, Plh or Pjs"),
        day("since_date", "First day in the post, from the registry"),
        day("until_date", "Last day in the post, from the registry"),
        day("first_seen_date", "First publication that names the person in the post"),
        day("last_seen_date", "Last publication that names the person in the post"),
    ),
    ("official_key", "agency_key"),
)

HANDOVERS = Table(
    "handovers",
    "Who handed a result over, took it, or should have taken it.",
    ("evaluation_key", "role", "place"),
    (
        said("evaluation_key", "The evaluation", to="evaluations.key"),
        said("role", "presented, received or addressed"),
        count("place", "Place among those of the same role, from 0"),
        said("official_name", "Name of the person"),
        text("official_key", "The person, where the articles name the post", to="officials.key"),
        text("position", "Post of the person as the evaluation gives it"),
        Column("shown_date", "date", "Day the evaluation is listed under", null=False),
    ),
    ("official_key shown_date",),
)

PROGRAMMES = Table(
    "programmes",
    "An award or evaluation programme.",
    ("key",),
    (
        said("key", "Key of the programme; never renamed"),
        said("name", "Official name"),
        said("kind", "Kind of its results"),
        said("topic", "Subject on a report card: finance, accountability, service, openness, innovation, region, people or other"),
        text("giver_key", "Body that gives or judges today", to="agencies.key"),
        text("giver", "Name of that body"),
        listed("eligible", "Kinds of bodies it judges"),
        listed("tiers", "Groups without order inside"),
        listed("categories", "Categories"),
        listed("spellings", "Words that point to it"),
        text("spelt", "The same, as words for searching"),
        text("score_unit", "Unit of its scores"),
        number("score_low", "Lowest possible score, in score_unit"),
        number("score_high", "Highest possible score, in score_unit"),
        whole("first_year", "First edition"),
        whole("last_year", "Last edition"),
        yes("verified", "Whether a second source confirmed it"),
        count("evaluation_count", "Evaluations in this release"),
        count("agency_count", "Bodies that hold one of them"),
        whole("first_seen_year", "First edition year in this release"),
        whole("last_seen_year", "Last edition year in this release"),
    ),
    ("topic", "evaluation_count"),
    ("name", "spelt"),
)

STEPS = Table(
    "programme_steps",
    "One step of a programme's own scale in a period of editions.",
    ("programme", "scale", "place"),
    (
        said("programme", "The programme", to="programmes.key"),
        count("scale", "Number of the scale, from 0, oldest first"),
        count("place", "Place on the scale, 1 is best"),
        said("name", "Name of the step as it stands in predicate"),
        number("low", "Lowest score of the step, included"),
        number("high", "Highest score of the step, included"),
        whole("since_year", "First edition on this scale"),
        whole("until_year", "Last edition on this scale"),
    ),
)

GIVERS = Table(
    "programme_givers",
    "Who gives or judges in a period of editions.",
    ("programme", "place"),
    (
        said("programme", "The programme", to="programmes.key"),
        count("place", "Place in the registry, from 0, oldest first"),
        said("agency_key", "The body", to="agencies.key"),
        said("agency_name", "Name of the body"),
        whole("since_year", "First edition"),
        whole("until_year", "Last edition"),
    ),
    ("agency_key",),
)
