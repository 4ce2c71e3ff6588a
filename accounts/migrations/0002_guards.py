"""The record of accounts is append-only."""

from django.db import migrations

from workflow.guards import guard


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        guard("accounts_accountevent", "accounts_accounteventdetail"),
    ]
