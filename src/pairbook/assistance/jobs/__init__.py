"""Labour cooperation: job fairs, vacancies, intentions, and people placed and still there after 3, 6 and 12 months.

Matching seekers to vacancies is no part of a kind: it will stand in `analysis/matching`.
"""
