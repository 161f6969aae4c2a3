const backend = `import os
import zipfile

INFO = "shop_rules-1.0.dist-info"
TEXTS = {
    "METADATA": "Metadata-Version: 2.1\\nName: shop-rules\\nVersion: 1.0\\n",
    "WHEEL": "Wheel-Version: 1.0\\nGenerator: own\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    "RECORD": "",
}


def _write(folder, files):
    name = "shop_rules-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as out:
        for path, data in files.items():
            out.writestr(path, data)
        for path, text in TEXTS.items():
            out.writestr(f"{INFO}/{path}", text)
    return name


def build_wheel(folder, config_settings=None, metadata_directory=None):
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "shop_rules", "__init__.py"), "rb") as file:
        return _write(folder, {"shop_rules/__init__.py": file.read()})


def build_editable(folder, config_settings=None, metadata_directory=None):
    here = os.path.dirname(os.path.abspath(__file__))
    return _write(folder, {"shop_rules.pth": here + "\\n"})
`

/** A Python project, `shop-rules`, with a build backend that needs nothing from an index. @param percent that its `discount` gives */
export function sharedProject(folder: string, percent: number): Record<string, string> {
  return {
    [`${folder}/pyproject.toml`]:
      '[build-system]\nrequires = []\nbuild-backend = "make_wheel"\nbackend-path = ["."]\n\n[project]\nname = "shop-rules"\nversion = "1.0"\n',
    [`${folder}/make_wheel.py`]: backend,
    [`${folder}/shop_rules/__init__.py`]: sharedCode(percent),
  }
}

export function sharedCode(percent: number): string {
  return `def discount(total):\n    return ${percent} if total > 100 else 0\n`
}
