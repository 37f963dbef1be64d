"""Alembic's entry: run on the connection that `store.database` hands over, in its transaction."""

from alembic import context

from store.models import Base

connection = context.config.attributes.get("connection")
if connection is None:
    from store.database import _engine  # `make migration` asks from the command line

    connection = _engine(context.config.get_main_option("sqlalchemy.url") or "sqlite://").connect()

context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite alters a table by copying it
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
