"""Weights learnt of decisions, rescorings, and what sellers have in common

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calibration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.String(length=60), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('weights', sa.JSON(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('made_at', store.columns.Utc(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(length=100), nullable=False),
    sa.Column('decided_at', store.columns.Utc(timezone=True), nullable=True),
    sa.Column('decided_by', sa.String(length=100), nullable=True),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_calibration_client_id_client')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calibration')),
    sa.UniqueConstraint('client_id', 'version', name=op.f('uq_calibration_client_id_version'))
    )
    op.create_table('rescoring',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('pictures', sa.String(length=64), nullable=False),
    sa.Column('looked', sa.Boolean(), nullable=False),
    sa.Column('since', store.columns.Utc(timezone=True), nullable=True),
    sa.Column('last_listing', sa.Integer(), nullable=False),
    sa.Column('until_listing', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('fresh', sa.Integer(), nullable=False),
    sa.Column('noted', sa.Integer(), nullable=False),
    sa.Column('started_at', store.columns.Utc(timezone=True), nullable=False),
    sa.Column('updated_at', store.columns.Utc(timezone=True), nullable=False),
    sa.Column('finished_at', store.columns.Utc(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_rescoring_client_id_client')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rescoring'))
    )
    op.create_index(op.f('ix_rescoring_client_id'), 'rescoring', ['client_id'])
    op.create_table('seller_trait',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seller_pk', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['seller_pk'], ['seller.id'], name=op.f('fk_seller_trait_seller_pk_seller')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seller_trait')),
    sa.UniqueConstraint('seller_pk', 'kind', 'value', name=op.f('uq_seller_trait_seller_pk_kind_value'))
    )
    op.create_index(op.f('ix_seller_trait_kind_value'), 'seller_trait', ['kind', 'value'])
    with op.batch_alter_table('seller', schema=None, recreate='never') as batch_op:
        batch_op.add_column(sa.Column('traits_at', store.columns.Utc(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('seller', schema=None, recreate='never') as batch_op:
        batch_op.drop_column('traits_at')
    for table in ('seller_trait', 'rescoring', 'calibration'):
        op.drop_table(table)
