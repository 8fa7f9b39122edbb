"""The replies of chat models, so that a re-run is free."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replies",
        sa.Column(
            "key", sa.String(length=64), nullable=False, comment="digest of the model, the question and the form"
        ),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False, comment="ISO 8601, UTC"),
        sa.Column("body", sa.Text(), nullable=False, comment="the reply as JSON"),
        sa.PrimaryKeyConstraint("key"),
    )
