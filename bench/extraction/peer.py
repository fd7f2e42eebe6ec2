"""PyRadiomics, driven by compare.ts over stdin: one JSON request a line, one JSON answer a line.

Request: image, mask, parameters (files), threads. The images are read once; only the extraction is timed.
With --once IMAGE MASK PARAMETERS it extracts one case and prints its highest resident memory, kB.
"""
import json
import logging
import resource
import sys
import time

import numpy
import radiomics
import SimpleITK as sitk
from radiomics import featureextractor

logging.getLogger("radiomics").setLevel(logging.ERROR)
read = {}


def extract(request):
    for name in (request["image"], request["mask"]):
        if name not in read:
            read[name] = sitk.ReadImage(name)
    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(request["threads"])
    extractor = featureextractor.RadiomicsFeatureExtractor(request["parameters"])
    wall, cpu = time.perf_counter(), time.process_time()
    found = extractor.execute(read[request["image"]], read[request["mask"]])
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    values = {name: float(value) for name, value in found.items() if not name.startswith("diagnostics")}
    return {
        "wall": wall,
        "cpu": cpu,
        "values": values,
        "versions": [radiomics.__version__, sitk.Version_VersionString(), numpy.__version__],
    }


if sys.argv[1:2] == ["--once"]:
    extract({"image": sys.argv[2], "mask": sys.argv[3], "parameters": sys.argv[4], "threads": 1})
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
else:
    for line in sys.stdin:
        print(json.dumps(extract(json.loads(line))), flush=True)
