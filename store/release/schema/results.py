"""Tables of results: evaluations, the claims under them, their sentences, contradictions and history."""

from __future__ import annotations

from store.release.schema.columns import Column, Table, count, day, item, listed, moment, number, said, text, whole, yes

_VALUES: tuple[Column, ...] = (
    text("programme", "Key of the programme; missing where the registry does not know it", to="programmes.key"),
    text("programme_name", "Name of the programme, as printed where it has no key"),
    whole("edition_year", "The year being judged, not that of the ceremony"),
    said("kind", "Kind of result: award, score, predicate, opinion, ranking, certification, honour or incentive"),
    text("category", "Category of the competition"),
    text("innovation", "Product or innovation that was judged"),
    text("result", "The result in words: BB · Top 45 · 3 / 98 (nasional) · 74.54"),
    text("predicate", "Word or letter on the programme's own scale"),
    text("tier", "Group without order inside it: Top 45"),
    whole("rank", "Ordered place, 1 is best"),
    whole("rank_of", "Out of how many"),
    text("rank_scope", "Among whom"),
    number("score", "Score, in score_unit"),
    text("score_unit", "index100, index5, index4, points, percent or rupiah"),
    said("recipient_name", "Canonical name of the body that holds the result"),
    text(
        "recipient_key", "Registry key of that body (Kemendagri code of a regional government); missing where unresolved", to="agencies.key"
    ),
    said("agency_key", "The body as a row of agencies: recipient_key, or ~slug of a name that could not be resolved", to="agencies.key"),
    text("giver", "Canonical name of the body that gives or judges"),
    text("giver_key", "Registry key of the giver", to="agencies.key"),
    text("presented_by_name", "Who handed it over"),
    text("presented_by_position", "Post of who handed it over"),
    text("received_by_name", "Who took it"),
    text("received_by_position", "Post of who took it"),
    listed("also_received_by", "Others who took it, a list of {name, position}"),
    text("addressed_to_name", "Whom the receiver stood in for"),
    text("addressed_to_position", "Post of whom the receiver stood in for"),
    day("event_date", "Day of the award or announcement"),
    text("venue", "Venue as printed"),
    said("status", "conferred or announced"),
    whole("count_total", "How many times in all"),
    whole("count_streak", "How many times in a row"),
    listed("flags", "What to be careful about, from a closed list"),
    Column("confidence", "number", "Calibrated probability that the result is as shown, 0 to 1", null=False),
)

EVALUATIONS = Table(
    "evaluations",
    "One result itself: one programme, edition, category, innovation and recipient. Newest first.",
    ("key",),
    (
        said("key", "Key of the evaluation, made of its content; the same in every release"),
        *_VALUES,
        said("level", "Level of the recipient: national, provinsi, kabupaten, kota, unit or unresolved"),
        text("agency_kind", "Kind of the recipient: kementerian, lembaga, opd, hospital, police ..."),
        text("province_code", "Kemendagri code of the recipient's province"),
        text("province_name", "Name of that province"),
        text(
            "topic",
            "Subject of the programme on a report card: finance, accountability, service, openness, innovation, region, people, other",
        ),
        whole("step", "Place of the predicate on the programme's own scale, 1 is best"),
        whole("step_count", "Steps of that scale"),
        said("sureness", "high (confidence 0.8 and more), medium (0.5 and more) or low"),
        count("claim_count", "Claims under it"),
        count("article_count", "Articles under it"),
        count("source_count", "Independent sources: copies of one story and one outlet count once"),
        count("official_count", "Articles of government bodies among them"),
        count("conflict_count", "Fields on which sources differ; they stand in conflicts"),
        listed("outlets", "Outlets that tell it"),
        text("quotation", "The sentence its result was read from, in the words of the first claim"),
        text("people", "Names of who handed it over, took it or was stood in for, for searching"),
        text("quotation_url", "Address of the article that sentence stands in"),
        day("first_published_date", "First publication that tells it"),
        day("last_published_date", "Last publication that tells it"),
        Column(
            "shown_date", "date", "Day it is listed under: the event, else the first publication, else the edition year's end", null=False
        ),
        said("review", "open, accepted, or changed since somebody decided"),
        item("rules", "Which rule chose the shown value of each field"),
        said("reader", "Version of the reader behind its newest claim"),
    ),
    (
        "shown_date key",
        "programme edition_year shown_date",
        "programme edition_year step predicate agency_key",
        "agency_key programme edition_year",
        "edition_year shown_date",
        "province_code shown_date",
        "kind shown_date",
        "giver_key shown_date",
        "topic shown_date",
        "level shown_date",
        "sureness shown_date",
        "result shown_date",
        "conflict_count",
    ),
    ("recipient_name", "programme_name", "result", "category", "innovation", "giver", "people", "quotation"),
)
CLAIMS = Table(
    "claims",
    "One result as one article tells it; several claims may tell the same evaluation.",
    ("key",),
    (
        said("key", "Key of the claim, made of the article version and its content"),
        said("evaluation_key", "The evaluation it supports", to="evaluations.key"),
        said("article_key", "The article", to="articles.key"),
        text("outlet", "Outlet of the article"),
        said("title", "Title of the article"),
        text("url", "Address of the article"),
        text("published", "When it was published, ISO date or date-time with zone"),
        said("recipient", "Recipient as printed"),
        *_VALUES,
        item(
            "field_confidence",
            "Calibrated probability that each value is right where the body holds the prize: field to 0 to 1; empty where not measured",
        ),
        text("quotation", "The sentence its result was read from; all its sentences stand in quotations"),
        yes("background", "Whether it is told as background to another result"),
        text("story_key", "The story its article tells: copies of one story share it"),
        Column("shown_date", "date", "Day of its article", null=False),
        said("reader", "Version of the reader that made it"),
    ),
    ("evaluation_key shown_date", "article_key", "outlet shown_date", "shown_date key"),
)

QUOTATIONS = Table(
    "quotations",
    "The sentences a claim was read from, verbatim, in the order of the article.",
    ("claim_key", "number"),
    (
        said("claim_key", "The claim", to="claims.key"),
        count("number", "Place among the sentences of the claim, from 0"),
        said("evaluation_key", "The evaluation the claim supports", to="evaluations.key"),
        said("article_key", "The article it stands in", to="articles.key"),
        said("place", "title or text"),
        count("start_offset", "Offset of its first character in the title or text, in code points"),
        said("quotation", "The sentence"),
        listed("marks", "The read words: a list of {start, end, fields}; offsets into the sentence, in code points"),
    ),
    ("evaluation_key",),
)

CONFLICTS = Table(
    "conflicts",
    "The values that sources give for a field they differ on.",
    ("evaluation_key", "field", "place"),
    (
        said("evaluation_key", "The evaluation", to="evaluations.key"),
        said("field", "The field they differ on"),
        count("place", "The shown value first, then by support, from 0"),
        text("value", "The value, as text"),
        yes("shown", "Whether this value is the one shown"),
        count("source_count", "Independent sources that say so"),
        yes("official", "Whether a government body says so"),
        listed("claim_keys", "The claims that say so"),
    ),
)

HISTORY = Table(
    "history",
    "What was shown of an evaluation from one moment on.",
    ("evaluation_key", "number"),
    (
        said("evaluation_key", "The evaluation", to="evaluations.key"),
        count("number", "Number of the state, from 1"),
        moment("changed_at", "When this state began"),
        item("shown", "Every value that was shown, missing from the moment it was gone"),
        text("reader", "Version of the reader behind it"),
    ),
)

DECISIONS = Table(
    "decisions",
    "What people decided about an evaluation. Who they are is not published.",
    ("key",),
    (
        said("key", "Key of the decision"),
        said("evaluation_key", "The evaluation", to="evaluations.key"),
        said("kind", "accept, correct, same_as or not_same_as"),
        text("field", "Field that was corrected"),
        text("value", "The corrected value, as text"),
        text("reason", "Why"),
        moment("made_at", "When"),
    ),
    ("evaluation_key",),
)
