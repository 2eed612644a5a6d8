from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """46 MiB: ten people signing in at nine o'clock must not stall two cores."""

    time_cost = 2
    memory_cost = 46 * 1024
    parallelism = 1
