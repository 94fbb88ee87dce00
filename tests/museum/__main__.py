"""Add an exhibit for every form version that has none."""

import json

from tests.core.form_kit import danish
from tests.museum.collecting import exhibit, file_of

for form in danish().forms.values():
    if not file_of(form).exists():
        file_of(form).write_text(json.dumps(exhibit(form), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"added {file_of(form).name}")
