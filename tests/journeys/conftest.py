"""A journey is walked in the browser of tests/browser."""

from tests.browser.conftest import (  # noqa: F401 - fixtures
    browser_type_launch_args,
    clock,
    live,
    reaches_this_machine,
    server,
    visit,
)
