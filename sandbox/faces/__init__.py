"""What each marketplace looks like from outside."""
