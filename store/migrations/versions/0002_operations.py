"""Access groups, schedules, and what a run records of itself

Revision: 0002, after 0001

Columns are added in place on both databases. SQLite must not copy the run table for it: dropping the old one would
break the foreign keys of what it holds. A schedule's id on a run is no foreign key, for a run outlives its schedule.
"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

RUN = (
    ('access_group', sa.String(length=100)),
    ('schedule_id', sa.Integer()),
    ('exit_code', sa.Integer()),
    ('health', sa.String(length=10)),
    ('reason', sa.Text()),
    ('archive', sa.Text()),
    ('screenshot', sa.Text()),
)


def upgrade() -> None:
    op.create_table('access_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('pages_today', sa.Integer(), nullable=False),
    sa.Column('requests_today', sa.Integer(), nullable=False),
    sa.Column('reserved_at', store.columns.Utc(timezone=True), nullable=True),
    sa.Column('next_page_at', store.columns.Utc(timezone=True), nullable=True),
    sa.Column('cooled_until', store.columns.Utc(timezone=True), nullable=True),
    sa.Column('cooled_by', sa.String(length=40), nullable=True),
    sa.Column('signal', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_group')),
    sa.UniqueConstraint('name', name=op.f('uq_access_group_name'))
    )
    op.create_table('schedule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('brand', sa.String(length=400), nullable=False),
    sa.Column('marketplace', sa.String(length=40), nullable=False),
    sa.Column('cron', sa.String(length=100), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('paused', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('created_at', store.columns.Utc(timezone=True), nullable=False),
    sa.Column('next_at', store.columns.Utc(timezone=True), nullable=False),
    sa.Column('last_run_at', store.columns.Utc(timezone=True), nullable=True),
    sa.Column('last_run_id', sa.Integer(), nullable=True),
    sa.Column('last_exit', sa.Integer(), nullable=True),
    sa.Column('last_outcome', sa.String(length=40), nullable=True),
    sa.ForeignKeyConstraint(['last_run_id'], ['run.id'], name=op.f('fk_schedule_last_run_id_run')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule')),
    sa.UniqueConstraint('brand', 'marketplace', name=op.f('uq_schedule_brand_marketplace')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('run', schema=None, recreate='never') as batch_op:
        for name, kind in RUN:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        batch_op.create_index(batch_op.f('ix_run_schedule_id'), ['schedule_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('run', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_run_schedule_id'))
        for name, _ in reversed(RUN):
            batch_op.drop_column(name)
    op.drop_table('schedule')
    op.drop_table('access_group')
