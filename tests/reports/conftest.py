from tests.suggestions.conftest import county

__all__ = ["county"]
