"""Who says what about whom, and where it says so: the Hangzhou Six Little Dragons in five Chinese press texts.

```python
import hz_dragons as hz

data = hz.load()                              # the bundled package, offline
data.find("宇樹")                              # by any name, either script
fact = data.fact("deepseek", "founded_on")    # never a bare scalar
print(fact.value, fact.status, [source.source_id for source in fact.sources])
```

What stands in `__all__` is public. Names are imported on first use, so that the command line starts without pydantic.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hz_dragons import errors
    from hz_dragons.citing import cite
    from hz_dragons.dataset import Dataset
    from hz_dragons.dates import PartialDate
    from hz_dragons.errors import DragonsError
    from hz_dragons.facts import Fact
    from hz_dragons.folding import fingerprint, fold
    from hz_dragons.loader import load
    from hz_dragons.models import Claim, Company, Entity, Evidence, Moment, Quantity, Source, Words
    from hz_dragons.report import Finding, Report
    from hz_dragons.schema import get_schema
    from hz_dragons.table import Table
    from hz_dragons.validation import validate
    from hz_dragons.verification import Ledger, verify

__version__ = "0.1.0"

_HOME = {
    "Claim": "models",
    "Company": "models",
    "Dataset": "dataset",
    "DragonsError": "errors",
    "Entity": "models",
    "Evidence": "models",
    "Fact": "facts",
    "Finding": "report",
    "Ledger": "verification",
    "Moment": "models",
    "PartialDate": "dates",
    "Quantity": "models",
    "Report": "report",
    "Source": "models",
    "Table": "table",
    "Words": "models",
    "cite": "citing",
    "errors": "",
    "fingerprint": "folding",
    "fold": "folding",
    "get_schema": "schema",
    "load": "loader",
    "validate": "validation",
    "verify": "verification",
}

__all__ = [
    "Claim",
    "Company",
    "Dataset",
    "DragonsError",
    "Entity",
    "Evidence",
    "Fact",
    "Finding",
    "Ledger",
    "Moment",
    "PartialDate",
    "Quantity",
    "Report",
    "Source",
    "Table",
    "Words",
    "__version__",
    "cite",
    "errors",
    "fingerprint",
    "fold",
    "get_schema",
    "load",
    "validate",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'hz_dragons' has no attribute {name!r}")
    module = import_module(f"hz_dragons.{_HOME[name] or name}")
    value = getattr(module, name) if _HOME[name] else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
