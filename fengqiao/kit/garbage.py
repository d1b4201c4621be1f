"""Collecting garbage in a server process: seldom, and never what the program itself is made of (docs/adr/0074)."""

import gc

YOUNG = 20_000  # new things between two looks at the newest: a page makes a tenth of that and leaves nothing
MIDDLE, OLD = 50, 100


def settle() -> None:
    """Leave everything that lives now to no collection, and look for rings of what came later far less often.

    What is not needed is mostly gone at once, without a collection. One over all a server process holds takes
    a tenth of a second, in the middle of some page; Python's own measure calls for one every few dozen pages.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
