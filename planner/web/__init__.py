"""What every page shares: access, language, headers, forms, errors, caching. No product words."""
