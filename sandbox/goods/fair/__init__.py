"""A large catalogue of marks that nobody has seen: `python -m sandbox.goods --listings 2000 --seed N --out DIR`.

Where the demo's goods are written by hand, here a seed invents all of it: clients, names in two scripts, devices, other
brands, shops on five marketplaces, and what they offer. Two seeds share no name, no device and no picture, so that what
was tuned on one can be measured on another. Nothing of it is kept in the repository.
"""
