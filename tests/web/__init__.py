"""What the web promises: true screens, forms that help, a door that is guarded."""
