"""A local stand-in for the marketplaces: for the demo, for tests, for measuring. Never imported by the product."""


class SandboxError(Exception):
    """The sandbox cannot start; the message is one line for the user."""
