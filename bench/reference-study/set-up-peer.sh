#!/bin/sh
# Sets up the Python side of the benchmark in a folder of your choice: sh bench/reference-study/set-up-peer.sh FOLDER
set -eu
folder=${1:?name a folder for the Python environment}
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
"$folder/bin/python" -c 'import sklearn, lightgbm, numpy, scipy; print("scikit-learn", sklearn.__version__, "LightGBM", lightgbm.__version__, "NumPy", numpy.__version__, "SciPy", scipy.__version__)'
