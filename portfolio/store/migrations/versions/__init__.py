"""The steps, by store version: revision ``0002`` makes store version 2."""
