"""The demo's goods: three invented clients, their marks, and what sellers make of them; all drawn and written here.

`python -m sandbox.goods` writes `sandbox/demo/` anew: the same listings every time, and the same pictures wherever the
Noto CJK fonts are the same. No name, mark, shop or picture in it belongs to anybody.
"""
