"""The way to the start page of the demo county, where there is one."""

from django import template

from supervision.demo import county

register = template.Library()


@register.simple_tag
def is_demo() -> bool:
    """Whether this portal holds the demo county."""
    return county.is_there()
