"""What is locked by one key opens with that key, for that use, and only as it was."""

import pytest

from fengqiao.kit.locking import CannotOpen, lock, unlock

KEY = "k" * 50


def test_a_locked_text_opens_again_and_says_nothing_while_locked() -> None:
    locked = lock("钉钉://secret", key=KEY, use="channel")

    assert unlock(locked, key=KEY, use="channel") == "钉钉://secret"
    assert "secret" not in locked and lock("钉钉://secret", key=KEY, use="channel") != locked


@pytest.mark.parametrize(("key", "use"), [("other" * 10, "channel"), (KEY, "another")])
def test_another_key_or_use_opens_nothing(key: str, use: str) -> None:
    locked = lock("secret", key=KEY, use="channel")
    with pytest.raises(CannotOpen):
        unlock(locked, key=key, use=use)


@pytest.mark.parametrize("broken", ["", "####", "c2hvcnQ=", "中"])
def test_what_was_changed_is_not_opened(broken: str) -> None:
    with pytest.raises(CannotOpen):
        unlock(broken, key=KEY, use="channel")
