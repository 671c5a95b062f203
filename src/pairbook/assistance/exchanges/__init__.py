"""Experience shared, remote clinics and joint activities, both ways: events, apart from those who took part."""
