"""The organiser's side: from a title to a published programme item, and everything that can happen to it after."""
