"""Files that nothing owns go after a day; what is owned or young stays."""

import json
import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from files import storage, tasks
from files.models import Attachment, Job
from files.transitions import sweep_files
from files.uploads import store_upload
from tests.files.factory import make_job, upload
from workflow import clock

pytestmark = pytest.mark.django_db


def aged(attachment, days=2):
    then = clock.now() - timedelta(days=days)
    Attachment.objects.filter(pk=attachment.pk).update(at=then)
    os.utime(storage.local(attachment.path), (then.timestamp(), then.timestamp()))
    return attachment


def test_a_file_whose_row_was_rolled_back_goes():
    kept = aged(store_upload(upload(), user=None))
    Attachment.objects.all().delete()
    assert sweep_files() == {"rows": 0, "files": 1}
    assert not storage.local(kept.path).exists()


def test_a_row_that_no_owner_points_at_goes_with_its_file():
    aged(store_upload(upload(), user=None))
    assert sweep_files() == {"rows": 1, "files": 1}
    assert sweep_files() == {"rows": 0, "files": 0}


def test_what_is_young_stays():
    kept = aged(store_upload(upload(), user=None), days=0)
    assert sweep_files() == {"rows": 0, "files": 0}
    assert storage.local(kept.path).exists()


def test_what_is_owned_stays():
    kept = aged(store_upload(upload(), user=None))
    Job.objects.filter(pk=make_job().pk).update(result=kept)
    assert sweep_files() == {"rows": 0, "files": 0}
    assert storage.local(kept.path).exists()


def test_every_app_that_points_at_files_is_asked():
    sql = str(Attachment.objects.unowned().query)
    assert all(table in sql for table in ("files_job", "suggestions_reply", "suggestions_evaluation"))


def test_the_rest_of_a_killed_process_goes(tmp_path):
    part = storage.local("2026/11/x.pdf.part")
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    os.utime(part, (0, 0))
    tasks.sweep_files()
    assert not part.exists()


def test_the_command_does_the_same():
    out = StringIO()
    call_command("sweep_files", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"rows": 0, "files": 0}
