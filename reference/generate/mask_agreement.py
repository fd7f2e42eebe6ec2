"""Agreement and STAPLE of three readers by SimpleITK and NumPy, for reference/mask-agreement/expected.json.

The masks are ellipsoids that differ by a shift and some noise at the edge; they are stored as runs. Needs SimpleITK
2.5.7:

    python reference/generate/mask_agreement.py reference/mask-agreement/expected.json
"""
import json, os, sys
import numpy as np
import SimpleITK as sitk

out = sys.argv[1]
os.makedirs(os.path.dirname(out), exist_ok=True)
size, spacing = (24, 20, 12), (0.8, 0.9, 2.5)
rng = np.random.default_rng(18)
z, y, x = np.meshgrid(*(np.arange(n) for n in size[::-1]), indexing="ij")


def ellipsoid(cx, cy, cz, rx, ry, rz, noise):
    value = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 + ((z - cz) / rz) ** 2
    return (value + rng.normal(0, noise, value.shape) < 1).astype(np.uint8)


masks = [ellipsoid(11, 9, 5.5, 7, 6, 3.5, 0.1), ellipsoid(12, 9.5, 6, 7, 5, 3.2, 0.1), ellipsoid(11.5, 9, 5.5, 6, 6, 4, 0.15)]


def image(array):
    found = sitk.GetImageFromArray(array)
    found.SetSpacing(spacing)
    return found


def runs(array):
    flat = array.ravel()
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flat, [0]])))
    return edges.tolist()


def surface(array):
    padded = np.pad(array, 1)
    inner = np.ones_like(array, bool)
    for axis in range(3):
        for step in (-1, 1):
            inner &= np.roll(padded, step, axis)[1:-1, 1:-1, 1:-1] == 1
    return (array == 1) & ~inner


def directed(a, b):
    index = lambda m: np.argwhere(surface(m)) * np.array(spacing[::-1])
    p, q = index(a), index(b)
    return np.sqrt(((p[:, None] - q[None]) ** 2).sum(-1)).min(1)


pairs = []
for i, j in ((0, 1), (0, 2), (1, 2)):
    overlap = sitk.LabelOverlapMeasuresImageFilter()
    overlap.Execute(image(masks[i]), image(masks[j]))
    there, back = directed(masks[i], masks[j]), directed(masks[j], masks[i])
    pairs.append({
        "readers": [i, j], "dice": overlap.GetDiceCoefficient(), "jaccard": overlap.GetJaccardCoefficient(),
        "hausdorff95": max(np.percentile(there, 95), np.percentile(back, 95)), "hausdorff": max(there.max(), back.max()),
        "mean": (there.mean() + back.mean()) / 2,
    })
filter_ = sitk.STAPLEImageFilter()
filter_.SetForegroundValue(1)
probability = sitk.GetArrayFromImage(filter_.Execute([image(m) for m in masks]))
with open(out, "w") as file:
    json.dump({
        "by": f"SimpleITK {sitk.Version_VersionString()}, NumPy {np.__version__}", "size": size, "spacing": spacing,
        "runs": [runs(m) for m in masks], "pairs": pairs,
        "staple": {
            "sensitivity": list(filter_.GetSensitivity()), "specificity": list(filter_.GetSpecificity()),
            "iterations": filter_.GetElapsedIterations(), "inside": int((probability >= 0.5).sum()), "sum": float(probability.sum()),
        },
    }, file)
    file.write("\n")
