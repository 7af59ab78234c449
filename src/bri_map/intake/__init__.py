"""News taken in: lists of any kind read, matched with the features, proposed to an editor, and written down.

Nothing here changes the data unless an editor has accepted a proposal, row by row.
"""
