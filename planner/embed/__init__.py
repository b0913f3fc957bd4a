"""The programme on other people's pages: a kommun's site shows its part and never retypes it (docs/embed.md)."""
