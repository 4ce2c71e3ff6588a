"""The performance file of a deputy (F21): read anew each time from what the portal holds, and from what was entered."""
