"""What is commonly said in an area, told by its newest reports: a hint which way to search, never an answer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fengqiao.intake.models import Report
from fengqiao.intake.scope import READ_BY_AREA
from fengqiao.kit.bigrams import flat, words_of
from fengqiao.kit.remembered import Remembered
from fengqiao.places.models import Region
from fengqiao.places.scope import Place, inside, place_of

LOOKED_AT = 200  # reports
WIDEST = 20_000  # texts: if fewer than the list needs are guessed among so many, the word's own texts are fewer
FOLD = 4.0  # less than a fourth of them, and it is not guessed again
# A word in so many of them is walked for: its page is full before an index has gathered all there is.
CASES = 0.07
REPORTS = 0.03  # without a look into another table a step is five times shorter
MOST_TEXTS = 0.5  # say it: walked for from a moment on, too; of less, the index knows that moment's rows
AS_LONG = 2.0  # is looked back as the newest texts make believe that it takes
LONGEST = timedelta(days=36_500)
TEN_MINUTES = 600.0
MOST_AREAS = 100
AN_ENTRY = 0.05  # of the index by time takes so much of what a text takes that is looked at


@dataclass(frozen=True, slots=True)
class Sample:
    """The newest texts of an area, and when they came."""

    texts: list[str]
    moments: list[datetime]  # falling
    began: datetime | None  # the first of all

    @property
    def length(self) -> timedelta:
        """How long it took until so much was said."""
        return self.moments[0] - self.moments[-1]

    @property
    def whole(self) -> float:
        """How many texts there are in all, if so much was always said."""
        return len(self.texts) * (self.moments[0] - (self.began or self.moments[-1])) / self.length


@dataclass(frozen=True, slots=True)
class Guess:
    """How to find the newest texts with a word: since which moment, if any; and if each is looked at on the way."""

    since: datetime | None = None
    is_walked: bool = False
    sample: Sample | None = None  # by which it was guessed

    def again(self, found: int, most: int) -> "Guess":
        """Guess better, once it is known how many were found since then."""
        if self.since is None or self.sample is None or found < most / FOLD:
            return Guess()
        times = (self.sample.moments[0] - self.since) / self.sample.length * AS_LONG * most / found
        return _looking_back(self.sample, times, most)


def are_common(typed: str, areas: Iterable[Region | None], share: float) -> bool:
    """Guess if this share of the texts of these areas hold all words; no where no area is known or little was said."""
    named = {area.path: area for area in areas if area is not None}
    return bool(named) and all(_holding(typed, area) >= share * LOOKED_AT for area in named.values())


def guess(typed: str, areas: Iterable[Region | None], most: int, *, at_least: int = 0) -> Guess | None:
    """Guess since when each of these areas had more than so many texts with all words; none where no area is known.

    `at_least` so many of the texts looked at are taken to hold them.
    """
    named = {area.path: area for area in areas if area is not None}
    if not named:
        return None
    found = [(_sample_of(area), max(at_least, _holding(typed, area))) for area in named.values()]
    if not all(holding and sample.length for sample, holding in found):
        return Guess()
    guesses = [_looking_back(sample, AS_LONG * most / holding, most) for sample, holding in found]
    moments = [each.since for each in guesses if each.since is not None]
    if len(moments) < len(guesses):
        return Guess()
    is_walked = all(holding >= MOST_TEXTS * LOOKED_AT for _sample, holding in found)
    return replace(guesses[moments.index(min(moments))], is_walked=is_walked)


def _looking_back(sample: Sample, times: float, most: int) -> Guess:
    """Take the moment that lies so many times the sample's own length before its end, to find so many texts since.

    None where too much was said since then, or where all texts with the word are found as soon.
    """
    texts = times * len(sample.texts)
    in_all = AS_LONG * most * sample.whole / texts
    if texts > WIDEST or in_all <= texts * AN_ENTRY:
        return Guess()
    return Guess(sample.moments[0] - min(sample.length * times, LONGEST), sample=sample)


def forget() -> None:
    """Drop what is remembered."""
    _SAMPLES.forget()


def _holding(typed: str, area: Region) -> int:
    """Count the texts that hold all words; none of too few texts."""
    texts = _sample_of(area).texts
    if len(texts) < LOOKED_AT:
        return 0
    for spellings in words_of(typed):
        told = {at for one in spellings for at, text in enumerate(texts) if one in text}
        texts = [texts[at] for at in told]
    return len(texts)


def _sample_of(area: Region) -> Sample:
    return _SAMPLES(place_of(area))


def _read(place: Place) -> Sample:
    """Read what everybody of the area may read: a matter that few may see turns no search."""
    reports = Report.objects.filter(inside("read_path", place) & READ_BY_AREA)
    said = reports.values_list("title", "text", "place", "received_at")
    newest = list(said.order_by("-received_at", "-id")[:LOOKED_AT])
    first = reports.order_by("received_at").values_list("received_at", flat=True).first()
    return Sample([flat("\n".join(texts)) for *texts, _at in newest], [at for *_texts, at in newest], first)


# Ten minutes are safe: a sample only tells which way to search.
_SAMPLES = Remembered(_read, seconds=TEN_MINUTES, most=MOST_AREAS)
