"""What does the knowledge cost: loading the registry, building the pipeline, and, article by article, linking beside tokenizing?

`python -m benchmarks.registry`: the registry as shipped, the stories of tests/site. CPU time, median of five. "Linking" is all work between
tokens and entities: `SceneBuilder.build` less the tokenizer and the gazetteer. Only the shares travel between machines.
"""

from __future__ import annotations

from benchmarks.measure import side_by_side, table
from extract.article import read_html
from extract.lexicon import load_registry
from extract.linking import Linker
from extract.pipeline import make_pipeline
from extract.programmes import load_programmes
from extract.reader import Reader
from extract.scene import SceneBuilder
from tests.site.pages import article_html
from tests.site.stories import load_stories

BASE = "https://kabarnusa.example"


def fresh_registry() -> object:
    """The registry, read from its files again."""
    load_registry.cache_clear()
    return load_registry()


def made_once() -> None:
    """Print what a process pays before its first article."""
    registry = load_registry()
    spent = side_by_side(
        {
            "load the programmes": load_programmes,
            "load the whole registry": fresh_registry,
            "build the pipeline": lambda: make_pipeline(registry),
            "build the reader (pipeline within)": lambda: Reader(registry),
        }
    )
    whole = spent["load the whole registry"] + spent["build the reader (pipeline within)"]
    table(("made once", "ms", "of the start"), [[name, f"{value * 1000:.0f}", f"{value / whole:.0%}"] for name, value in spent.items()])


def each_article() -> None:
    """Print what an article costs, step by step."""
    reader = Reader(load_registry())
    stories = [story for story in load_stories() if story.site == "outlet" and story.language == "id"]
    found = [read_html(article_html(story, BASE, 0).encode(), BASE + story.path) for story in stories]
    builder = SceneBuilder(reader.registry)
    scenes = [builder.build(article) for article in found]
    texts = [scene.page.full for scene in scenes]
    docs = [builder.nlp.make_doc(text) for text in texts]
    gazetteer = builder.nlp.get_pipe("rapor_gazetteer")

    def resolved() -> None:
        """Only the step from bodies to keys."""
        for scene in scenes:
            linker = Linker(reader.registry)
            linker.learn(scene.bodies)
            for body in scene.bodies:
                linker.entity(body)

    spent = side_by_side(
        {
            "tokenizer": lambda: [builder.nlp.make_doc(text) for text in texts],
            "gazetteer": lambda: [gazetteer(doc) for doc in docs],
            "bodies to keys": resolved,
            "scene": lambda: [builder.build(article) for article in found],
            "whole reader": lambda: [reader.read_article(article) for article in found],
        }
    )
    linking = spent["scene"] - spent["tokenizer"] - spent["gazetteer"]
    steps = {
        "tokenizer": spent["tokenizer"],
        "gazetteer": spent["gazetteer"],
        "linking: tokens to entities, results, dates": linking,
        "  of which bodies to keys": spent["bodies to keys"],
        "people and claims": spent["whole reader"] - spent["scene"],
        "whole reader": spent["whole reader"],
    }
    whole, cut = spent["whole reader"], spent["tokenizer"]
    rows = [[name, f"{value * 1000 / len(found):.2f}", f"{value / whole:.0%}", f"{value / cut:.1f}"] for name, value in steps.items()]
    table((f"each of {len(found)} articles", "ms", "of the reader", "× tokenizer"), rows)


def main() -> None:
    """Print both tables."""
    made_once()
    print()
    each_article()


if __name__ == "__main__":
    main()
