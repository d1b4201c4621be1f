from uuid import uuid4

import pytest

from fengqiao.files import keeping
from fengqiao.jobs.doctor.attachments import files
from fengqiao.jobs.doctor.findings import Mark
from tests import photos
from tests.cast import MONDAY_9AM

pytestmark = pytest.mark.django_db


def marks() -> list[Mark]:
    return [finding.mark for finding in files(MONDAY_9AM)]


def test_whole_files_are_well_and_waiting_ones_are_not_asked_for() -> None:
    photos.on_report(uuid4())
    keeping.take_away(photos.waiting().pk)

    assert marks() == [Mark.GOOD]


def test_a_missing_and_a_changed_file_are_each_named() -> None:
    missing, changed, whole = (photos.on_report(uuid4()) for _n in range(3))
    keeping.take_away(missing.pk)
    keeping.path_of(changed.pk).write_bytes(b"another picture")

    found = list(files(MONDAY_9AM))

    assert [finding.mark for finding in found] == [Mark.FAULT, Mark.FAULT]
    assert missing.pk.hex in found[0].text and changed.pk.hex in found[1].text
    assert not any(whole.pk.hex in finding.text for finding in found)
