"""A client's own weights, on their way from the store to the verdict."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.progress import tell
from matchers.weights import Weights, WeightsError, of_dict, shipped
from store.calibrations import in_use
from store.models import Client


def weights_of(session: Session, client: str) -> Weights:
    """The weights that judge for a client: its own that were accepted, else those that come with the product.

    Weights that this version cannot read are told, and left out.
    """
    client_id = session.scalar(select(Client.id).where(Client.name == client))
    own = None if client_id is None else in_use(session, client_id)
    if own is None:
        return shipped()
    try:
        return of_dict(own.weights)
    except WeightsError as error:
        tell(f"warning: the weights {own.version} of {client} are left out: {error}")
        return shipped()
