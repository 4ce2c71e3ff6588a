"""One suggestion from the voter's words to the voter's being told, and back (R49, R62, scenario 5)."""

from supervision.chain.links import Link, Part
from supervision.chain.parts import chain_of

__all__ = ["Link", "Part", "chain_of"]
