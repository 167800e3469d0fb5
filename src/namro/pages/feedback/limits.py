"""How often one may say something: by address and hour, so that nobody floods the indices of a unit from one machine.

An officer who takes down what people say at the counter is signed in, and not counted; a whole neighbourhood may sit
behind one address, hence the room.
"""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from namro.access.actions.throttling import count_one
from namro.dossiers.models import Feedback
from namro.organisation.terms import Refused
from namro.pages.callers import address_of

HOUR = 60 * 60
MOST_AN_HOUR = 10


def check_not_too_often(request: HttpRequest, client_id: UUID) -> None:
    """Count what is sent from an address; refuse in a sentence beyond what an hour allows. What was received before
    (the same number sent again) is not counted."""
    if request.user.is_authenticated or Feedback.objects.filter(client_id=client_id).exists():
        return
    if count_one("feedback from", address_of(request), HOUR) > MOST_AN_HOUR:
        raise Refused(
            _(
                "Từ địa chỉ mạng này đã gửi quá nhiều ý kiến trong một giờ; những gì bạn ghi vẫn còn đây, "
                "hãy gửi lại sau một giờ hoặc nói tại bộ phận một cửa."
            )
        )
