"""Features of PyRadiomics for random volumes under random settings.

Writes, for each seed, `<seed>_image.nrrd`, `<seed>_mask.nrrd`, `<seed>_params.json` (a parameter file) and
`<seed>_features.json` (features in output order, null for NaN; or the error). Everything follows from the seed.

    pip install "numpy<2" "SimpleITK==2.5.7" PyWavelets "scipy<1.17" && pip install --no-build-isolation pyradiomics==3.0.1
    python random_settings.py OUT SEED [SEED ...]
"""

import json
import os
import random
import sys

import numpy as np
import radiomics
import SimpleITK as sitk
from radiomics import featureextractor

radiomics.setVerbosity(60)


def rotation(r):
    a = [r.uniform(-0.5, 0.5) for _ in range(3)]
    c, s = np.cos(a), np.sin(a)
    x = np.array([[1, 0, 0], [0, c[0], -s[0]], [0, s[0], c[0]]])
    y = np.array([[c[1], 0, s[1]], [0, 1, 0], [-s[1], 0, c[1]]])
    z = np.array([[c[2], -s[2], 0], [s[2], c[2], 0], [0, 0, 1]])
    return x @ y @ z


def grey_values(r, g, x, y, z, centre):
    base = 60 * np.sin(x / 2.3 + y / 3.1) + 30 * np.cos(z / 1.7 - x / 4)
    base += g.normal(0, r.choice([4, 15, 40]), x.shape) + r.choice([0, 100, 400, -50])
    squared = sum(((v - c) / 3) ** 2 for v, c in zip((x, y, z), centre))
    base += 80 * np.exp(-squared)
    kind = r.choice(["int16", "uint8", "float32", "float64", "uint16", "int32"])
    if kind == "uint8":
        return np.clip(base + 50, 0, 255).astype("uint8")
    if kind == "uint16":
        return np.clip(base + 300, 0, 60000).astype("uint16")
    return base.astype(kind)


def labels(r, g, x, y, z, size, centre, radii):
    """An ellipsoid with a hole and stray voxels; sometimes one slice of it, or a few voxels; sometimes a second label."""
    d = sum(((v - c) / q) ** 2 for v, c, q in zip((x, y, z), centre, radii))
    m = (d <= 1).astype("uint8")
    m[(d < 0.08) & (g.random(x.shape) < 0.8)] = 0
    m[g.random(x.shape) < 0.004] = 1
    kind = r.random()
    if kind < 0.24:
        only = np.zeros_like(m)
        if kind < 0.12:
            k = min(max(int(centre[2]), 0), size[2] - 1)
            only[k] = m[k]
        elif kind < 0.18:
            only[:, :, int(centre[0])] = m[:, :, int(centre[0])]
        else:
            only[:, int(centre[1])] = m[:, int(centre[1])]
        m = only
    elif kind < 0.3:
        m = np.zeros_like(m)
        m.flat[g.choice(m.size, r.randint(2, 8), replace=False)] = 1
    if r.random() < 0.3:
        m[(m == 0) & (g.random(x.shape) < 0.1)] = 2
    label = 1
    if r.random() < 0.15:
        m[m == 1] = 5
        label = 5
    return m, label


def phantom(seed):
    r, g = random.Random(seed), np.random.default_rng(seed)
    size = [r.randint(9, 22) for _ in range(3)]
    if r.random() < 0.15:
        size[2] = r.randint(3, 6)
    z, y, x = np.mgrid[0 : size[2], 0 : size[1], 0 : size[0]].astype(float)
    centre = [s / 2 + r.uniform(-1, 1) for s in size]
    radii = [max(1.5, s * r.uniform(0.2, 0.45)) for s in size]
    values = grey_values(r, g, x, y, z, centre)
    mask, label = labels(r, g, x, y, z, size, centre, radii)
    image, mask = sitk.GetImageFromArray(values), sitk.GetImageFromArray(mask)
    spacing = [1.0, 1.0, 1.0]
    if r.random() < 0.8:
        spacing = [round(r.uniform(0.5, 3), r.choice([1, 2, 3])) for _ in range(3)]
    origin = [round(r.uniform(-80, 80), 3) for _ in range(3)]
    for one in (image, mask):
        one.SetSpacing(spacing)
        one.SetOrigin(origin)
    if r.random() < 0.3:
        direction = rotation(r).flatten().tolist()
        for one in (image, mask):
            one.SetDirection(direction)
    if r.random() < 0.1:
        mask.SetOrigin([o + r.uniform(-0.04, 0.04) * spacing[0] for o in origin])
    return image, mask, label


def resegmentation(r):
    mode = r.choice(["absolute", "relative", "sigma"])
    ranges = {
        "absolute": r.choice([[0], [-30, 120], [200, 20]]),
        "relative": r.choice([[0.3], [0.2, 0.9], [0, 1]]),
        "sigma": r.choice([[-2, 2], [-1], [-1.5, 2.5], [-3, 3]]),
    }
    found = {"resegmentMode": mode, "resegmentRange": ranges[mode]}
    if r.random() < 0.5:
        found["resegmentShape"] = True
    return found


def parameters(seed, label):
    r, s, types = random.Random(seed * 7919 + 1), {}, {"Original": {}}

    def sometimes(chance, name, choices):
        if r.random() < chance:
            s[name] = r.choice(choices)

    sometimes(0.6, "binWidth", [0.7, 1, 2.5, 5, 7, 10, 25, 33.3])
    sometimes(0.25, "binCount", [1, 2, 8, 16, 33, 64])
    if label != 1:
        s["label"] = label
    sometimes(0.4, "distances", [[1], [2], [1, 2], [3], [1, 3], [2, 1], [1, 2, 3]])
    sometimes(0.4, "weightingNorm", ["manhattan", "euclidean", "infinity", "no_weighting", None])
    if r.random() < 0.35:
        s["force2D"] = True
        s["force2Ddimension"] = r.choice([0, 1, 2])
    sometimes(0.3, "symmetricalGLCM", [False])
    sometimes(0.3, "gldm_a", [0, 1, 2, 3])
    sometimes(0.3, "voxelArrayShift", [10, 300, -20, 2000])
    if r.random() < 0.3:
        s.update(resegmentation(r))
    if r.random() < 0.3:
        s["normalize"] = True
        s["normalizeScale"] = r.choice([1, 100, 50.5])
    if s.get("normalize") and r.random() < 0.5:
        s["removeOutliers"] = r.choice([3, 1.5, 2])
    if r.random() < 0.2:
        s["preCrop"] = True
        s["padDistance"] = r.choice([0, 2, 5])
    sometimes(0.2, "minimumROIDimensions", [1, 2, 3])
    sometimes(0.1, "minimumROISize", [5, 50, 500])
    sometimes(0.3, "geometryTolerance", [0.1, 0.001])
    sometimes(0.2, "correctMask", [True])
    sometimes(0.25, "resampledPixelSpacing", [[1, 1, 1], [2, 2, 2], [0, 0, 0], [1.5, 1.5, 0], [0.9, 1.1, 2]])
    if r.random() < 0.25:
        types["Wavelet"] = {"wavelet": "haar", "binWidth": r.choice([3, 10])} if r.random() < 0.5 else {"wavelet": "haar"}
    if r.random() < 0.2:
        types["Square"] = {"distances": [2], "weightingNorm": "euclidean"} if r.random() < 0.5 else {"binCount": 20}
    if r.random() < 0.15:
        types["LoG"] = {"sigma": [r.choice([1, 1.0, 2.5])], "force2D": True} if r.random() < 0.5 else {"sigma": [2]}
    classes = {c: [] for c in ["firstorder", "glcm", "glrlm", "glszm", "gldm", "ngtdm", "shape"]}
    if s.get("force2D") and r.random() < 0.6:
        classes["shape2D"] = None
    if r.random() < 0.15:
        classes["shape"] = ["Compactness1", "Compactness2", "SphericalDisproportion"]
        classes["firstorder"] = ["StandardDeviation", "Mean"]
    return {"imageType": types, "featureClass": classes, "setting": s}


def measure(image, mask, params):
    # the reference never takes a tolerance back that a case has set
    sitk.ProcessObject.SetGlobalDefaultCoordinateTolerance(1e-6)
    sitk.ProcessObject.SetGlobalDefaultDirectionTolerance(1e-6)
    try:
        found = featureextractor.RadiomicsFeatureExtractor(params).execute(image, mask)
    except Exception as error:  # the reference's own refusals are answers, too
        return {"error": f"{type(error).__name__}: {error}"[:200]}
    features = {name: float(value) for name, value in found.items() if not name.startswith("diagnostics")}
    return {"features": {name: None if np.isnan(value) else value for name, value in features.items()}}


def main(out, seeds):
    os.makedirs(out, exist_ok=True)
    for seed in seeds:
        image, mask, label = phantom(seed)
        paths = [os.path.join(out, f"{seed}_{part}") for part in ("image.nrrd", "mask.nrrd", "params.json")]
        sitk.WriteImage(image, paths[0], True)
        sitk.WriteImage(mask, paths[1], True)
        with open(paths[2], "w") as file:
            json.dump(parameters(seed, label), file)
        with open(os.path.join(out, f"{seed}_features.json"), "w") as file:
            json.dump(measure(*paths), file, indent=0)


if __name__ == "__main__":
    main(sys.argv[1], [int(seed) for seed in sys.argv[2:]])
