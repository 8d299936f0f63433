"""Where labs sleep: one store on SQLAlchemy Core, in a SQLite file or in PostgreSQL."""
