"""What deploy/ ships, run for real: nginx in front of the application and its database."""
