"""How fast the portal is: by hand, on PostgreSQL, beside a page that does nothing. ``make bench``; docs/performance.md."""
