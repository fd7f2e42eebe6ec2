"""What SimpleITK gives for every interpolator, and the matrices that ITK inverts to find voxel indices.

Usage: python resampling.py > reference/resampling/simpleitk.json   (SimpleITK 2.5.7, numpy 1.26.4)
Phantoms are made here with a fixed seed: both directions of change, rotated grids, axes of one voxel, constant parts
of whole numbers (where rounding decides between two values).
"""
import json
import math
import sys

import numpy as np
import SimpleITK as sitk

rng = np.random.default_rng(20)
interpolators = [
    'sitkNearestNeighbor', 'sitkLinear', 'sitkBSpline', 'sitkGaussian', 'sitkLabelGaussian',
    'sitkHammingWindowedSinc', 'sitkCosineWindowedSinc', 'sitkWelchWindowedSinc', 'sitkLanczosWindowedSinc',
    'sitkBlackmanWindowedSinc', 'sitkBSpline1', 'sitkBSpline2', 'sitkBSpline3', 'sitkBSpline4', 'sitkBSpline5',
    'sitkBSplineResampler', 'sitkBSplineResamplerOrder1', 'sitkBSplineResamplerOrder2',
    'sitkBSplineResamplerOrder3', 'sitkBSplineResamplerOrder4', 'sitkBSplineResamplerOrder5',
]


def rotation():
    a, b, c = rng.uniform(-0.6, 0.6, 3)
    x = np.array([[1, 0, 0], [0, math.cos(a), -math.sin(a)], [0, math.sin(a), math.cos(a)]])
    y = np.array([[math.cos(b), 0, math.sin(b)], [0, 1, 0], [-math.sin(b), 0, math.cos(b)]])
    z = np.array([[math.cos(c), -math.sin(c), 0], [math.sin(c), math.cos(c), 0], [0, 0, 1]])
    return (x @ y @ z).ravel().tolist()


def phantom(size, kind, rotated):
    values = rng.normal(100, 60, size[::-1])
    if kind in ('int16', 'uint8'):
        values = np.clip(values.round(), 0, 255)
        values[:, : size[1] // 2, : size[0] // 2] = 100
    else:
        values = values.round(3)
    image = sitk.GetImageFromArray(values.astype(kind))
    image.SetSpacing(rng.uniform(0.5, 3, 3).round(2).tolist())
    image.SetOrigin(rng.uniform(-50, 50, 3).round(2).tolist())
    if rotated:
        image.SetDirection(rotation())
    return image


def number(value):
    return int(value) if float(value).is_integer() else float(value)


def listed(image):
    return [number(value) for value in sitk.GetArrayFromImage(image).ravel()]


def geometry(image):
    return {'size': image.GetSize(), 'spacing': image.GetSpacing(), 'origin': image.GetOrigin(), 'direction': image.GetDirection()}


cases = []
for size, kind, rotated, spacing in (
    ((9, 8, 7), 'float64', True, (2, 1.7, 2.4)),
    ((24, 7, 1), 'float64', False, (1.3, 1.1, 0)),
    ((13, 9, 8), 'int16', True, (1.9, 1.4, 2)),
    ((11, 8, 6), 'int16', False, (0.5, 0.5, 1)),
    ((8, 7, 6), 'float32', False, (1.5, 1.5, 1.5)),
    ((9, 8, 6), 'uint8', True, (1.6, 1.6, 1.6)),
):
    image = phantom(size, kind, rotated)
    old = image.GetSpacing()
    new = [s if t == 0 else t if t > 1 or kind != 'int16' or rotated else s * t for s, t in zip(old, spacing)]
    filter = sitk.ResampleImageFilter()
    filter.SetOutputSpacing(new)
    filter.SetOutputDirection(image.GetDirection())
    filter.SetSize([min(9, math.ceil(n * s / t)) for n, s, t in zip(size, old, new)])
    filter.SetOutputOrigin(image.TransformContinuousIndexToPhysicalPoint([0.5 * (t - s) / s for s, t in zip(old, new)]))
    results = {}
    for name in interpolators:
        filter.SetInterpolator(getattr(sitk, name))
        results[name] = filter.Execute(image)
    cases.append({
        'elementType': kind, 'image': geometry(image), 'values': listed(image),
        'target': geometry(results['sitkLinear']), 'results': {name: listed(result) for name, result in results.items()},
    })

inverses = []
for k in range(60):
    image = sitk.Image(2, 2, 2, sitk.sitkUInt8)
    spacing = rng.uniform(0.3, 4, 3).round(int(rng.integers(1, 7)))
    if k % 4 == 0:
        spacing[1] = spacing[0]
    image.SetSpacing(spacing.tolist())
    permuted = (np.eye(3)[rng.permutation(3)] * rng.choice([-1, 1], 3)).ravel().tolist()
    image.SetDirection(rotation() if k % 2 else permuted)
    columns = [image.TransformPhysicalPointToContinuousIndex(axis) for axis in ((1., 0., 0.), (0., 1., 0.), (0., 0., 1.))]
    inverses.append({'spacing': image.GetSpacing(), 'direction': image.GetDirection(), 'inverse': np.array(columns).T.ravel().tolist()})

json.dump({'cases': cases, 'inverses': inverses}, sys.stdout, separators=(',', ':'))
