"""Feature maps of PyRadiomics (voxelBased) of small random volumes under random settings, by seed: files as of
`random_settings.py`, and `<seed>_maps.json` with size, origin and values (null for NaN) of each map.

    python voxel_settings.py OUT FIRST_SEED LAST_SEED
"""

import json, os, random, sys, numpy as np, SimpleITK as sitk, signal
import unusual_settings as unusual
from radiomics import featureextractor


def main(out, a, b):
    os.makedirs(out, exist_ok=True)
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    for seed in range(a, b):
        r = random.Random(seed)
        g = np.random.default_rng(seed)
        size = [r.randint(5, 8) for _ in range(3)]
        z, y, x = np.mgrid[0 : size[2], 0 : size[1], 0 : size[0]].astype(float)
        v = unusual.cast(
            r, 60 * np.sin(x / 2.3 + y / 3.1) + g.normal(0, r.choice([4, 15, 40]), x.shape) + r.choice([0, 100, -50])
        )
        d = sum(((q - s / 2) / (s * r.uniform(0.2, 0.5))) ** 2 for q, s in zip((x, y, z), size))
        m = (d <= 1) | (g.random(x.shape) < 0.02)
        i, k = sitk.GetImageFromArray(v), sitk.GetImageFromArray(m.astype("uint8"))
        unusual.directed(r, [i, k])
        s = unusual.measurement(r, {}, 0.8)
        if r.random() < 0.2:
            s.update(unusual.base.resegmentation(r))
        if r.random() < 0.2:
            s["normalize"] = True
            s["normalizeScale"] = 100
        if r.random() < 0.2:
            s["resampledPixelSpacing"] = [1.5, 1.5, 1.5]
            s["padDistance"] = 2
        if r.random() < 0.2:
            s["preCrop"] = True
            s["padDistance"] = r.choice([0, 1, 3])
        types = {
            t: ({"sigma": [1.0]} if t == "LoG" else {})
            for t in r.sample(["Original", "Square", "Gradient", "Wavelet", "LoG"], 1)
        }
        if "Wavelet" in types:
            types["Wavelet"] = {"wavelet": "haar"}
        names = ["firstorder", "glcm", "glrlm", "glszm", "gldm", "ngtdm"]
        classes = {n: r.sample(unusual.FEATURES[n], r.randint(1, 5)) for n in r.sample(names, r.randint(1, 3))}
        vs = {}
        unusual.some(r, 0.6, vs, "kernelRadius", [1, 2, 1])
        unusual.some(r, 0.4, vs, "maskedKernel", [True, False])
        unusual.some(r, 0.4, vs, "initValue", [0, -7.5, 3])
        unusual.some(r, 0.2, vs, "voxelBatch", [7, 20, 1000])
        p = {"imageType": types, "featureClass": classes, "setting": s, "voxelSetting": vs}
        f = [f"{out}/{seed}_image.nrrd", f"{out}/{seed}_mask.nrrd", f"{out}/{seed}_params.json"]
        sitk.WriteImage(i, f[0], True)
        sitk.WriteImage(k, f[1], True)
        json.dump(p, open(f[2], "w"))
        sitk.ProcessObject.SetGlobalDefaultCoordinateTolerance(1e-6)
        signal.alarm(40)
        try:
            e = featureextractor.RadiomicsFeatureExtractor(f[2])
            res = e.execute(f[0], f[1], voxelBased=True)
            o = {
                n: {
                    "size": q.GetSize(),
                    "origin": q.GetOrigin(),
                    "data": [
                        None if np.isnan(t) else float(t) for t in sitk.GetArrayFromImage(q).astype(float).flatten()
                    ],
                }
                for n, q in res.items()
                if isinstance(q, sitk.Image)
            }
            o = {"maps": o}
        except BaseException as x:
            o = {"error": f"{type(x).__name__}: {x}"[:200]}
        signal.alarm(0)
        json.dump(o, open(f"{out}/{seed}_maps.json", "w"))


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
