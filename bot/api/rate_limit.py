"""How often one address may ask."""

import math
import time
from ipaddress import IPv6Address, ip_address

from fastapi import HTTPException, Request
from limits import RateLimitItemPerMinute
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from bot.errors import BotError


class RateLimit:
    """At most so many questions in any 60 seconds from one client."""

    def __init__(self, per_minute: int, storage: str) -> None:
        """Count in `storage`, a URL as the `limits` library takes it.

        Raises:
            BotError: there is no such storage, or its client library isn't installed.
        """
        self._item = RateLimitItemPerMinute(per_minute)
        try:
            self._limiter = MovingWindowRateLimiter(storage_from_string(storage))
        except (ConfigurationError, NotImplementedError) as error:
            raise BotError(f"setting 'rate_limit_storage': {error}") from None

    def count(self, host: str) -> None:
        """Count one question of the client at `host`.

        Raises:
            HTTPException: 429, with the seconds to wait in `Retry-After`.
        """
        client = _client(host)
        if self._limiter.hit(self._item, client):
            return
        reset = self._limiter.get_window_stats(self._item, client).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        raise HTTPException(
            429,
            f"That were many questions in a short time. Try again in {wait} s.",
            {"Retry-After": str(wait)},
        )


def check_rate(request: Request) -> None:
    """Count a request to the site it came to; a dependency of what may be asked."""
    limit: RateLimit | None = request.app.state.site.rate_limit
    if limit is not None:
        # Nothing that a client writes into its request may choose the key. Behind a proxy
        # the server puts the true address here if it trusts the proxy.
        limit.count(request.client.host if request.client else "local")


def _client(host: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 network that a subscriber with
    IPv6 chooses addresses from."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else f"{int(address) >> 64:x}::/64"
    return str(address)
