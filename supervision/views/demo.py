"""The start page of the demo county: its accounts, and fifteen matters with where to look at each."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from files.models import ImportBatch
from supervision.demo import cast, county


@login_not_required
def matters(request: HttpRequest) -> HttpResponse:
    """For everybody who opens the demo; a county's own portal has no such page (404)."""
    demo = get_object_or_404(ImportBatch, kind=county.KIND)
    # a demo county that was built by an earlier version knows none
    context = {"matters": demo.journal.get("matters", ()), "accounts": cast.accounts(), "password": cast.PASSWORD}
    # whoever is not signed in has no navigation to show beside it
    context["frame"] = "base.html" if request.user.is_authenticated else "base_public.html"
    return render(request, "supervision/demo.html", context)
