"""Image types and interpolators of PyRadiomics beyond the values of pyradiomics-settings: other wavelets, levels,
methods, radii, element types, grids and overrides.

Usage: python image-types.py reference/pyradiomics-image-types
Made with PyRadiomics 3.0.1 (the same numbers as 3.1.0), SimpleITK 2.5.7, numpy 1.26.4, PyWavelets 1.9.0, scipy 1.14.1,
trimesh 5.2.0, scikit-image 0.26.0. Phantoms are made here with a fixed seed; the files have the form of
pyradiomics-settings/goldens.
"""
import gzip
import json
import math
import os
import struct
import sys

import numpy as np
import SimpleITK as sitk
from radiomics import featureextractor, setVerbosity

setVerbosity(60)
out = sys.argv[1]
rng = np.random.default_rng(2024)
os.makedirs(f'{out}/phantoms', exist_ok=True)
os.makedirs(f'{out}/goldens', exist_ok=True)
classes = {
    'firstorder': ['10Percentile', 'Energy', 'Entropy', 'Kurtosis', 'Maximum', 'Mean', 'Median', 'Minimum', 'Variance'],
    'glcm': ['Contrast', 'Idmn', 'JointEntropy'],
    'gldm': ['DependenceEntropy'],
    'ngtdm': ['Strength'],
}


def rotation():
    a, b, c = rng.uniform(-0.5, 0.5, 3)
    x = np.array([[1, 0, 0], [0, math.cos(a), -math.sin(a)], [0, math.sin(a), math.cos(a)]])
    y = np.array([[math.cos(b), 0, math.sin(b)], [0, 1, 0], [-math.sin(b), 0, math.cos(b)]])
    z = np.array([[math.cos(c), -math.sin(c), 0], [math.sin(c), math.cos(c), 0], [0, 0, 1]])
    return (x @ y @ z).ravel().tolist()


def phantom(name, size, kind, spacing, rotated=False, shift=0.0, scaled=None):
    nx, ny, nz = size
    z, y, x = np.meshgrid(np.arange(nz), np.arange(ny), np.arange(nx), indexing='ij')
    values = 110 + 55 * np.sin(x / 3.1) * np.cos(y / 4.3) + 25 * np.sin(z / 2 + x / 7) + rng.normal(0, 12, (nz, ny, nx)) + shift
    values[:, : ny // 2, : nx // 3] = 100
    values = values.round() if kind != 'float64' else values.round(2)
    if kind.startswith('u'):
        values = np.clip(values, 0, 255)
    far = ((z - nz / 2 + 0.3) / max(0.7, nz * 0.36)) ** 2 + ((y - ny / 2) / (ny * 0.3)) ** 2 + ((x - nx / 2 - 0.4) / (nx * 0.3)) ** 2
    inside = ((far <= 1) & (far > 0.04)).astype(np.uint8)
    ending = 'nii.gz' if scaled else 'nrrd'
    direction = rotation() if rotated else [1, 0, 0, 0, 1, 0, 0, 0, 1]
    for part, data in (('image', values.astype(kind)), ('mask', inside)):
        image = sitk.GetImageFromArray(data)
        image.SetSpacing(spacing)
        image.SetOrigin([12.5, -7.25, 30.1])
        image.SetDirection(direction)
        path = f'{out}/phantoms/{name}_{part}.{ending}'
        sitk.WriteImage(image, path, True)
        if scaled and part == 'image':
            head = bytearray(gzip.open(path).read())
            struct.pack_into('<ff', head, 112, *scaled)
            with open(path, 'wb') as file:
                file.write(gzip.compress(bytes(head), mtime=0))
    return f'phantoms/{name}_image.{ending}', f'phantoms/{name}_mask.{ending}'


phantoms = {
    'int16': phantom('int16', (19, 17, 12), 'int16', [1, 1, 1]),
    'float32': phantom('float32', (18, 15, 9), 'float32', [0.7, 0.7, 3.0], shift=-90.5),
    'float64': phantom('float64', (16, 15, 10), 'float64', [1.3, 0.8, 1.6], rotated=True),
    'uint8': phantom('uint8', (17, 18, 8), 'uint8', [2, 2, 2]),
    'uint16': phantom('uint16', (15, 16, 1), 'uint16', [0.9, 0.9, 4]),
    'nifti': phantom('nifti', (16, 14, 11), 'int16', [2, 2, 2], rotated=True, scaled=(0.37, -11.3)),
}
resampled = lambda spacing, interpolator, **more: {'resampledPixelSpacing': spacing, 'interpolator': interpolator, **more}
wavelet = lambda name, **more: {'Wavelet': {'wavelet': name, **more}}
cases = [
    ('db38', 'int16', {}, wavelet('db38', binCount=16)),
    ('db7_level3', 'uint8', {}, wavelet('db7', level=3, start_level=1, binCount=32)),
    ('coif17', 'float32', {}, wavelet('coif17')),
    ('coif5_level2', 'float32', {'preCrop': True, 'padDistance': 2}, wavelet('coif5', level=2)),
    ('sym20', 'nifti', resampled([1, 1, 1], 'sitkBSpline'), wavelet('sym20', binWidth=40)),
    ('dmey', 'float64', {}, wavelet('dmey')),
    ('rbio3.9', 'int16', {'force2D': True, 'force2Ddimension': 2}, wavelet('rbio3.9')),
    ('bior6.8', 'float32', {'force2D': True, 'force2Ddimension': 0}, wavelet('bior6.8', start_level=2)),
    ('bior1.5_oneslice', 'uint16', {}, wavelet('bior1.5', level=2)),
    ('log_sigmas', 'float64', {}, {'LoG': {'sigma': [0.5, 2, 2.0, 3.25, 60]}}),
    ('log_normalized', 'uint8', {'normalize': True, 'removeOutliers': 2, 'normalizeScale': 100}, {'LoG': {'sigma': [2.0], 'binWidth': 3}}),
    ('grey_scales', 'uint16', {'binWidth': 7}, {'Square': {}, 'SquareRoot': {'binCount': 12}, 'Logarithm': {}, 'Exponential': {'binWidth': 3}}),
    ('grey_scales', 'float32', {'normalize': True, 'normalizeScale': 50}, {'Square': {}, 'SquareRoot': {}, 'Logarithm': {}, 'Exponential': {}}),
    ('gradient', 'nifti', {}, {'Gradient': {'gradientUseSpacing': False}}),
    ('gradient', 'float64', {'preCrop': True, 'padDistance': 0}, {'Gradient': {}}),
    *[(f'lbp2D_{method}', kind, {'force2D': True, 'force2Ddimension': axis}, {'LBP2D': {'lbp2DMethod': method, 'lbp2DRadius': radius, 'lbp2DSamples': samples, 'binWidth': width}})
      for method, kind, axis, radius, samples, width in (('default', 'int16', 1, 1, 9, 4), ('ror', 'float64', 2, 2.7, 12, 20), ('nri_uniform', 'nifti', 0, 1.5, 8, 2), ('var', 'int16', 0, 2, 8, 60), ('uniform', 'uint16', 0, 3, 16, 1))],
    ('lbp2D_in3D', 'uint8', {}, {'LBP2D': {'binWidth': 1}}),
    ('lbp3D_4_levels', 'int16', {}, {'LBP3D': {'lbp3DLevels': 4, 'lbp3DIcosphereSubdivision': 2, 'lbp3DIcosphereRadius': 1.5, 'binWidth': 0.3}}),
    ('lbp3D_radius', 'float32', {}, {'LBP3D': {'lbp3DIcosphereRadius': 2.2, 'binWidth': 0.3}}),
    ('lbp3D_resampled', 'nifti', resampled([1.5, 1.5, 0], 'sitkLinear'), {'LBP3D': {'lbp3DIcosphereSubdivision': 2, 'binWidth': 0.3}}),
    *[(name, kind, {**resampled(spacing, name, padDistance=pad), 'binWidth': 15}, {'Original': {}})
      for name, kind, spacing, pad in (
          ('sitkNearestNeighbor', 'nifti', [0.8, 0.8, 0.8], 5), ('sitkLinear', 'uint8', [1, 1, 1], 0),
          ('sitkGaussian', 'int16', [0.9, 1.1, 1.3], 3), ('sitkLabelGaussian', 'uint8', [1.5, 1.5, 0], 2),
          ('sitkHammingWindowedSinc', 'float64', [1, 1, 1], 4), ('sitkCosineWindowedSinc', 'int16', [2, 2, 2], 5),
          ('sitkWelchWindowedSinc', 'float32', [1, 1, 0], 1), ('sitkLanczosWindowedSinc', 'nifti', [1.2, 1.2, 1.2], 5),
          ('sitkBlackmanWindowedSinc', 'uint8', [1.1, 1.1, 1.1], 8), ('sitkBSplineResampler', 'int16', [0.7, 0.7, 0.7], 5),
          ('sitkBSplineResamplerOrder1', 'float64', [1, 1, 1], 5), ('sitkBSplineResamplerOrder2', 'nifti', [0.8, 0.8, 0.8], 5),
          ('sitkBSplineResamplerOrder4', 'uint16', [0.6, 0.6, 0], 5), ('sitkBSplineResamplerOrder5', 'float32', [1, 1, 1], 5))],
    ('everything_overridden', 'float64', {'binWidth': 20, **resampled([1, 1, 1], 'sitkBSpline')}, {
        'Original': {'binWidth': 5}, 'LoG': {'sigma': [1.0], 'binCount': 20}, 'Gradient': {'gradientUseSpacing': False, 'binWidth': 4},
        'Wavelet': {'wavelet': 'haar', 'binWidth': 12, 'voxelArrayShift': 50}}),
]

for name, kind, settings, image_types in cases:
    image, mask = phantoms[kind]
    extractor = featureextractor.RadiomicsFeatureExtractor(**settings)
    extractor.disableAllImageTypes()
    extractor.disableAllFeatures()
    for image_type, options in image_types.items():
        extractor.enableImageTypeByName(image_type, customArgs=options)
    extractor.enableFeaturesByName(**classes)
    result = extractor.execute(f'{out}/{image}', f'{out}/{mask}')
    features = {key: float(value) for key, value in result.items() if not key.startswith('diagnostics')}
    golden = {
        'name': f'{name}__{kind}', 'image': image, 'mask': mask, 'settings': settings, 'imageType': image_types,
        'featureClass': classes, 'features': {key: value if math.isfinite(value) else None for key, value in features.items()},
    }
    with open(f'{out}/goldens/{name}__{kind}.json', 'w') as file:
        json.dump(golden, file, indent=0)
    print(golden['name'], len(features))
