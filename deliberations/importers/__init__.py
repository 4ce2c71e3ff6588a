"""Reading the county's own register of visits to voters."""
