"""Columns of text as Arrow keeps them: looked up and compared without a Python object a cell.

Data roots of a million rows are read and joined with these; a set of Python texts takes ten times as long
and as much memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.intp]
Texts: TypeAlias = "pd.Series | pd.Index | pa.Array"
TEXT = pa.large_string()


def arrow(texts: Texts | Iterable[str]) -> pa.Array:
    """Give texts as one Arrow array, without copying them where they are one already."""
    if isinstance(texts, pd.Index):
        texts = texts.to_series()
    if not isinstance(texts, pd.Series | pa.Array | pa.ChunkedArray):
        return pa.array(list(texts), TEXT)
    found = pa.array(texts, TEXT) if isinstance(texts, pd.Series) else texts
    if isinstance(found, pa.ChunkedArray):
        found = found.chunk(0) if found.num_chunks == 1 else found.combine_chunks()
    return found if found.type == TEXT else found.cast(TEXT)


def together(*texts: Texts) -> pa.Array:
    """Give texts after each other."""
    return pa.concat_arrays([arrow(part) for part in texts])


def where(texts: Texts, mask: Mask) -> pa.Array:
    """Give those of the texts for which a mask is true."""
    return arrow(texts).filter(pa.array(mask))


def is_in(texts: Texts, known: Texts) -> Mask:
    """Tell which texts are among some others."""
    return as_mask(pc.is_in(arrow(texts), value_set=arrow(known)))


def places(texts: Texts, known: pa.Array) -> Numbers:
    """Give the place of each text among some others, of which each is there once; -1 where it is not."""
    found = pc.fill_null(pc.index_in(arrow(texts), value_set=known), -1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.intp)


def is_empty(texts: Texts) -> Mask:
    """Tell which texts are empty."""
    return as_mask(pc.equal(pc.binary_length(arrow(texts)), 0))


def is_like(texts: Texts, pattern: str) -> Mask:
    """Tell which texts a regular expression matches from their beginning to their end.

    Args:
        texts: The texts.
        pattern: What both Python and RE2 understand alike.
    """
    return as_mask(pc.match_substring_regex(arrow(texts), rf"(?s)\A(?:{pattern})\z"))


def is_sorted(texts: Texts) -> bool:
    """Tell whether no text comes before the one that it follows, by code points."""
    found = arrow(texts)
    return bool(pc.all(pc.less_equal(found[:-1], found[1:]), min_count=0).as_py())


def follows_itself(texts: Texts) -> Mask:
    """Tell which texts are the same as the one before."""
    found = arrow(texts)
    result = np.zeros(len(found), dtype=bool)
    result[1:] = as_mask(pc.equal(found[:-1], found[1:]))
    return result


def taken(texts: Texts, rows: Numbers, absent: str = "") -> pa.Array:
    """Give the texts at some places; another text where the place is -1."""
    found = pa.array(rows, mask=rows < 0)
    return pc.fill_null(arrow(texts).take(found), absent)


def joined(owners: Numbers, texts: Texts, size: int, separator: str) -> pa.Array:
    """Give for each of some things its texts in one, each text once and in order.

    Args:
        owners: Number of the thing that each text belongs to.
        texts: The texts.
        size: How many things there are.
        separator: What stands between the texts of a thing.

    Returns:
        One text a thing, empty where it has none.
    """
    coded = arrow(texts).dictionary_encode()
    pairs = pd.DataFrame({"owner": owners, "text": coded.indices.to_numpy()})
    pairs = pairs.drop_duplicates().sort_values("owner", kind="stable")
    starts = np.searchsorted(pairs["owner"].to_numpy(), np.arange(size + 1))
    values = coded.dictionary.take(pa.array(pairs["text"].to_numpy()))
    return pc.binary_join(
        pa.ListArray.from_arrays(pa.array(starts, pa.int32()), values), pa.scalar(separator, TEXT)
    )


def series(texts: pa.Array, index: pd.Index | None = None) -> pd.Series:
    """Give an Arrow array as a column of text."""
    found: pd.Series = pa.table({"": texts}).to_pandas()[""]
    return found if index is None else found.set_axis(index)


def as_mask(found: pa.Array) -> Mask:
    """Give an Arrow array of true and false as a mask of NumPy."""
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)
