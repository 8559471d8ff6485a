"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NEVER_CHANGE = {
    "versions": ["storyboard_id", "number", "parent", "frame_id", "digest", "message", "summary", "created_at"],
    "parts": ["storyboard_id", "digest", "body"],
    "version_scenes": ["version_id", "position", "part_id", "request_id"],
}


def upgrade() -> None:
    _create_tables()
    if op.get_bind().dialect.name == "sqlite":
        _finish_sqlite()
    else:
        _finish_postgresql()


def _finish_sqlite() -> None:
    for table, columns in NEVER_CHANGE.items():
        op.execute(
            f"create trigger {table}_never_change before update of {', '.join(columns)} on {table} "
            "begin select raise(abort, 'a version never changes'); end"
        )
    op.execute(
        "create trigger requests_keep_their_picture before update of sha256 on requests when old.sha256 is not null "
        "begin select raise(abort, 'a picture never changes'); end"
    )
    # An external-content index: it holds no second copy of the words.
    op.execute("create virtual table message_search using fts5(words, content='messages', content_rowid='id')")
    insert = "insert into message_search(rowid, words) values (new.id, new.words);"
    delete = "insert into message_search(message_search, rowid, words) values ('delete', old.id, old.words);"
    op.execute(f"create trigger messages_search_insert after insert on messages begin {insert} end")
    op.execute(f"create trigger messages_search_delete after delete on messages begin {delete} end")
    op.execute(
        "create trigger messages_search_update after update of words on messages when old.words <> new.words "
        f"begin {delete} {insert} end"
    )


def _finish_postgresql() -> None:
    op.execute(
        "create function taleboard_refuse() returns trigger language plpgsql as "
        "$$ begin raise exception '%', tg_argv[0] using errcode = 'integrity_constraint_violation'; end $$"
    )
    for table, columns in NEVER_CHANGE.items():
        op.execute(
            f"create trigger {table}_never_change before update of {', '.join(columns)} on {table} "
            "for each row execute function taleboard_refuse('a version never changes')"
        )
    op.execute(
        "create trigger requests_keep_their_picture before update of sha256 on requests for each row "
        "when (old.sha256 is not null) execute function taleboard_refuse('a picture never changes')"
    )
    # The words are folded and cut already (db/words.py), so no text search configuration is needed.
    op.execute(
        "alter table messages add column search tsvector "
        "generated always as (array_to_tsvector(array_remove(string_to_array(words, ' '), ''))) stored"
    )
    op.execute("create index ix_messages_search on messages using gin (search)")
    # Tables that refer to each other in a circle: here SQLite has its constraints already.
    for table, columns, target, target_columns, options in (
        ("conversations", ["id", "head"], "messages", ["conversation_id", "id"], DEFERRED),
        ("storyboards", ["id", "head"], "versions", ["storyboard_id", "number"], DEFERRED),
        ("storyboards", ["id", "tip"], "versions", ["storyboard_id", "number"], DEFERRED),
        (
            "messages",
            ["storyboard_id", "version"],
            "versions",
            ["storyboard_id", "number"],
            {**DEFERRED, "ondelete": "SET NULL"},
        ),
    ):
        op.create_foreign_key(f"fk_{table}_{'_'.join(columns)}", table, target, columns, target_columns, **options)


DEFERRED = {"deferrable": True, "initially": "DEFERRED"}


def _create_tables() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "head"],
            ["messages.conversation_id", "messages.id"],
            name="fk_conversations_id_head",
            initially="DEFERRED",
            deferrable=True,
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_owner_updated_at", "conversations", ["owner", "updated_at"], unique=False)

    op.create_table(
        "pictures",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_pictures_sha256")),
        sa.PrimaryKeyConstraint("owner", "sha256", name="pk_pictures"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("tool_calls", sa.JSON(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("storyboard_id", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role in ('user', 'assistant')", name=op.f("ck_messages_role")),
        sa.CheckConstraint("status in ('streaming', 'complete', 'stopped', 'failed')", name=op.f("ck_messages_status")),
        sa.CheckConstraint("parent_id < id", name=op.f("ck_messages_parent_is_older")),
        sa.ForeignKeyConstraint(
            ["conversation_id", "parent_id"],
            ["messages.conversation_id", "messages.id"],
            name="fk_messages_conversation_id_parent_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_messages_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["storyboard_id", "version"],
            ["versions.storyboard_id", "versions.number"],
            name="fk_messages_storyboard_id_version",
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("conversation_id", "id", name="uq_messages_conversation_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_conversation_id_parent_id", "messages", ["conversation_id", "parent_id"], unique=False)
    op.create_index("ix_messages_storyboard_id_version", "messages", ["storyboard_id", "version"], unique=False)

    op.create_table(
        "requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "sha256"], ["pictures.owner", "pictures.sha256"], name="fk_requests_owner_sha256"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
        sa.UniqueConstraint("owner", "digest", name="uq_requests_owner_digest"),
    )
    op.create_index("ix_requests_owner_sha256", "requests", ["owner", "sha256"], unique=False)

    op.create_table(
        "storyboards",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("tip", sa.Integer(), nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_storyboards_conversation_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["id", "head"],
            ["versions.storyboard_id", "versions.number"],
            name="fk_storyboards_id_head",
            initially="DEFERRED",
            deferrable=True,
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["id", "tip"],
            ["versions.storyboard_id", "versions.number"],
            name="fk_storyboards_id_tip",
            initially="DEFERRED",
            deferrable=True,
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_storyboards"),
    )
    op.create_index("ix_storyboards_conversation_id", "storyboards", ["conversation_id"], unique=False)
    op.create_index("ix_storyboards_owner_updated_at", "storyboards", ["owner", "updated_at"], unique=False)

    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("storyboard_id", sa.Text(), nullable=True),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.Double(), nullable=True),
        sa.Column("cancel", sa.Boolean(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("preview", sa.LargeBinary(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("started_at", sa.Double(), nullable=True),
        sa.Column("updated_at", sa.Double(), nullable=False),
        sa.CheckConstraint("(state = 'running') = (lease_until is not null)", name=op.f("ck_jobs_running_has_a_lease")),
        sa.CheckConstraint("(state = 'running') = (worker is not null)", name=op.f("ck_jobs_running_has_a_worker")),
        sa.CheckConstraint("state in ('queued', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_jobs_state")),
        sa.ForeignKeyConstraint(
            ["storyboard_id"], ["storyboards.id"], name="fk_jobs_storyboard_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_owner_request", "jobs", ["owner", "request"], unique=False)
    op.create_index("ix_jobs_owner_started_at", "jobs", ["owner", "started_at"], unique=False)
    op.create_index("ix_jobs_state_owner_attempt_id", "jobs", ["state", "owner", "attempt", "id"], unique=False)
    op.create_index("ix_jobs_storyboard_id", "jobs", ["storyboard_id"], unique=False)
    op.create_index(
        "uq_jobs_in_flight",
        "jobs",
        ["owner", "request"],
        unique=True,
        sqlite_where=sa.text("state in ('queued', 'running')"),
        postgresql_where=sa.text("state in ('queued', 'running')"),
    )

    op.create_table(
        "parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("storyboard_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["storyboard_id"], ["storyboards.id"], name="fk_parts_storyboard_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_parts"),
        sa.UniqueConstraint("storyboard_id", "digest", name="uq_parts_storyboard_id_digest"),
    )
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("storyboard_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_versions_number_counts_from_1")),
        sa.CheckConstraint("parent < number", name=op.f("ck_versions_parent_is_older")),
        sa.ForeignKeyConstraint(["frame_id"], ["parts.id"], name="fk_versions_frame_id"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_versions_message_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["storyboard_id", "parent"],
            ["versions.storyboard_id", "versions.number"],
            name="fk_versions_storyboard_id_parent",
        ),
        sa.ForeignKeyConstraint(
            ["storyboard_id"], ["storyboards.id"], name="fk_versions_storyboard_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sa.UniqueConstraint("storyboard_id", "number", name="uq_versions_storyboard_id_number"),
    )
    op.create_index("ix_versions_message_id", "versions", ["message_id"], unique=False)
    op.create_index("ix_versions_storyboard_id_parent", "versions", ["storyboard_id", "parent"], unique=False)

    op.create_table(
        "version_scenes",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("position >= 1", name=op.f("ck_version_scenes_position_counts_from_1")),
        sa.ForeignKeyConstraint(["part_id"], ["parts.id"], name="fk_version_scenes_part_id"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_version_scenes_request_id"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name="fk_version_scenes_version_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name="pk_version_scenes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_version_scenes_part_id", "version_scenes", ["part_id"], unique=False)
    op.create_index("ix_version_scenes_request_id", "version_scenes", ["request_id"], unique=False)
