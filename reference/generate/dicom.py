"""Volumes of DICOM series by SimpleITK (GDCM), for reference/dicom/expected.json.

Series are sorted here by position and divided by content time, b-value and gradient direction, so that only clean
stacks reach the reader, which is known to be wrong on others. Needs SimpleITK 2.5.7 and the third-party data:

    python reference/generate/dicom.py ../shared/data reference/dicom/expected.json
"""
import gzip, hashlib, io, json, os, sys, tarfile, tempfile
import numpy as np
import SimpleITK as sitk

shared, out = sys.argv[1:3]
work = tempfile.mkdtemp()


def unpack(archive):
    folder = tempfile.mkdtemp(dir=work)
    with tarfile.open(os.path.join(shared, archive)) as tar:
        tar.extractall(folder, filter="data")
    found = []
    for base, _, names in os.walk(folder):
        for name in sorted(names):
            path = os.path.join(base, name)
            if name.endswith(".gz"):
                plain = path[:-3] + ".dcm"
                with gzip.open(path) as packed, open(plain, "wb") as file:
                    file.write(packed.read())
                path = plain
            found.append(path)
    return found


def tags(path):
    reader = sitk.ImageFileReader()
    reader.SetFileName(path)
    reader.ReadImageInformation()
    return {key: reader.GetMetaData(key).strip() for key in reader.GetMetaDataKeys()}


def offset(meta):
    position = np.array([float(x) for x in meta["0020|0032"].split("\\")])
    axes = np.array([float(x) for x in meta["0020|0037"].split("\\")])
    return float(np.dot(position, np.cross(axes[:3], axes[3:])))


def describe(image):
    values = sitk.GetArrayFromImage(image).astype(np.float32)
    return {
        "size": list(image.GetSize()),
        "spacing": list(image.GetSpacing()),
        "origin": list(image.GetOrigin()),
        "direction": list(image.GetDirection()),
        "sum": float(values.astype(np.float64).sum()),
        "sha256": hashlib.sha256(values.astype("<f4").tobytes()).hexdigest(),
    }


def stack(paths):
    paths = [path for _, path in sorted((offset(tags(path)), path) for path in paths)]
    return describe(sitk.ReadImage(paths))


def divided(paths, key):
    groups = {}
    for path in paths:
        meta = tags(path)
        groups.setdefault(key(meta), []).append(path)
    return [(value, stack(group)) for value, group in sorted(groups.items())]


expected = {}
ucsf = unpack("mri-breast-dce-ucsf/UCSF-BR-06.tar.gz")
part = lambda name: [path for path in ucsf if f"/{name}/" in path]
for at, (_, volume) in enumerate(divided(part("image_dce_3dfgre_orig"), lambda meta: meta["0008|0033"])):
    expected[f"ucsf phase {at + 1}"] = volume
expected["ucsf pe1"] = stack(part("image_dce_pe1"))
expected["ucsf ser"] = stack(part("image_dce_ser"))
expected["cmb-crc adc"] = stack(unpack("mri-adc-cmb-crc/SCAN_001_adc.tar.gz"))
expected["sts-002 t1"] = stack([p for p in unpack("mri-sts002-t1-rtstruct/dicom.tar.gz") if "/image/" in p])
dwi = [p for p in unpack("mri-dwi-philips/classic_b0_b1000x3.tar") if p.endswith(".dcm") and "/IM_" in p]
groups = {}
for path in dwi:
    with open(path, "rb") as file:
        data = file.read()
    at = data.index(b"\x18\x00\x89\x90FD") + 8 if b"\x18\x00\x89\x90FD" in data else None
    at_b = data.index(b"\x18\x00\x87\x90FD") + 8
    b = float(np.frombuffer(data[at_b:at_b + 8], "<f8")[0])
    vector = tuple(np.round(np.frombuffer(data[at:at + 24], "<f8"), 4)) if at and b > 0 else ()
    groups.setdefault((b, vector), []).append(path)
for (b, vector), paths in sorted(groups.items()):
    expected[f"philips b{b:g} {','.join(f'{x + 0:.4f}' for x in vector)}".strip()] = stack(paths)
expected["siemens enhanced"] = describe(
    sitk.ReadImage(os.path.join(shared, "dicom-samples/enhanced-mr/siemens_enhanced_mr_6frames.dcm")))
with open(out, "w") as file:
    json.dump({"by": f"SimpleITK {sitk.Version_VersionString()}", "volumes": expected}, file, indent=1)
    file.write("\n")
