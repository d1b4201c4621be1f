from fengqiao.kit.sealing import START, chained, digest, keyed_digest


def test_the_digest_is_sm3_as_the_standard_prints_it() -> None:
    # GB/T 32905-2016, annex A, example 1
    assert digest("abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_a_line_seals_its_facts_and_the_line_before() -> None:
    line = chained(START, {"verb": "open", "at": 1.5})

    assert line == chained(START, {"at": 1.5, "verb": "open"})
    assert line != chained(START, {"at": 1.5, "verb": "close"})
    assert line != chained(line, {"at": 1.5, "verb": "open"})


def test_a_keyed_digest_needs_the_key() -> None:
    assert keyed_digest("one", "123456") != keyed_digest("two", "123456")
