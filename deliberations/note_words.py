"""What the note's page says by its scripts: plain words, put in by ``static/js/notes/words.js``."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    # what became of it
    "received": _("Received. %(who)s will put it in order."),
    "sending": _("Being handed in …"),
    "kept": _("Kept on this phone, not handed in yet. It goes by itself as soon as there is a network."),
    "refused_now": _("It was not taken. What is wrong stands below; your words are still here."),
    # what waits, and why
    "waiting": _("Notes not handed in yet: %(count)s, the oldest from %(when)s."),
    "files_waiting": _("Photos and recordings not handed in yet: %(count)s, the oldest from %(when)s."),
    "of_another": _("Notes of another person waiting on this phone: %(count)s. They open after that person signs in."),
    "cleared": _(
        "Notes that were not handed in and that the browser cleared from this phone: %(count)s. Please write them again."
    ),
    "why_offline": _("There is no network now."),
    "why_slow": _("The network is too slow now."),
    "why_out": _("You are signed out: sign in again, then they go by themselves."),
    "why_forbidden": _("The portal does not take them from you now. Please call your liaison officer."),
    "why_large": _("One of them is too large for the portal."),
    "why_ill": _("The portal does not answer as it should. It is tried again every minute."),
    "half_written": _("half written"),
    "not_sent": _("not handed in yet"),
    "refused": _("not taken"),
    "with_files": _("Photos and recordings: %(count)s"),
    "no_words": _("(no words)"),
    "unreadable": _("(cannot be opened)"),
    "photo": _("photo"),
    "recording": _("recording"),
    "go_on": _("Go on writing"),
    "correct": _("Put it right"),
    "discard": _("Throw it away"),
    "discard_sure": _("Really throw it away? Nobody else has it."),
    # when
    "today": _("today, %(hour)s"),
    "yesterday": _("yesterday, %(hour)s"),
    "date": _("%(month)s/%(day)s, %(hour)s"),
    "night": _("%(hour)s at night"),
    "morning": _("%(hour)s in the morning"),
    "noon": _("%(hour)s at noon"),
    "afternoon": _("%(hour)s in the afternoon"),
    "evening": _("%(hour)s in the evening"),
    # writing
    "record": _("Record a message"),
    "recording_now": _("Stop (%(seconds)s of 30 seconds)"),
    "photo_away": _("Leave this photo out"),
    "recording_away": _("Leave this recording out"),
    "words_missing": _("Write down what was said, or add a photo or a recording."),
    "wish_missing": _("Say whether they want an answer."),
    "too_many": _("A note takes twelve photos and recordings."),
    "no_picture": _("“%(name)s” is no photo that can be opened."),
    "no_microphone": _("The microphone may not be used here. You can write, or take a photo."),
    "full": _("This phone has no room left. Please hand in what waits, or leave a photo out."),
    "not_kept": _("The browser could not keep this. Please do not close the page before it is handed in."),
    "nobody": _(
        "Nobody is signed in on this phone, so nothing can be kept on it. Do not close this page; sign in first."
    ),
    "open_elsewhere": _("This one is open on another page."),
    # what this browser can do
    "mode_offline": _("It works without a network too: hand it in, and it goes as soon as there is one."),
    "mode_here": _("This browser cannot open the page without a network. While it is open, what you hand in is kept."),
    "mode_plain": _(
        "This browser cannot keep photos and recordings. Words half written stay here; handing in needs a network."
    ),
}
