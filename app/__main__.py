"""`python -m app` starts Blame Game: settings, store and port are checked first, each in a plain sentence.

Where it is installed, `blame-game` does. With DEV=1 it starts anew whenever a file of the program is saved.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import signal
import socket
import sys
import webbrowser
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess as ParentProcess
from pathlib import Path
from threading import Thread

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import ChangeReload, Multiprocess

from app.limits import CONNECTIONS, IDLE_SECONDS
from app.logs import log_config
from app.main import create_app
from app.options import data_folder, told
from app.settings import Settings, WrongSettings, read_settings
from app.store.connection import StoreUnavailable
from app.store.store import Store
from app.web.render import DEV, ROOT
from app.wire import Wire

INSTALLED = Path(__file__).resolve().parent == ROOT  # templates and static files lie inside the package
EVERYWHERE = {"0.0.0.0", "::"}
COLLECT = (50_000, 20, 100)  # garbage is looked for this rarely: hardly any of ours goes round in circles
RECEIVED = 64 * 1024  # bytes that the system keeps of what a connection has sent, else megabytes
FILES = CONNECTIONS + 500  # that may be open at once: some are of the database
REFUSALS = {
    errno.EADDRINUSE: "is taken by another program; choose another one with --port or PORT",
    errno.EACCES: "may not be used by you; choose one from 1024 on with --port or PORT",
    errno.EADDRNOTAVAIL: "cannot be opened: HOST is not an address of this machine",
}


def allow_connections() -> None:
    """Let each process have as many connections as it takes, where the system allows fewer until told."""
    with contextlib.suppress(ImportError, OSError):  # there are systems without
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class PortRefused(Exception):
    """Say in a sentence why nobody can listen there."""


def listen(host: str, port: int) -> socket.socket:
    """Open the port. Raise PortRefused."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=2048)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVED)
        return listener
    except (socket.gaierror, UnicodeError):
        raise PortRefused(f"HOST is {host}, and no machine has that name.") from None
    except OSError as error:
        reason = REFUSALS.get(error.errno or 0, f"cannot be opened: {error.strerror}")
        raise PortRefused(f"Port {port} on {host} {reason}.") from None


def address_of(settings: Settings) -> str:
    """Return where the page is on this machine.

    >>> address_of(Settings(host="::1", port=8001))
    'http://[::1]:8001'
    """
    here = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    return f"http://[{here}]:{settings.port}" if ":" in here else f"http://{here}:{settings.port}"


def welcome(settings: Settings) -> str:
    """Say where the page is.

    >>> welcome(Settings(port=8001))
    'Blame Game is at http://127.0.0.1:8001 (Ctrl+C stops it)'
    """
    address = address_of(settings)
    if settings.host in EVERYWHERE:
        address += f", and for others at this machine's address, port {settings.port}"
    return f"Blame Game is at {address} (Ctrl+C stops it)"


def follow(parent: ParentProcess) -> None:
    """End when the process that started this one has ended, however it did."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def application() -> object:
    """Return the application, for a process that does nothing but serve."""
    app = create_app()
    if (parent := parent_process()) is not None:
        Thread(target=follow, args=(parent,), daemon=True).start()
    gc.collect()
    gc.freeze()  # what lives as long as the program is not looked through again and again while people wait
    gc.set_threshold(*COLLECT)
    return app


def main() -> int:
    """Serve until told to stop. Return the exit code: 2 for a wrong setting, 3 for a failed start."""
    data = data_folder(os.environ) if INSTALLED else Path("data")
    variables, opens = told(sys.argv[1:], os.environ, data)
    os.environ.update(variables)  # for the processes that are started too
    try:
        settings = read_settings(os.environ)
        listener = listen(settings.host, settings.port)
        Store(settings.database_url).close()
    except (WrongSettings, PortRefused, StoreUnavailable) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    allow_connections()
    config = uvicorn.Config(
        f"{__package__}.__main__:application"
        if DEV or settings.workers > 1
        else application,  # by name for other processes
        factory=True,
        workers=1 if DEV else settings.workers,
        reload=DEV,
        reload_dirs=[str(Path(__file__).parent)] if DEV else None,
        loop="asyncio",
        http=Wire,
        ws="none",
        server_header=False,
        log_config=log_config(settings.log_format, settings.log_level),
        log_level=settings.log_level,
        access_log=settings.log_format == "text",
        forwarded_allow_ips=settings.forwarded_allow_ips,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_worker_healthcheck=20,
        timeout_graceful_shutdown=2,  # an open event stream would hold up the end for ever
    )
    print(welcome(settings), flush=True)
    if opens:  # the port is open by now; some browsers keep whoever opens them waiting
        Thread(target=webbrowser.open, args=[address_of(settings)], daemon=True).start()
    server = uvicorn.Server(config)
    with contextlib.suppress(KeyboardInterrupt), listener:
        if DEV:
            ChangeReload(config, target=server.run, sockets=[listener]).run()
        elif config.workers > 1:
            workers = Multiprocess(config, sockets=[listener])
            workers.run()
            return 3 if any(one.exitcode == STARTUP_FAILURE for one in workers.processes) else 0
        else:
            server.run(sockets=[listener])
            return 0 if server.started else 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
