"""Linear programs for arming Ukraine from European industry: what falls short, why, when, and what the next euro buys.

>>> import sinews
>>> m = sinews.read("models/shells.toml")
>>> plan = m.solve()
>>> plan.coverage.name
'requirements'

Every table is taken as it is by pandas, polars and pyarrow. Each analysis is a function of a model: ``sinews.frontier(m)``.
"""

from . import _sinews
from ._sinews import *  # noqa: F403  (all that the extension has, so that nothing is listed twice)

__version__ = _sinews.__version__
__all__ = sorted(name for name in dir(_sinews) if not name.startswith("_"))
