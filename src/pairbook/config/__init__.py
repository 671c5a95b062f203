"""Settings, addresses, the command line and the sample programme: the only place that sees every room."""
