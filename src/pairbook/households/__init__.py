"""Who the persons are: names, phones and identity numbers behind the privacy wall, matched by keyed tokens.

What persons took part in belongs to `register`; no page for the public asks this room for anything but counts.
"""
