"""The lease records: every version, and of each tenancy which one is the last."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tenancies",
        sa.Column("tenancy", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="the last one"),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("tenancy"),
    )
    op.create_index("tenancies_by_unit", "tenancies", ["unit"], unique=False)
    still_open = sa.text("status = 'open'")
    op.create_index(
        "tenancies_open", "tenancies", ["unit"], unique=True, sqlite_where=still_open, postgresql_where=still_open
    )
    op.create_table(
        "records",
        sa.Column("tenancy", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed", sa.String(length=32), nullable=False, comment="ISO 8601"),
        sa.Column("body", sa.Text(), nullable=False, comment="the record as JSON"),
        sa.ForeignKeyConstraint(["tenancy"], ["tenancies.tenancy"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tenancy", "version"),
    )
