"""MetaImage files by SimpleITK 2.5.7 and what it reads back, for reference/metaimage.

    python reference/generate/metaimage.py reference/metaimage
"""
import hashlib, json, os, sys
import numpy as np
import SimpleITK as sitk

out = sys.argv[1]
os.makedirs(os.path.join(out, "files"), exist_ok=True)
angle = 0.4
axes = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
axes = axes @ np.array([[1, 0, 0], [0, np.cos(0.3), -np.sin(0.3)], [0, np.sin(0.3), np.cos(0.3)]])
cases = {
    "oblique-int16.mha": (np.int16, False), "oblique-int16-zlib.mha": (np.int16, True), "oblique-uint8.mhd": (np.uint8, False),
    "oblique-float32-zlib.mhd": (np.float32, True), "oblique-float64.mha": (np.float64, False), "oblique-uint16.mha": (np.uint16, False),
}
expected = {}
for name, (kind, packed) in cases.items():
    values = (np.arange(60).reshape(3, 4, 5) * 7 % 251).astype(kind)
    image = sitk.GetImageFromArray(values)
    image.SetSpacing((0.75, 0.5, 2.5))
    image.SetOrigin((10.25, -20.5, 30.125))
    image.SetDirection(axes.ravel().tolist())
    path = os.path.join(out, "files", name)
    sitk.WriteImage(image, path, packed)
    back = sitk.ReadImage(path)
    expected[name] = {
        "size": list(back.GetSize()), "spacing": list(back.GetSpacing()), "origin": list(back.GetOrigin()),
        "direction": list(back.GetDirection()), "world": {"3,2,1": list(back.TransformIndexToPhysicalPoint((3, 2, 1)))},
        "sha256": hashlib.sha256(sitk.GetArrayFromImage(back).astype("<f8").tobytes()).hexdigest(),
    }
with open(os.path.join(out, "expected.json"), "w") as file:
    json.dump({"by": f"SimpleITK {sitk.Version_VersionString()}", "files": expected}, file, indent=1)
    file.write("\n")
