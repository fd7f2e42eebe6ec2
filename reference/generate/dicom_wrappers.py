"""Affines of Siemens mosaics by nibabel 5.0 and frame positions of a Philips enhanced file by pydicom 2.3, for
reference/dicom/wrappers.json.

nibabel counts rows before columns and works in LPS here; its affine of the enhanced file runs against the positions
of the frames, so those are taken. Needs Debian's python3-nibabel and python3-pydicom:

    /usr/bin/python3 reference/generate/dicom_wrappers.py ../shared/data reference/dicom/wrappers.json
"""
import gzip, json, os, sys, tempfile
import nibabel
import pydicom
from nibabel.nicom import dicomwrappers

shared, out = sys.argv[1:3]
def unpacked(name):
    path = os.path.join(tempfile.mkdtemp(), "file.dcm")
    with gzip.open(os.path.join(shared, "dicom-samples/siemens-dwi", name + ".dcm.gz")) as packed, open(path, "wb") as file:
        file.write(packed.read())
    return path


mosaics = {}
for name in ["siemens_dwi_0", "siemens_dwi_1000"]:
    wrapper = dicomwrappers.wrapper_from_file(unpacked(name))
    mosaics[name] = {"shape": [int(n) for n in wrapper.image_shape], "affine": wrapper.affine.tolist()}
frames = pydicom.dcmread(unpacked("philips_mprage")).PerFrameFunctionalGroupsSequence
positions = [[float(mm) for mm in frame.PlanePositionSequence[0].ImagePositionPatient] for frame in frames]
found = {"mosaics": mosaics, "enhanced": {"philips_mprage": {"frames": len(frames), "first": positions[0], "last": positions[-1]}}}
with open(out, "w") as file:
    json.dump({"by": f"nibabel {nibabel.__version__}, pydicom {pydicom.__version__}", **found}, file, indent=1)
    file.write("\n")
