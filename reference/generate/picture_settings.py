"""Features of PyRadiomics for pictures (files of two axes) under random settings; files as of `unusual_settings.py`.

python picture_settings.py OUT FIRST_SEED LAST_SEED
"""

import json, os, random, sys, numpy as np, SimpleITK as sitk
import unusual_settings as unusual


def main(out, a, b):
    os.makedirs(out, exist_ok=True)
    for seed in range(a, b):
        r = random.Random(seed)
        g = np.random.default_rng(seed)
        size = [r.randint(8, 25) for _ in range(2)]
        y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(float)
        v = 60 * np.sin(x / 2.3 + y / 3.1) + g.normal(0, r.choice([1, 15, 40]), x.shape) + r.choice([0, 100, -50])
        v = unusual.cast(r, v)
        c = [s / 2 for s in size]
        m = (
            ((x - c[0]) / (size[0] * r.uniform(0.2, 0.45))) ** 2 + ((y - c[1]) / (size[1] * r.uniform(0.2, 0.45))) ** 2
            <= 1
        ).astype("uint8")
        if r.random() < 0.4:
            m[g.random(m.shape) < 0.02] = 1
        i, k = sitk.GetImageFromArray(v), sitk.GetImageFromArray(m)
        sp = [round(r.uniform(0.5, 3), 2) for _ in range(2)]
        o = [round(r.uniform(-50, 50), 2) for _ in range(2)]
        d = np.eye(2)
        if r.random() < 0.3:
            t = r.uniform(-0.5, 0.5)
            d = np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])
        for q in (i, k):
            q.SetSpacing(sp)
            q.SetOrigin(o)
            q.SetDirection(d.flatten().tolist())
        ext = "nii.gz" if r.random() < 0.2 else "nrrd"
        p = unusual.parameters(seed, r, 1, 0)
        s = p["setting"]
        if "resampledPixelSpacing" in s:
            s["resampledPixelSpacing"] = s["resampledPixelSpacing"][: r.choice([2, 2, 3])]
        if s.get("force2Ddimension") == 2:
            s["force2Ddimension"] = r.choice([0, 1])
        if r.random() < 0.5 and "featureClass" in p:
            p["featureClass"]["shape2D"] = None
        for t in p.get("imageType", {}).values():
            if t.get("lbp2DMethod") == "nri_uniform":
                t["lbp2DMethod"] = "ror"
        paths = [f"{out}/{seed}_image.{ext}", f"{out}/{seed}_mask.{ext}", f"{out}/{seed}_params.json"]
        sitk.WriteImage(i, paths[0], True)
        sitk.WriteImage(k, paths[1], True)
        json.dump(p, open(paths[2], "w"))
        json.dump(unusual.measure(*paths), open(f"{out}/{seed}_features.json", "w"), indent=0)


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
