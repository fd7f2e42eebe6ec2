"""Voxels of each segment of DICOM SEG files by pydicom 2.3, for reference/dicom/segments.json.

    /usr/bin/python3 reference/generate/dicom_segments.py ../shared/data reference/dicom/segments.json
"""
import glob, io, json, os, sys, tarfile
import numpy as np
import pydicom

shared, out = sys.argv[1:3]
files = {os.path.basename(path): path for path in sorted(glob.glob(os.path.join(shared, "dicom-samples/seg/seg_*.dcm")))}
with tarfile.open(os.path.join(shared, "mri-breast-dce-ucsf/UCSF-BR-06.tar.gz")) as tar:
    files["ucsf"] = io.BytesIO(tar.extractfile("UCSF-BR-06/mask/1-1.dcm").read())
expected = {}
for name, path in files.items():
    data = pydicom.dcmread(path)
    pixels = data.pixel_array.reshape(-1, data.Rows, data.Columns)
    most = getattr(data, "MaximumFractionalValue", 1)
    shared_groups = data.SharedFunctionalGroupsSequence[0]
    segments = {}
    for frame, groups in enumerate(data.PerFrameFunctionalGroupsSequence):
        holder = groups if "SegmentIdentificationSequence" in groups else shared_groups
        number = int(holder.SegmentIdentificationSequence[0].ReferencedSegmentNumber)
        share = pixels[frame] / most
        found = segments.setdefault(str(number), {"voxels": 0, "sum": 0.0})
        found["voxels"] += int((share >= 0.5).sum())
        found["sum"] += float(share.sum())
    expected[name] = {"kind": data.SegmentationType, "segments": segments}
with open(out, "w") as file:
    json.dump({"by": f"pydicom {pydicom.__version__}", "files": expected}, file, indent=1)
    file.write("\n")
