"""What there is to learn: tables, clouds and curves, and what somebody brought along."""
