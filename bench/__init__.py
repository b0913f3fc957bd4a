"""Measurements that anyone can rerun: ``make bench``. README.md beside this file says what and how."""
