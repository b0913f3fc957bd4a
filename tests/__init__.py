"""What every test shares: the databases, the factories, the inspection of pages."""
