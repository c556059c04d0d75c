"""The invented world of the samples; its rules are told in make_models.py."""
