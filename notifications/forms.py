"""What the inbox sends back."""

from django import forms


class SeenForm(forms.Form):
    """The newest notification that the page showed."""

    newest = forms.IntegerField(min_value=0, max_value=2**62)
