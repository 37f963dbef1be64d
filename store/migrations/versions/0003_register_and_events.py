"""The register as a lawyer keeps it, users, and the events of each client

Revision: 0003, after 0002

Columns are added in place, for SQLite must not copy a table that others point to. `authorised_seller` is one that
nothing points to, and is copied: a seller may now be allowed for all that a client has, and until a day.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import store.columns
from store.names import client_code

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

RIGHT: tuple[tuple[str, Any], ...] = (
    ('registrant_seen_on', sa.Date()),
    ('subclasses', sa.JSON()),
    ('route', sa.String(length=10)),
    ('designated', sa.JSON()),
    ('description', sa.Text()),
    ('patent_kind', sa.String(length=10)),
    ('claims', sa.Text()),
    ('fees_paid_until', sa.Date()),
    ('work_name', sa.String(length=300)),
    ('work_type', sa.String(length=40)),
    ('author', sa.String(length=300)),
    ('completed_on', sa.Date()),
    ('published_on', sa.Date()),
    ('official_page', sa.Text()),
)
CANDIDATE: tuple[tuple[str, Any], ...] = (
    ('assignee', sa.String(length=100)),
    ('lock_until', store.columns.Utc(timezone=True)),
    ('reason_code', sa.String(length=40)),
    ('note', sa.Text()),
    ('decided_by', sa.String(length=100)),
    ('decided_at', store.columns.Utc(timezone=True)),
    ('recheck_on', sa.Date()),
    ('group_id', sa.Integer()),
)
NEW = (
    'event',
    'event_chain',
    'platform_account',
    'power_of_attorney',
    'user',
    'authorised_item',
    'negative_title',
    'poa_right',
    'reference_price',
    'right_document',
    'right_registration',
)


def upgrade() -> None:
    _new_tables()
    _more_columns()
    _codes()
    _sellers()


def downgrade() -> None:
    op.execute('DELETE FROM authorised_seller WHERE right_pk IS NULL')
    with op.batch_alter_table('authorised_seller', schema=None) as batch_op:
        batch_op.drop_constraint('fk_authorised_seller_client_id_client', type_='foreignkey')
        batch_op.drop_index('ix_authorised_seller_client_id')
        batch_op.drop_index('ix_authorised_seller_right_pk')
        for name in ('client_id', 'valid_from', 'valid_to', 'note'):
            batch_op.drop_column(name)
        batch_op.alter_column('right_pk', existing_type=sa.Integer(), nullable=False)
        batch_op.create_unique_constraint(
            'uq_authorised_seller_right_pk_marketplace_seller_id', ['right_pk', 'marketplace', 'seller_id']
        )
    op.drop_index('ix_mark_name_mark_id', 'mark_name')
    op.drop_index('ix_right_number', 'right')
    op.drop_index('ix_candidate_group_id', 'candidate')
    for table, names in (
        ('right', ('state', *(name for name, _ in RIGHT))),
        ('candidate', ('found', *(name for name, _ in CANDIDATE))),
        ('client', ('code',)),
    ):
        with op.batch_alter_table(table, schema=None, recreate='never') as batch_op:
            for name in names:
                batch_op.drop_column(name)
    for table in reversed(NEW):
        op.drop_table(table)


def _more_columns() -> None:
    with op.batch_alter_table('right', schema=None, recreate='never') as batch_op:
        batch_op.add_column(sa.Column('state', sa.String(length=20), server_default='draft', nullable=False))
        for name, kind in RIGHT:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
    with op.batch_alter_table('candidate', schema=None, recreate='never') as batch_op:
        batch_op.add_column(sa.Column('found', sa.String(length=10), server_default='crawl', nullable=False))
        for name, kind in CANDIDATE:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
    with op.batch_alter_table('client', schema=None, recreate='never') as batch_op:
        batch_op.add_column(sa.Column('code', sa.String(length=60), nullable=True))
    op.create_index('ix_right_number', 'right', ['number'])
    op.create_index('ix_candidate_group_id', 'candidate', ['group_id'])
    op.create_index('ix_mark_name_mark_id', 'mark_name', ['mark_id'])


def _codes() -> None:
    """Give each client its code."""
    client = sa.table('client', sa.column('id'), sa.column('name'), sa.column('code'))
    connection = op.get_bind()
    for key, name in connection.execute(sa.select(client.c.id, client.c.name)).all():
        connection.execute(sa.update(client).where(client.c.id == key).values(code=client_code(name)))


def _sellers() -> None:
    """A seller belongs to a client; the right whose row named it is kept."""
    with op.batch_alter_table('authorised_seller', schema=None) as batch_op:
        batch_op.add_column(sa.Column('client_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('valid_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('valid_to', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('note', sa.Text(), nullable=True))
    op.execute(
        'UPDATE authorised_seller SET client_id = '
        '(SELECT client_id FROM "right" WHERE "right".id = authorised_seller.right_pk)'
    )
    with op.batch_alter_table('authorised_seller', schema=None) as batch_op:
        batch_op.alter_column('client_id', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('right_pk', existing_type=sa.Integer(), nullable=True)
        batch_op.drop_constraint('uq_authorised_seller_right_pk_marketplace_seller_id', type_='unique')
        batch_op.create_index('ix_authorised_seller_client_id', ['client_id'])
        batch_op.create_index('ix_authorised_seller_right_pk', ['right_pk'])
        batch_op.create_foreign_key('fk_authorised_seller_client_id_client', 'client', ['client_id'], ['id'])


def _new_tables() -> None:
    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('entity', sa.String(length=20), nullable=False),
    sa.Column('entity_id', sa.Integer(), nullable=False),
    sa.Column('from_state', sa.String(length=20), nullable=True),
    sa.Column('to_state', sa.String(length=20), nullable=False),
    sa.Column('actor', sa.String(length=100), nullable=False),
    sa.Column('actor_role', sa.String(length=20), nullable=False),
    sa.Column('at_utc', store.columns.Utc(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('payload_hash', sa.String(length=64), nullable=False),
    sa.Column('prev_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_event_client_id_client')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('client_id', 'seq', name=op.f('uq_event_client_id_seq'))
    )
    op.create_index(op.f('ix_event_entity_entity_id'), 'event', ['entity', 'entity_id'])
    op.create_table('event_chain',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('head', sa.String(length=64), nullable=False),
    sa.Column('at_utc', store.columns.Utc(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_event_chain_client_id_client')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_chain')),
    sa.UniqueConstraint('client_id', name=op.f('uq_event_chain_client_id'))
    )
    op.create_table('platform_account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('portal', sa.String(length=20), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('holder', sa.String(length=300), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=True),
    sa.Column('verified_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_platform_account_client_id_client')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_platform_account')),
    sa.UniqueConstraint('name', name=op.f('uq_platform_account_name'))
    )
    op.create_table('power_of_attorney',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('poa_id', sa.String(length=200), nullable=False),
    sa.Column('grantor', sa.String(length=300), nullable=False),
    sa.Column('grantee', sa.String(length=300), nullable=False),
    sa.Column('all_rights', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('platforms', sa.JSON(), nullable=False),
    sa.Column('actions', sa.JSON(), nullable=False),
    sa.Column('territory', sa.JSON(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('sub_delegation', sa.Boolean(), nullable=True),
    sa.Column('signatory', sa.String(length=300), nullable=True),
    sa.Column('signatory_title', sa.String(length=300), nullable=True),
    sa.Column('seal', sa.Boolean(), nullable=True),
    sa.Column('language', sa.String(length=40), nullable=True),
    sa.Column('scan_name', sa.String(length=300), nullable=True),
    sa.Column('scan', sa.String(length=64), nullable=True),
    sa.Column('translation_name', sa.String(length=300), nullable=True),
    sa.Column('translation', sa.String(length=64), nullable=True),
    sa.Column('revoked_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=20), server_default='draft', nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_power_of_attorney_client_id_client')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_power_of_attorney')),
    sa.UniqueConstraint('client_id', 'poa_id', name=op.f('uq_power_of_attorney_client_id_poa_id'))
    )
    op.create_table('user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=True),
    sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('created_at', store.columns.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_user_client_id_client')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('name', name=op.f('uq_user_name'))
    )
    op.create_table('authorised_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('right_pk', sa.Integer(), nullable=True),
    sa.Column('marketplace', sa.String(length=20), nullable=False),
    sa.Column('item_id', sa.String(length=60), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_authorised_item_client_id_client')),
    sa.ForeignKeyConstraint(['right_pk'], ['right.id'], name=op.f('fk_authorised_item_right_pk_right')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_authorised_item'))
    )
    op.create_index(op.f('ix_authorised_item_client_id'), 'authorised_item', ['client_id'])
    op.create_index(op.f('ix_authorised_item_right_pk'), 'authorised_item', ['right_pk'])
    op.create_table('negative_title',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('right_pk', sa.Integer(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('added_by', sa.String(length=100), nullable=False),
    sa.Column('added_at', store.columns.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_negative_title_client_id_client')),
    sa.ForeignKeyConstraint(['right_pk'], ['right.id'], name=op.f('fk_negative_title_right_pk_right')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_negative_title'))
    )
    op.create_index(op.f('ix_negative_title_client_id_digest'), 'negative_title', ['client_id', 'digest'])
    op.create_index(op.f('ix_negative_title_right_pk'), 'negative_title', ['right_pk'])
    op.create_table('poa_right',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('poa_pk', sa.Integer(), nullable=False),
    sa.Column('right_pk', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['poa_pk'], ['power_of_attorney.id'], name=op.f('fk_poa_right_poa_pk_power_of_attorney')),
    sa.ForeignKeyConstraint(['right_pk'], ['right.id'], name=op.f('fk_poa_right_right_pk_right')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_poa_right')),
    sa.UniqueConstraint('right_pk', 'poa_pk', name=op.f('uq_poa_right_right_pk_poa_pk'))
    )
    op.create_index(op.f('ix_poa_right_poa_pk'), 'poa_right', ['poa_pk'])
    op.create_table('reference_price',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('right_pk', sa.Integer(), nullable=False),
    sa.Column('model', sa.String(length=200), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('amount', store.columns.Money(length=40), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.ForeignKeyConstraint(['right_pk'], ['right.id'], name=op.f('fk_reference_price_right_pk_right')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference_price')),
    sa.UniqueConstraint('right_pk', 'model', 'unit', 'currency', name=op.f('uq_reference_price_right_pk_model_unit_currency'))
    )
    op.create_table('right_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('right_pk', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('bytes', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['right_pk'], ['right.id'], name=op.f('fk_right_document_right_pk_right')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_right_document')),
    sa.UniqueConstraint('right_pk', 'role', 'sha256', name=op.f('uq_right_document_right_pk_role_sha256'))
    )
    op.create_table('right_registration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('right_pk', sa.Integer(), nullable=False),
    sa.Column('account_pk', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('verified_on', sa.Date(), nullable=True),
    sa.Column('rejection_reason', sa.Text(), nullable=True),
    sa.Column('changed_at', store.columns.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_pk'], ['platform_account.id'], name=op.f('fk_right_registration_account_pk_platform_account')),
    sa.ForeignKeyConstraint(['right_pk'], ['right.id'], name=op.f('fk_right_registration_right_pk_right')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_right_registration')),
    sa.UniqueConstraint('right_pk', 'account_pk', name=op.f('uq_right_registration_right_pk_account_pk'))
    )
