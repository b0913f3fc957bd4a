"""The programme on paper: tagged PDF, typeset by typst from values that are never markup (decision 0018)."""
