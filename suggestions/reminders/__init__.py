"""Of what somebody must be reminded in the life of a suggestion."""

from suggestions.reminders.clocks import Clocks
from suggestions.reminders.commitments import CommitmentsToConfirm, CommitmentsToKeep
from suggestions.reminders.waiting import Registration, VoicesToTell

__all__ = ["SOURCES", "Clocks", "CommitmentsToConfirm", "CommitmentsToKeep", "Registration", "VoicesToTell"]

SOURCES = (Clocks(), CommitmentsToKeep(), CommitmentsToConfirm(), Registration(), VoicesToTell())
