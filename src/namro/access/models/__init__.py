"""Tables of the door."""

from namro.access.models.coming_in import Factor, Identity, RecoveryCode, TryCount, Visit
from namro.access.models.machines import ApiKey, ServiceAccount

__all__ = ["ApiKey", "Factor", "Identity", "RecoveryCode", "ServiceAccount", "TryCount", "Visit"]
