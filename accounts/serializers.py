"""Organs as the API tells them."""

from rest_framework import serializers

from accounts.models import Officer, Organ, OrganName
from workflow.serializers import Row


class OrganNameRow(Row):
    """A name of an organ."""

    class Meta:
        model = OrganName
        fields = ("name", "kind", "until")


class OfficerRow(Row):
    """Who speaks for an organ."""

    class Meta:
        model = Officer
        fields = ("id", "person", "duty", "phone", "since", "until")


class OrganRow(Row):
    """An organ."""

    class Meta:
        model = Organ
        fields: tuple[str, ...] = (
            "id",
            "name",
            "kind",
            "forwards_through",
            "successor",
            "closed_on",
            "sign_mode",
            "phone",
        )


class WholeOrganRow(OrganRow):
    """An organ with its names of all times and its officers."""

    names = OrganNameRow(many=True, read_only=True)
    officers = OfficerRow(many=True, read_only=True)

    class Meta(OrganRow.Meta):
        fields = (*OrganRow.Meta.fields, "names", "officers")


class MeSerializer(serializers.Serializer):
    """As whom one asks."""

    username = serializers.CharField()
    name = serializers.CharField()
    role = serializers.CharField(allow_blank=True, help_text="Empty without a post: nothing is seen then.")
    organ = serializers.IntegerField(allow_null=True)
