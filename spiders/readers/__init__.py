"""How answers are read: a module a layout, a list of layouts a marketplace, newest first."""
