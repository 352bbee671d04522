"""Scheduled publishing: pages go live and expire on the worker's timer."""

from django.core.management import call_command

from kernel.jobs import periodic


@periodic(seconds=60)
def publish_scheduled() -> None:
    """Publish what is due and take down what has expired."""
    call_command("publish_scheduled", verbosity=0)
