"""The sample programme: what was published about Jinghai and Zhenyuan, and invented records that add up to it.

The records are sheets in `data/` that a clerk can read; `load` enters them through the same actions as everybody's.
"""
