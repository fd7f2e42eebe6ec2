"""Features of PyRadiomics for odd volumes under odd settings: every image type and interpolator, wavelets of any family
and level, masks on grids of their own, of several values per voxel, of any element type; drawn by seed.

Writes the same files as `random_settings.py`, with the diagnostics beside the features.

    python unusual_settings.py OUT FIRST_SEED LAST_SEED
"""

import json, os, random, sys, signal
import numpy as np, pywt
import radiomics, SimpleITK as sitk
from radiomics import featureextractor
import random_settings as base

radiomics.setVerbosity(60)
import logging

logging.disable(logging.CRITICAL)

DTYPES = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "float32", "float64"]


def cast(r, v):
    kind = r.choice(DTYPES)
    if kind == "int8":
        return np.clip(v / 4, -127, 127).astype("int8")
    if kind == "uint8":
        return np.clip(v + 50, 0, 255).astype("uint8")
    if kind in ("uint16", "uint32"):
        return np.clip(v + 300, 0, 60000).astype(kind)
    if kind.startswith("float") and r.random() < 0.3:
        return (np.round(v) / 10).astype(kind)
    return v.astype(kind)


def phantom(seed):
    r, g = random.Random(seed * 31 + 5), np.random.default_rng(seed)
    size = [r.randint(6, 20) for _ in range(3)]
    shape_kind = r.random()
    if shape_kind < 0.1:
        size[r.randint(0, 2)] = r.randint(1, 3)
    z, y, x = np.mgrid[0 : size[2], 0 : size[1], 0 : size[0]].astype(float)
    c = [s / 2 + r.uniform(-1.5, 1.5) for s in size]
    rad = [max(1.2, s * r.uniform(0.15, 0.6)) for s in size]
    v = (
        r.uniform(10, 90) * np.sin(x / r.uniform(1, 4) + y / 3.1)
        + 30 * np.cos(z / 1.7 - x / 4)
        + g.normal(0, r.choice([0.01, 1, 4, 15, 40]), x.shape)
        + r.choice([0, 0, 100, 400, -50, -300])
    )
    if r.random() < 0.2:
        v[v < np.median(v)] = np.median(v)  # plateau
    if r.random() < 0.1:
        v = np.round(v / 20) * 20
    if r.random() < 0.1:
        v = v * r.choice([1e-3, 1e3])
    values = (
        cast(r, np.clip(v, -2e6, 2e6) if abs(v).max() > 30000 else v)
        if abs(v).max() < 30000
        else v.astype(r.choice(["float32", "float64"]))
    )
    d = sum(((q - a) / b) ** 2 for q, a, b in zip((x, y, z), c, rad))
    m = d <= 1
    if r.random() < 0.5:
        m &= ~((d < 0.1) & (g.random(x.shape) < 0.8))
    if r.random() < 0.4:
        m |= g.random(x.shape) < 0.01
    k = r.random()
    if k < 0.1:
        a = r.randint(0, 2)
        sl = [slice(None)] * 3
        i = min(max(int(c[2 - a]), 0), size[2 - a] - 1)
        sl[a] = i
        o = np.zeros_like(m)
        o[tuple(sl)] = m[tuple(sl)]
        m = o
    elif k < 0.16:
        m = np.zeros_like(m)
        m.flat[g.choice(m.size, min(m.size, r.randint(2, 12)), replace=False)] = True
    elif k < 0.2:
        m[:] = True
    elif k < 0.24:
        m = g.random(x.shape) < r.uniform(0.1, 0.5)
    m = m.astype("uint8")
    label = 1
    if r.random() < 0.3:
        m[(m == 0) & (g.random(x.shape) < 0.1)] = 2
    if r.random() < 0.15:
        m[m == 1] = 7
        label = 7
    return r, g, values, m, label


def directed(r, images):
    spacing = [1.0, 1.0, 1.0]
    if r.random() < 0.8:
        spacing = [round(r.uniform(0.4, 3.5), r.choice([1, 2, 3, 6])) for _ in range(3)]
    if r.random() < 0.2:
        spacing[2] = round(spacing[2] + 4, 2)
    origin = [round(r.uniform(-80, 80), r.choice([0, 3, 6])) for _ in range(3)]
    direction = base.rotation(r).flatten().tolist() if r.random() < 0.35 else np.eye(3).flatten().tolist()
    if r.random() < 0.12:
        p = np.eye(3)[:, r.sample([0, 1, 2], 3)] * np.array([r.choice([1, -1]) for _ in range(3)])
        direction = p.flatten().tolist()
    for i in images:
        i.SetSpacing(spacing)
        i.SetOrigin(origin)
        i.SetDirection(direction)


def make(seed):
    r, g, values, m, label = phantom(seed)
    image, mask = sitk.GetImageFromArray(values), sitk.GetImageFromArray(
        m.astype(r.choice(["uint8", "int16", "uint16", "int32", "float32", "float64"]))
    )
    directed(r, [image, mask])
    other = r.random()
    if other < 0.07:
        mask.SetOrigin([o + r.uniform(-0.04, 0.04) * image.GetSpacing()[0] for o in image.GetOrigin()])
    elif other < 0.17:  # mask on a grid of its own, oblique
        size = [max(2, int(s * r.uniform(0.5, 1.3))) for s in image.GetSize()]
        grid = sitk.Image(size, sitk.sitkUInt8)
        sp = [a * b / c * r.uniform(0.85, 1) for a, b, c in zip(image.GetSpacing(), image.GetSize(), size)]
        grid.SetSpacing([round(q, 4) for q in sp])
        d = np.array(image.GetDirection()).reshape(3, 3)
        if r.random() < 0.6:
            small = random.Random(seed)
            rot = base.rotation(small)
            rot = rot if r.random() < 0.3 else np.eye(3)
            d = d @ rot
        grid.SetDirection(d.flatten().tolist())
        centre = np.array(image.TransformContinuousIndexToPhysicalPoint([(s - 1) / 2 for s in image.GetSize()]))
        half = d @ (np.array(grid.GetSpacing()) * (np.array(size) - 1) / 2)
        grid.SetOrigin((centre - half).tolist())
        mask = sitk.Resample(mask, grid, sitk.Transform(), sitk.sitkNearestNeighbor, 0, sitk.sitkUInt8)
    channel = 0
    if r.random() < 0.07 and mask.GetDimension() == 3:
        u = sitk.Cast(mask, sitk.sitkUInt8)
        e = sitk.Image(u.GetSize(), sitk.sitkUInt8)
        e.CopyInformation(u)
        channel = r.randint(0, 1)
        mask = sitk.Compose([u, e] if channel == 0 else [e, u])
    return r, image, mask, label, channel


WAVES = [w for w in pywt.wavelist(kind="discrete") if w != "dmey"]
FEATURES = {n: list(c.getFeatureNames()) for n, c in featureextractor.getFeatureClasses().items()}


def some(r, p, d, name, choices):
    if r.random() < p:
        d[name] = r.choice(choices)


def measurement(r, s, p=1.0):
    some(r, 0.6 * p, s, "binWidth", [0.05, 0.5, 1, 2.5, 3.7, 5, 7, 10, 12.5, 25, 33.3, 100])
    some(r, 0.2 * p, s, "binCount", [1, 2, 3, 8, 16, 33, 64, 100])
    some(r, 0.35 * p, s, "distances", [[1], [2], [1, 2], [3], [1, 3], [2, 1], [1, 2, 3], [4], [5, 1]])
    some(r, 0.35 * p, s, "weightingNorm", ["manhattan", "euclidean", "infinity", "no_weighting", None])
    if r.random() < 0.3 * p:
        s["force2D"] = True
        some(r, 0.8, s, "force2Ddimension", [0, 1, 2])
    some(r, 0.25 * p, s, "symmetricalGLCM", [False, True])
    some(r, 0.25 * p, s, "gldm_a", [0, 1, 2, 3, 10])
    some(r, 0.3 * p, s, "voxelArrayShift", [10, 300, -20, 2000, 7])
    return s


def parameters(seed, r, label, channel):
    s = measurement(r, {})
    if label != 1 or r.random() < 0.1:
        s["label"] = label
    if channel:
        s["label_channel"] = channel
    if r.random() < 0.35:
        s.update(base.resegmentation(r))
    if "resegmentMode" in s and r.random() < 0.15:
        s["resegmentMode"] = r.choice(["absolute", "relative", "sigma"])
    if r.random() < 0.35:
        s["normalize"] = True
        some(r, 0.8, s, "normalizeScale", [1, 100, 50.5, 0.3, 300])
        some(r, 0.5, s, "removeOutliers", [3, 1.5, 2, 0.7])
    some(r, 0.25, s, "preCrop", [True, False])
    some(r, 0.35, s, "padDistance", [0, 1, 2, 3, 5, 8, 20])
    some(r, 0.25, s, "minimumROIDimensions", [1, 2, 3])
    some(r, 0.1, s, "minimumROISize", [1, 5, 50, 500])
    some(r, 0.2, s, "geometryTolerance", [0.1, 0.001, 1e-5])
    some(r, 0.25, s, "correctMask", [True])
    if r.random() < 0.4:
        s["resampledPixelSpacing"] = r.choice(
            [
                [1, 1, 1],
                [2, 2, 2],
                [0, 0, 0],
                [1.5, 1.5, 0],
                [0.9, 1.1, 2],
                [0, 0, 1],
                [0.7, 0.7, 0.7],
                [3, 3, 3],
                [1.3, 0, 2.2],
                [0.5, 0.5, 1.0],
            ]
        )
        some(
            r,
            0.6,
            s,
            "interpolator",
            [
                "sitkBSpline",
                "sitkLinear",
                "sitkNearestNeighbor",
                "sitkGaussian",
                "sitkHammingWindowedSinc",
                "sitkCosineWindowedSinc",
                "sitkWelchWindowedSinc",
                "sitkLanczosWindowedSinc",
                "sitkBlackmanWindowedSinc",
                "sitkLabelGaussian",
                1,
                2,
                3,
                None,
            ],
        )
    some(r, 0.1, s, "additionalInfo", [False, True])
    types = {}
    pool = [
        "Original",
        "LoG",
        "Wavelet",
        "Square",
        "SquareRoot",
        "Logarithm",
        "Exponential",
        "Gradient",
        "LBP2D",
        "LBP3D",
    ]
    for t in r.sample(pool, r.choice([1, 1, 2, 2, 3, 4, 6])):
        o = {}
        if t == "LoG":
            o["sigma"] = r.sample([0.5, 1, 1.0, 1.5, 2, 2.5, 3, 4.25, 0.1], r.randint(1, 3))
        if t == "Wavelet":
            some(r, 0.85, o, "wavelet", WAVES)
            some(r, 0.4, o, "level", [1, 2, 3])
            some(r, 0.3, o, "start_level", [0, 1, 2])
        if t == "Gradient":
            some(r, 0.5, o, "gradientUseSpacing", [True, False])
        if t == "LBP2D":
            some(r, 0.5, o, "lbp2DRadius", [1, 2, 1.5, 0.7, 3])
            some(r, 0.5, o, "lbp2DSamples", [4, 8, 9, 12, 5])
            some(r, 0.5, o, "lbp2DMethod", ["uniform", "default", "ror", "nri_uniform"])
        if t == "LBP3D":
            some(r, 0.4, o, "lbp3DLevels", [2, 3, 4])
            some(r, 0.4, o, "lbp3DIcosphereRadius", [1, 2, 1.5, 0.8])
            some(r, 0.4, o, "lbp3DIcosphereSubdivision", [0, 1, 2])
        if r.random() < 0.4:
            measurement(r, o, 0.5)
        types[t] = o
    classes = {}
    names = ["firstorder", "glcm", "glrlm", "glszm", "gldm", "ngtdm", "shape"] + (
        ["shape2D"] if s.get("force2D") and r.random() < 0.6 else []
    )
    for n in r.sample(names, r.choice([len(names), len(names), 3, 1])):
        k = r.random()
        classes[n] = (
            [] if k < 0.5 else None if k < 0.7 else r.sample(FEATURES[n], r.randint(1, min(6, len(FEATURES[n]))))
        )
    p = {"imageType": types, "featureClass": classes, "setting": s}
    if r.random() < 0.1:
        del p["featureClass"]
    if r.random() < 0.05:
        del p["imageType"]
    return p


def measure(image, mask, params):
    sitk.ProcessObject.SetGlobalDefaultCoordinateTolerance(1e-6)
    sitk.ProcessObject.SetGlobalDefaultDirectionTolerance(1e-6)
    try:
        e = featureextractor.RadiomicsFeatureExtractor(params)
        found = e.execute(image, mask)
    except Exception as x:
        return {"error": f"{type(x).__name__}: {x}"[:300]}
    f = {}
    d = {}
    for n, v in found.items():
        if n.startswith("diagnostics"):
            d[n] = str(v)
        else:
            v = complex(v)
            v = v.real if v.imag == 0 else v
            f[n] = (
                None
                if (np.isnan(v))
                else ("Infinity" if v == np.inf else "-Infinity" if v == -np.inf else float(np.real(v)))
            )
    return {"features": f, "diagnostics": d}


def main(out, a, b):
    os.makedirs(out, exist_ok=True)
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    for seed in range(a, b):
        r, image, mask, label, channel = make(seed)
        ext = "nii.gz" if r.random() < 0.15 and mask.GetNumberOfComponentsPerPixel() == 1 else "nrrd"
        paths = [
            os.path.join(out, f"{seed}_image.{ext}"),
            os.path.join(out, f"{seed}_mask.{ext}"),
            os.path.join(out, f"{seed}_params.json"),
        ]
        sitk.WriteImage(image, paths[0], True)
        sitk.WriteImage(mask, paths[1], True)
        json.dump(parameters(seed, r, label, channel), open(paths[2], "w"))
        signal.alarm(60)
        try:
            found = measure(*paths)
        except TimeoutError:
            found = {"error": "timeout"}
        signal.alarm(0)
        json.dump(found, open(os.path.join(out, f"{seed}_features.json"), "w"), indent=0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
