"""Search: how settings are found that train well.  `Search` is its experiment."""
