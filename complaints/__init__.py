"""From a confirmed candidate to a closed complaint: so far its reason, its text, and links for the paste box."""
