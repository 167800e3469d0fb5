"""A procedure that takes no dossiers: nobody is left before a bare «not there»."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _

from namro.pages.links import address
from namro.procedures.queries import procedure, successors_of


def way_on(request: HttpRequest, code: str) -> HttpResponseRedirect:
    """Lead to the page of a procedure without a text in force, which shows what took its place; 404 for a code that
    never was."""
    if procedure(code) is None and not successors_of(code):
        raise Http404(code)
    words = _("Thủ tục %(code)s không có văn bản đang hiệu lực nên không nhận hồ sơ mới.")
    messages.warning(request, words % {"code": code})
    return HttpResponseRedirect(address("procedure", code))
