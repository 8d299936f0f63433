"""Real sockets on loopback."""
