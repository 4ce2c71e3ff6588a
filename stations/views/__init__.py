"""Pages of stations and deputies."""
