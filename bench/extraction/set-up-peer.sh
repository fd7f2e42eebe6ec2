#!/bin/sh
# PyRadiomics in a Python environment of its own: set-up-peer.sh FOLDER. Its build needs numpy, cython and versioneer.
set -eu
python3 -m venv "$1"
"$1/bin/pip" install --quiet 'numpy==1.26.4' 'SimpleITK==2.5.7' 'cython==3.3.1' 'versioneer==0.29' 'setuptools==80.10.2' wheel
"$1/bin/pip" install --quiet --no-build-isolation 'pyradiomics==3.0.1'
