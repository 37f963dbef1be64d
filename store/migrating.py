"""Running the migrations, on a connection that is given."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from store.database import MIGRATIONS


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the schema up to a migration, the newest unless another is named, in the connection's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def newest() -> str | None:
    """The newest migration, as alembic sees it."""
    return ScriptDirectory.from_config(_config()).get_current_head()
