"""The archive: what was put in comes out, and no byte of it can be changed unseen."""

import random
import tarfile
from pathlib import Path
from typing import Any

import pytest

from fengqiao.jobs.launch.backups import archive
from fengqiao.jobs.launch.backups.archive import Manifest, Writer
from fengqiao.jobs.launch.steps import Stop


def manifest(writer: Writer, **changes: Any) -> Manifest:
    return Manifest(
        version="0.1.0",
        made_at="2026-03-02T01:00:00+00:00",
        postgres="18.0",
        major=18,
        counties=["QX"],
        migrations=[],
        rows={"cases_case": 1},
        heads={"cases": 1},
        key="",
        members=dict(writer.members),
        **changes,
    )


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A small archive with one file of odd length."""
    (tmp_path / "dump").write_bytes(b"PGDMP" + bytes(range(256)) * 5)
    (tmp_path / "photo").write_text("柳树村水管")
    with Writer(tmp_path / "made.tar") as writer:
        writer.add(archive.DUMP, tmp_path / "dump")
        writer.add("files/2026/水管.jpg", tmp_path / "photo")
        writer.seal(manifest(writer))
    return tmp_path / "made.tar"


def test_what_was_put_in_comes_out(made: Path, tmp_path: Path) -> None:
    told = archive.check(made)
    archive.unpack(made, tmp_path / "out")

    assert told.members.keys() == {archive.DUMP, "files/2026/水管.jpg"}
    assert (tmp_path / "out" / "files" / "2026" / "水管.jpg").read_text() == "柳树村水管"
    assert (tmp_path / "out" / archive.DUMP).read_bytes() == (tmp_path / "dump").read_bytes()


def test_any_tar_program_can_read_it_and_only_its_owner(made: Path) -> None:
    with tarfile.open(made) as tar:
        assert tar.getnames() == [archive.DUMP, "files/2026/水管.jpg", archive.MANIFEST, archive.SEAL]
    assert made.stat().st_mode & 0o077 == 0


def test_a_flipped_bit_anywhere_is_refused(made: Path) -> None:
    whole = made.read_bytes()
    for place in [0, len(whole) - 1, *random.Random(3).sample(range(len(whole)), 200)]:
        made.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Stop, match="damaged"):
            archive.check(made)


@pytest.mark.parametrize("length", [0, 1, 512, 2048, 4096, -1, -512])
def test_an_archive_cut_short_is_refused(made: Path, length: int) -> None:
    made.write_bytes(made.read_bytes()[:length])

    with pytest.raises(Stop, match="cut short"):
        archive.check(made)


def test_something_that_is_no_archive_is_refused(made: Path) -> None:
    made.write_text("not a backup" * 1000)

    with pytest.raises(Stop, match="no backup"):
        archive.check(made)
    with pytest.raises(Stop, match="cannot be read"):
        archive.check(made.with_name("nowhere.tar"))


def test_a_member_that_would_land_outside_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo").write_text("x")
    with Writer(tmp_path / "bad.tar") as writer:
        writer.add("files/../../outside", tmp_path / "photo")
        writer.seal(manifest(writer))

    with pytest.raises(Stop, match="outside is not what the manifest says"):
        archive.check(tmp_path / "bad.tar")


def test_a_member_the_manifest_does_not_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo").write_text("x")
    with Writer(tmp_path / "bad.tar") as writer:
        told = manifest(writer)
        writer.add("files/photo", tmp_path / "photo")
        writer.seal(told)

    with pytest.raises(Stop, match="files/photo is not"):
        archive.check(tmp_path / "bad.tar")


def test_an_archive_of_another_layout_is_refused(tmp_path: Path) -> None:
    with Writer(tmp_path / "later.tar") as writer:
        writer.seal(manifest(writer, format=2))

    with pytest.raises(Stop, match="another version"):
        archive.check(tmp_path / "later.tar")
