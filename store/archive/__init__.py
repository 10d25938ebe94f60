from store.archive.archive import Archive, Damage
from store.archive.exchange import Exchange, decode_body
from store.archive.intake import Intake, add
from store.archive.together import Together, clear_up, put_together
from store.archive.warc import Held
from store.archive.writer import Writer

__all__ = ["Archive", "Damage", "Exchange", "Held", "Intake", "Together", "Writer", "add", "clear_up", "decode_body", "put_together"]
