"""N4 by SimpleITK of a phantom and of a real image, for reference/bias-field.

The phantom is made here: three tissues, a smooth gain, some noise. The real one is the T1 image of ../shared/data/mri-sts002-t1-rtstruct,
shrunk by 4 as the filter's documentation advises; of its field every 16th voxel along each axis is kept. Needs SimpleITK 2.5.7:

    python reference/generate/bias_field.py ../shared/data/mri-sts002-t1-rtstruct/image.nii.gz reference/bias-field
"""
import json, os, sys
import numpy as np
import SimpleITK as sitk

real, out = sys.argv[1:]
os.makedirs(out, exist_ok=True)
size = (44, 40, 18)
rng = np.random.default_rng(18)
z, y, x = np.meshgrid(*(np.linspace(-1, 1, n) for n in size[::-1]), indexing="ij")
tissue = np.where(x**2 + y**2 + z**2 / 1.4 < 0.8, 300.0, 8.0)
tissue[(x + 0.2) ** 2 + (y - 0.1) ** 2 + z**2 < 0.15] = 520
tissue[(x - 0.4) ** 2 + (y + 0.2) ** 2 + z**2 < 0.06] = 140
gain = np.exp(0.35 * x - 0.25 * y + 0.2 * z + 0.2 * x * y)
noisy = np.clip(np.rint(tissue * gain + rng.normal(0, 6, tissue.shape)), 0, None).astype(np.int16)
phantom = sitk.GetImageFromArray(noisy)
phantom.SetSpacing((1.0, 1.1, 3.0))
sitk.WriteImage(phantom, os.path.join(out, "phantom.nii.gz"), True)


def n4(image, iterations, shrink, points=4):
    floats = sitk.Cast(image, sitk.sitkFloat32)
    mask = sitk.OtsuThreshold(image, 0, 1, 200)
    used, used_mask = (sitk.Shrink(floats, [shrink] * 3), sitk.Shrink(mask, [shrink] * 3)) if shrink > 1 else (floats, mask)
    corrector = sitk.N4BiasFieldCorrectionImageFilter()
    corrector.SetMaximumNumberOfIterations(iterations)
    corrector.SetNumberOfControlPoints([points] * 3)
    corrector.Execute(used, used_mask)
    field = sitk.GetArrayFromImage(corrector.GetLogBiasFieldAsImage(floats)).astype(float)
    return field, int(sitk.GetArrayViewFromImage(mask).sum())


def sampled(field, step):
    return [[float(f"{value:.7g}") for value in field[::step, ::step, ::step].ravel()], step]


cases = {}
for name, image, iterations, shrink, points, step in [
    ("phantom", phantom, [50, 50, 50, 50], 1, 4, 4),
    ("phantom-two-levels", phantom, [30, 20], 1, 6, 4),
    ("phantom-shrunk", phantom, [50, 50, 50, 50], 2, 4, 4),
    ("real", sitk.ReadImage(real), [50, 50, 50, 50], 4, 4, 16),
]:
    field, voxels = n4(image, iterations, shrink, points)
    values, step = sampled(field, step)
    cases[name] = {"iterations": iterations, "shrink": shrink, "controlPoints": points, "mask": voxels, "step": step, "field": values}
with open(os.path.join(out, "expected.json"), "w") as file:
    json.dump({"by": f"SimpleITK {sitk.Version_VersionString()}", "cases": cases}, file)
    file.write("\n")
