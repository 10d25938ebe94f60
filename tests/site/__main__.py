"""`python -m tests.site`: run the loopback site until interrupted; addresses on stdout, one `role address` a line."""

from __future__ import annotations

import sys
import time

from tests.site.server import ROLES, Site


def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    with Site(port=port) as site:
        for role in ROLES:
            sys.stdout.write(f"{role} {site.url(role)}\n")
        sys.stdout.flush()
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            sys.stderr.write("stopped\n")


if __name__ == "__main__":
    main()
