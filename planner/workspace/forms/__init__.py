"""The forms of the workspace, one module for each part of an event."""
