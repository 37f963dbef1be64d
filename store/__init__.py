"""The database: models, migrations, the questions asked of it. Knows nothing of the matchers."""
