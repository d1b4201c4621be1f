"""The identity number of a party: entered where a paper needs it, shown with a reason that is kept, sealed anew."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.cases.transitions.taking import Words
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.identity import BadKeys, CannotOpen, Ring, checked, read_ring, seal, unseal
from fengqiao.mediation.models import Dossier, Identity, Party
from fengqiao.mediation.transitions.acting import acting
from fengqiao.mediation.vocabulary import PartyKind
from fengqiao.people.models import User
from fengqiao.rights.models import AccessLog
from fengqiao.rights.transitions import record_look

AT_ONCE = 500  # rows sealed anew in one transaction


def enter(party: Party, number: str, *, needed_for: str, by: User, at: datetime) -> Identity:
    """Keep the identity number of a party for a paper that needs it; the log says that, never the number."""
    words = Words(facts={"identity_for": needed_for})
    with acting("change_party", party.dossier, by=by, at=at, words=words, party=party):
        if party.kind != PartyKind.PERSON:
            raise Refused(_("Only a person has an identity number."))
        if not needed_for.strip():
            raise Refused(_("Say which paper needs the identity number."))
        if (plain := checked(number)) is None:
            raise Refused(_("This is no identity number: 18 signs, the last of which checks the others."))
        _must_be_theirs_alone(party, plain)
        key_id, sealed = seal(plain, ring=_ring(), county=party.county, party=party.pk)
        facts = {"sealed": sealed, "key_id": key_id, "tail": plain[-4:], "needed_for": needed_for.strip(), "at": at}
        kept, _is_new = Identity.objects.update_or_create(county=party.county, party=party, defaults=facts)
    return kept


def _must_be_theirs_alone(party: Party, plain: str) -> None:
    """Refuse the number of somebody on the other side: one person does not quarrel with themselves."""
    others = Identity.objects.filter(party__dossier=party.dossier_id, party__left_at__isnull=True, tail=plain[-4:])
    for other in others.exclude(party__side=party.side).select_related("party"):
        if _opened(other, _ring()) == plain:
            raise Refused(_("%(party)s on the other side has this number.") % {"party": other.party})


def show(party: Party, *, reason: str, by: User, at: datetime) -> str:
    """Give the whole number to whoever says why; both logs keep who looked, and why."""
    with acting("show_identity", party.dossier, by=by, at=at, words=Words(note=reason), party=party):
        if not reason.strip():
            raise Refused(_("Say why you need to see the identity number."))
        kept = Identity.objects.filter(party=party).first()
        if kept is None:
            raise Refused(_("No identity number of %(party)s is kept.") % {"party": party})
        number = _opened(kept, _ring())
        look = AccessLog.Look.IDENTITY
        record_look(look, county=party.county, kind="party", thing=party.pk, user=by, at=at, reason=reason[:200])
    return number


def show_all(dossier: Dossier, *, reason: str, by: User, at: datetime) -> dict[UUID, str]:
    """Give the whole numbers of all who are parties now, for a paper: each is a look of its own, with the reason."""
    kept = dossier.parties.filter(left_at__isnull=True, identity__isnull=False).order_by("side", "joined_at", "id")
    with transaction.atomic():
        opened = {party.pk: show(party, reason=reason, by=by, at=at) for party in kept}
    if not opened:
        raise Refused(_("No identity number is kept in this dossier."))
    return opened


def seal_anew() -> int:
    """Seal with the newest key whatever is sealed with an older one, some rows at a time; say how many that were.

    Ended at any moment, it goes on where it was the next time.
    """
    ring, done = _ring(), 0
    while some := _seal_some(ring):
        done += some
    return done


@transaction.atomic
def _seal_some(ring: Ring) -> int:
    older = Identity.objects.exclude(key_id=next(iter(ring))).order_by("pk")
    rows = list(older.select_for_update(of=("self",))[:AT_ONCE])
    for row in rows:
        number = _opened(row, ring)
        row.key_id, row.sealed = seal(number, ring=ring, county=row.county, party=row.party_id)
        row.save(update_fields=["key_id", "sealed"])
    return len(rows)


def _opened(kept: Identity, ring: Ring) -> str:
    """Open a kept number, or refuse in words."""
    try:
        return unseal(bytes(kept.sealed), key_id=kept.key_id, ring=ring, county=kept.county, party=kept.party_id)
    except CannotOpen as error:
        raise Refused(_("This identity number does not open: its key is missing, or the row was changed.")) from error


def _ring() -> Ring:
    """Read the keys, or refuse where there are none."""
    try:
        ring = read_ring(settings.IDENTITY_KEY_FILE)
    except BadKeys as error:
        raise Refused(_("The file of keys for identity numbers is damaged; the administrator puts it back.")) from error
    if not ring:
        raise Refused(_("There is no key for identity numbers; the administrator starts Fengqiao once anew."))
    return ring
