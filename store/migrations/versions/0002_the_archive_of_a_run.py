"""The archive of a run

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('run', sa.Column('archive', sa.String(length=100), nullable=True))


def downgrade() -> None:
    op.drop_column('run', 'archive')
