"""What money and goods are assigned to: the projects of a pairing, by code and name.

Proposal, approval, notices and assets of a project belong here too, once the project library is built.
"""
