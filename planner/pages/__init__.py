"""Pages of text: about the week, accessibility, personal data, and the living page of the design."""
