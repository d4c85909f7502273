"""Search: how settings are found that train well.  `Search` is the race, `ByHand` the process."""
