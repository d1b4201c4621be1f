"""What is commonly said in an area, told by its newest reports: a hint which way to search, never an answer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic

from fengqiao.intake.models import Report
from fengqiao.intake.scope import READ_BY_AREA
from fengqiao.kit.bigrams import flat, pairs, words_of
from fengqiao.places.models import Region
from fengqiao.places.scope import inside

LOOKED_AT = 200  # reports
PAIRS = 0.1  # of them: an index is not asked for what so many texts have
# A word in so many of them is walked for: its page is full before an index has gathered all there is.
CASES = 0.07
REPORTS = 0.03  # without a look into another table a step is five times shorter
FRESH_SECONDS = 600.0
MOST_AREAS = 100


@dataclass(frozen=True, slots=True)
class Sample:
    """Some texts of an area, the pairs of signs that are common in them, and when they were read."""

    read_at: float
    texts: list[str]
    pairs: frozenset[str]


_kept: dict[str, Sample] = {}


def are_common(typed: str, areas: Iterable[Region | None], share: float) -> bool:
    """Guess if this share of the texts of these areas hold all words; no where no area is known or little was said."""
    named = {area.path: area for area in areas if area is not None}
    return bool(named) and all(_holding(typed, area) >= share * LOOKED_AT for area in named.values())


def pairs_in(area: Region) -> frozenset[str]:
    """List the pairs of signs that many texts of an area hold."""
    return _sample_of(area).pairs


def forget() -> None:
    """Drop what is remembered."""
    _kept.clear()


def _holding(typed: str, area: Region) -> int:
    """Count the texts that hold all words; none of too few texts."""
    words, texts = words_of(typed), _sample_of(area).texts
    found = sum(all(any(one in text for one in spellings) for spellings in words) for text in texts)
    return found if len(texts) >= LOOKED_AT else 0


def _sample_of(area: Region) -> Sample:
    """Read what was said lately, once in a while."""
    kept = _kept.get(area.path)
    if kept is not None and monotonic() - kept.read_at < FRESH_SECONDS:
        return kept
    if len(_kept) >= MOST_AREAS:
        _kept.clear()
    texts = [flat("\n".join(said)) for said in _newest(area)]
    seen = Counter(pair for text in texts for pair in pairs(text))
    common = frozenset(pair for pair, times in seen.items() if times >= PAIRS * LOOKED_AT)
    _kept[area.path] = sample = Sample(monotonic(), texts, common)
    return sample


def _newest(area: Region) -> Iterable[tuple[str, str, str]]:
    """Read what everybody of the area may read: a matter that few may see turns no search."""
    newest = Report.objects.filter(inside("read_path", area) & READ_BY_AREA).order_by("-received_at", "-id")
    return newest.values_list("title", "text", "place")[:LOOKED_AT]
