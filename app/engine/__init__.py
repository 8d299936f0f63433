"""The engine: networks, backpropagation and what they are made of. NumPy and nothing above it."""

import os

# Networks here are tiny: a second BLAS thread only costs time, and one thread always sums in one order.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
