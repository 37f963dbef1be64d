"""Bundles of evidence

Revision: 0006, after 0003
"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('listing_pk', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=True),
    sa.Column('moment', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('manifest_sha256', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('stamps', sa.Integer(), nullable=False),
    sa.Column('retry_at', store.columns.Utc(timezone=True), nullable=True),
    sa.Column('captured_by', sa.String(length=100), nullable=False),
    sa.Column('captured_at', store.columns.Utc(timezone=True), nullable=False),
    sa.Column('purged_at', store.columns.Utc(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['listing_pk'], ['listing.id'], name=op.f('fk_evidence_listing_pk_listing')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_evidence_candidate_id_candidate')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence')),
    sa.UniqueConstraint('place', name=op.f('uq_evidence_place'))
    )
    op.create_index(op.f('ix_evidence_listing_pk'), 'evidence', ['listing_pk'])
    op.create_index(op.f('ix_evidence_candidate_id'), 'evidence', ['candidate_id'])
    op.create_index(op.f('ix_evidence_state_retry_at'), 'evidence', ['state', 'retry_at'])


def downgrade() -> None:
    op.drop_table('evidence')
