"""One function per letter that the events feature sends: ``hosting`` for partners, ``workflow`` for decisions."""
