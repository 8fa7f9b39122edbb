"""A folder of objects: nothing is read or written outside it."""

from pathlib import Path

import pytest

from pipeline.errors import ServiceRefused, WrongUsage
from pipeline.stores.objects import open_objects


@pytest.mark.parametrize("key", ["../a", "a/../../b", "/etc/passwd", "a//b", "", "a/", ".", "a\nb", "a\x00b"])
def test_no_key_leads_out(tmp_path: Path, key: str) -> None:
    objects = open_objects(tmp_path)
    for use in (objects.read, objects.head, objects.delete, lambda k: objects.write(k, b"x")):
        with pytest.raises(ServiceRefused, match="can't be a file"):
            use(key)


def test_no_link_leads_out(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret").write_text("x")
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "inside" / "up").symlink_to(tmp_path)
    objects = open_objects(tmp_path / "inside")
    assert list(objects.list()) == []
    for key in ("link", "up/secret"):
        with pytest.raises(ServiceRefused, match="leads out"):
            objects.read(key)


def test_a_file_that_is_being_written_is_no_object(tmp_path: Path) -> None:
    (tmp_path / ".a.part").write_text("half")
    assert list(open_objects(tmp_path).list()) == []


def test_a_folder_can_be_named_in_several_ways(tmp_path: Path) -> None:
    folder = tmp_path / "with space"
    places = (folder, str(folder), folder.as_uri())
    assert {open_objects(place).url for place in places} == {folder.as_uri()}


@pytest.mark.parametrize("url", ["s3://", "s3:///key", "ftp://host/x", "file://host/x"])
def test_a_url_that_means_nothing_is_told(url: str) -> None:
    with pytest.raises(WrongUsage, match="give s3://BUCKET/PREFIX"):
        open_objects(url)
