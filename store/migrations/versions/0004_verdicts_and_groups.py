"""What a verdict says against itself, what people typed, and groups of candidates that show the same goods

Revision: 0004, after 0003

Columns are added in place, for SQLite must not copy a table that others point to.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

COLUMNS: dict[str, tuple[tuple[str, Any, str | None], ...]] = {
    'verdict': (
        ('band', sa.String(length=10), 'ignore'),
        ('against', sa.JSON(), '[]'),
        ('evidence', sa.JSON(), '{}'),
        ('model', sa.String(length=60), ''),
    ),
    'candidate': (
        ('typed', sa.JSON(), '{}'),
        ('template', sa.String(length=60), None),
        ('client_decision', sa.String(length=40), None),
        ('client_note', sa.Text(), None),
    ),
    'photo': (('pdq', sa.String(length=64), None),),
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table, schema=None, recreate='never') as batch_op:
            for name, kind, default in columns:
                batch_op.add_column(sa.Column(name, kind, server_default=default, nullable=default is None))
    op.execute(sa.text("UPDATE verdict SET band = 'flag' WHERE flagged"))
    op.create_table('group_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=66), nullable=False),
    sa.Column('candidate_pk', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_group_key_client_id_client')),
    sa.ForeignKeyConstraint(['candidate_pk'], ['candidate.id'], name=op.f('fk_group_key_candidate_pk_candidate'),
        ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_key'))
    )
    op.create_index(op.f('ix_group_key_client_id_key_candidate_pk'), 'group_key', ['client_id', 'key', 'candidate_pk'])
    op.create_index(op.f('ix_group_key_candidate_pk'), 'group_key', ['candidate_pk'])


def downgrade() -> None:
    op.drop_table('group_key')
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table, schema=None, recreate='never') as batch_op:
            for name, *_ in columns:
                batch_op.drop_column(name)
