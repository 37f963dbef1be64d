"""What all tables share."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, MetaData
from sqlalchemy.orm import DeclarativeBase

from store.columns import Money, Utc


class Base(DeclarativeBase):
    """Constraint names are fixed, so that a migration can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 # SQLAlchemy reads it from the class
        datetime: Utc,
        Decimal: Money,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[int]: JSON,
    }
