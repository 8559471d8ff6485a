"""A message knows the send that it came from, and a conversation the turn that has it.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("send_id", sa.Text(), nullable=True))
    op.create_index("ix_messages_send_id", "messages", ["send_id"], unique=True)
    op.add_column("conversations", sa.Column("turn", sa.Text(), nullable=True))
    op.add_column("conversations", sa.Column("turn_until", sa.DateTime(timezone=True), nullable=True))
