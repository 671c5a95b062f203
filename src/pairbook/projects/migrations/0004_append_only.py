"""Rows of the project library are never changed and never removed."""

from django.db import migrations

from pairbook.kernel.triggers import append_only


class Migration(migrations.Migration):
    """Triggers on every table of the library but the list of projects."""

    dependencies = [("projects", "0003_library")]
    operations = [
        append_only("projects_projectversion", unique_columns=("id", ("project_id", "number"))),
        append_only("projects_plannedfunding", unique_columns=("id", ("version_id", "source", "fund_code"))),
        append_only("projects_projectstep", unique_columns=("id", "takes_back_id", ("project_id", "number"))),
        append_only("projects_steppaper", unique_columns=("id", ("step_id", "evidence_id", "sort"))),
        append_only("projects_goal"),
        append_only("projects_goalresult"),
        append_only("projects_notice"),
        append_only("projects_asset"),
        append_only("projects_assetsource", unique_columns=("id", ("asset_id", "source", "fund_code"))),
        append_only("projects_holding"),
        append_only("projects_assetstatus"),
        append_only("projects_assetincome"),
        append_only("projects_incomeshare", unique_columns=("id", ("income_id", "use"))),
    ]
