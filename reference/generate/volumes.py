"""Makes reference/volumes: small files written by nibabel, pynrrd, SimpleITK, teem and Python's bz2/gzip, and
expected.json, which says what those tools read from them and from the third-party samples.

Run:  pip install nibabel==5.4.2 pynrrd==1.1.3 SimpleITK==2.5.7 numpy==2.4.6   (and Debian's teem-apps for `teem-unu`)
      python reference/generate/volumes.py [folder of the third-party samples]
"""
import bz2, gzip, hashlib, json, pathlib, struct, subprocess, sys
import nibabel as nib
import nrrd
import numpy as np
import SimpleITK as sitk

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / 'volumes'
FILES = OUT / 'files'
SHARED = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[2] / 'shared' / 'data'
SIZE = (5, 4, 3)
LPS = np.diag([-1.0, -1.0, 1.0])
rng = np.random.default_rng(20261124)


def oblique(spacing=(0.8, 1.1, 2.5), origin=(-41.5, 17.25, 103.125), left_handed=False):
    """RAS affine of a grid turned about all three axes."""
    a, b, c = np.radians([20, -35, 50])
    rx = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    ry = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    rz = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    rotation = rz @ ry @ rx
    if left_handed:
        rotation[:, 2] *= -1
    affine = np.eye(4)
    affine[:3, :3] = rotation * np.array(spacing)
    affine[:3, 3] = origin
    return affine


def values_of(dtype):
    dtype = np.dtype(dtype)
    if dtype.kind == 'f':
        return rng.normal(0, 1000, SIZE).astype(dtype)
    info = np.iinfo(dtype)
    low, high = max(info.min, -2**52), min(info.max, 2**52)
    return rng.integers(low, high, SIZE, dtype=np.int64, endpoint=True).astype(dtype)


def digest(values):
    """Sum, SHA-256 of little-endian doubles with x fastest (NaN as 0, counted apart) and some voxels."""
    flat = np.asarray(values, dtype=np.float64).flatten(order='F')
    nans = int(np.isnan(flat).sum())
    clean = np.where(np.isnan(flat), 0.0, flat)
    picks = sorted({0, 7 % flat.size, flat.size // 3, flat.size // 2, flat.size - 1})
    return {'nan': nans, 'sha256': hashlib.sha256(clean.astype('<f8').tobytes()).hexdigest(),
            'voxels': {str(i): float(clean[i]) for i in picks}}


def entry_of(shape, spacing, origin, direction, element, values, **more):
    return {'size': [int(n) for n in shape], 'spacing': [float(s) for s in spacing], 'origin': [float(o) for o in origin],
            'direction': [float(d) for d in np.asarray(direction).flatten()], 'elementType': element,
            **digest(values), **more}


SITK_TYPES = {sitk.sitkInt8: 'int8', sitk.sitkUInt8: 'uint8', sitk.sitkInt16: 'int16', sitk.sitkUInt16: 'uint16',
              sitk.sitkInt32: 'int32', sitk.sitkUInt32: 'uint32', sitk.sitkInt64: 'int64', sitk.sitkUInt64: 'uint64',
              sitk.sitkFloat32: 'float32', sitk.sitkFloat64: 'float64'}


def from_itk(path, index=None):
    image = sitk.ReadImage(str(path))
    if image.GetDimension() == 4:
        image = image[:, :, :, index]
    array = sitk.GetArrayFromImage(image).transpose(2, 1, 0)
    return entry_of(image.GetSize(), image.GetSpacing(), image.GetOrigin(), image.GetDirection(),
                    SITK_TYPES[image.GetPixelID()], array, peer='SimpleITK', **({} if index is None else {'index': index}))


def from_pynrrd(path):
    data, header = nrrd.read(str(path))
    steps = np.asarray(header['space directions']).T
    spacing = np.linalg.norm(steps, axis=0)
    return entry_of(data.shape, spacing, header['space origin'], steps / spacing, data.dtype.name, data, peer='pynrrd')


def from_nibabel(path, index=None):
    image = nib.load(path)
    affine = image.affine
    steps = LPS @ affine[:3, :3]
    spacing = np.linalg.norm(steps, axis=0)
    data = np.asarray(image.dataobj)
    if data.ndim == 4:
        data = data[..., index]
    data = data.reshape(data.shape + (1,) * (3 - data.ndim))
    element = image.get_data_dtype().newbyteorder('=').name
    return entry_of(data.shape, spacing, LPS @ affine[:3, 3], steps / spacing, element, data, peer='nibabel',
                    **({} if index is None else {'index': index}))


def world_points(affine):
    """LPS positions of some (fractional) voxel indices, by nibabel."""
    return [{'index': list(i), 'world': [float(x) for x in LPS @ nib.affines.apply_affine(affine, i)]}
            for i in ((0, 0, 0), (4, 3, 2), (1.5, 2.25, 0.5))]


def write_nifti(name, data, affine, version=1, order='<', sform=1, qform=1, change=None):
    """nibabel's header and our own concatenation, so that every header field can be set."""
    kind = nib.Nifti1Header if version == 1 else nib.Nifti2Header
    header = kind(endianness=order)
    header.set_data_shape(data.shape)
    header.set_data_dtype(data.dtype.newbyteorder(order))
    header.set_qform(affine, qform)
    header.set_sform(affine, sform)
    offset = 352 if version == 1 else 544
    header['vox_offset'] = offset
    header['magic'] = b'n+1' if version == 1 else header['magic']
    header['scl_slope'], header['scl_inter'] = 1, 0
    header['xyzt_units'] = 2
    if change is not None:
        change(header)
    content = header.binaryblock.ljust(offset, b'\0') + data.astype(data.dtype.newbyteorder(order)).tobytes(order='F')
    path = FILES / name
    path.write_bytes(gzip.compress(content, mtime=0) if name.endswith('.gz') else content)
    return path


def nifti_files(expected):
    affine = oblique()
    for code in ('i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8', 'f4', 'f8'):
        data = values_of(code)
        for order, word in (('<', 'little'), ('>', 'big')):
            path = write_nifti(f'nifti1-{data.dtype.name}-{word}.nii', data, affine, order=order)
            expected[path.name] = from_itk(path)
    for code, order in (('i2', '<'), ('f4', '>'), ('f8', '<')):
        data = values_of(code)
        path = write_nifti(f'nifti2-{data.dtype.name}-{"little" if order == "<" else "big"}.nii.gz', data, affine, version=2, order=order)
        expected[path.name] = from_nibabel(path)
    data = values_of('i2')
    path = write_nifti('nifti1-oblique.nii.gz', data, affine)
    expected[path.name] = {**from_itk(path), 'points': world_points(nib.load(path).affine)}
    left = oblique(left_handed=True)
    path = write_nifti('nifti1-qform-left-handed.nii', data, left, sform=0)
    expected[path.name] = {**from_itk(path), 'points': world_points(nib.load(path).affine)}
    path = write_nifti('nifti1-sform-only.nii', data, left, qform=0)
    expected[path.name] = {**from_itk(path), 'points': world_points(nib.load(path).affine)}

    def no_orientation(header):
        header['pixdim'][1:4] = (0.5, 0.75, 3)
    path = write_nifti('nifti1-no-orientation.nii', data, np.eye(4), sform=0, qform=0, change=no_orientation)
    expected[path.name] = from_itk(path)

    def wrong_pixdim(header):
        header['pixdim'][1:4] = 1
    path = write_nifti('nifti1-sform-scale-wins.nii', data, affine, qform=0, change=wrong_pixdim)
    expected[path.name] = from_nibabel(path)

    def micrometres(header):
        header['xyzt_units'] = 3
    path = write_nifti('nifti1-micrometres.nii', data, affine, change=micrometres)
    expected[path.name] = from_itk(path)

    for name, slope, inter in (('slope', 0.37, -12.5), ('intercept', 1, 5), ('slope-zero', 0, 0), ('slope-nan', np.nan, np.nan)):
        for code in ('i2', 'f4', 'f8') if name == 'slope' else ('i2',):
            def scaling(header):
                header['scl_slope'], header['scl_inter'] = slope, inter
            scaled = values_of(code)
            path = write_nifti(f'nifti1-{name}-{scaled.dtype.name}.nii', scaled, affine, change=scaling)
            expected[path.name] = from_itk(path)
    series = rng.integers(-500, 500, SIZE + (3,), dtype=np.int16)
    path = write_nifti('nifti1-series.nii.gz', series, affine)
    expected[path.name] = from_itk(path, index=2)
    slice_ = rng.integers(-500, 500, (6, 5), dtype=np.int16)
    path = write_nifti('nifti1-slice.nii', slice_, affine)
    expected[path.name] = from_nibabel(path)
    pair = nib.Nifti1Pair(values_of('i2'), affine)
    pair.to_filename(FILES / 'nifti1-pair.hdr')
    expected['nifti1-pair.hdr'] = from_itk(FILES / 'nifti1-pair.hdr')
    whole = (FILES / 'nifti1-oblique.nii.gz').read_bytes()
    content = gzip.decompress(whole)
    (FILES / 'nifti1-members.nii.gz').write_bytes(gzip.compress(content[:400], mtime=0) + gzip.compress(content[400:], mtime=0))
    expected['nifti1-members.nii.gz'] = from_itk(FILES / 'nifti1-members.nii.gz')


def nrrd_files(expected):
    steps = LPS @ oblique()[:3, :3]
    header = {'space': 'left-posterior-superior', 'space directions': steps.T, 'space origin': (41.5, -17.25, 103.125),
              'kinds': ['domain'] * 3}
    for encoding in ('raw', 'gzip', 'bzip2', 'ascii'):
        data = values_of('i2')
        path = FILES / f'nrrd-{encoding}.nrrd'
        nrrd.write(str(path), data, {**header, 'encoding': encoding})
        # ITK's NrrdIO is built without bzip2.
        expected[path.name] = from_pynrrd(path) if encoding == 'bzip2' else from_itk(path)
    for code in ('i1', 'u1', 'u2', 'i4', 'u4', 'i8', 'u8', 'f4', 'f8'):
        data = values_of(code)
        path = FILES / f'nrrd-{data.dtype.name}.nrrd'
        nrrd.write(str(path), data, {**header, 'encoding': 'gzip'})
        expected[path.name] = from_itk(path)
    points = [{'index': [float(k) for k in i], 'world': list(sitk.ReadImage(str(FILES / 'nrrd-raw.nrrd')).TransformContinuousIndexToPhysicalPoint(i))}
              for i in ((0.0, 0.0, 0.0), (4.0, 3.0, 2.0), (1.5, 2.25, 0.5))]
    expected['nrrd-raw.nrrd']['points'] = points
    for space in ('right-anterior-superior', 'left-anterior-superior', 'LPS', 'RAS', 'LAS'):
        path = FILES / f'nrrd-space-{space}.nrrd'
        data = values_of('u1')
        nrrd.write(str(path), data, {**header, 'space': space, 'encoding': 'gzip'})
        expected[path.name] = from_itk(path)
    path = FILES / 'nrrd-spacings.nrrd'
    nrrd.write(str(path), values_of('i2'), {'spacings': (0.5, 0.75, 3), 'encoding': 'gzip'})
    expected[path.name] = from_itk(path)
    for where in (0, 3):
        series = rng.integers(-500, 500, (3,) + SIZE if where == 0 else SIZE + (3,), dtype=np.int16)
        directions = np.insert(steps.T, where, np.nan, axis=0)
        kinds = ['domain'] * 3
        kinds.insert(where, 'list')
        path = FILES / f'nrrd-series-axis-{where}.nrrd'
        nrrd.write(str(path), series, {**header, 'space directions': directions, 'kinds': kinds, 'encoding': 'gzip'})
        back, _ = nrrd.read(str(path))
        spacing = np.linalg.norm(steps, axis=0)
        expected[path.name] = entry_of(SIZE, spacing, header['space origin'], steps / spacing, 'int16', np.take(back, 1, axis=where), peer='pynrrd', index=1)
    data = values_of('i4')
    nrrd.write(str(FILES / 'nrrd-detached.nhdr'), data, {**header, 'encoding': 'gzip'})
    expected['nrrd-detached.nhdr'] = from_itk(FILES / 'nrrd-detached.nhdr')
    raw = FILES / 'nrrd-raw.nrrd'
    for name, options in (('hex-big', ['-e', 'hex', '-en', 'big']), ('ascii-teem', ['-e', 'ascii']), ('raw-big', ['-e', 'raw', '-en', 'big'])):
        path = FILES / f'nrrd-{name}.nrrd'
        subprocess.run(['teem-unu', 'save', '-f', 'nrrd', *options, '-i', str(raw), '-o', str(path)], check=True)
        expected[path.name] = {**expected[raw.name], 'peer': 'teem'}
        del expected[path.name]['points']
    base = '\n'.join(['NRRD0004', 'type: short', 'dimension: 3', 'space: left-posterior-superior', 'sizes: 5 4 3',
                      'space directions: (1,0,0) (0,1,0) (0,0,1)', 'space origin: (0,0,0)', 'endian: little', 'encoding: raw'])
    slices = values_of('i2')
    for k in range(3):
        (FILES / f'slice{k + 1:02d}.raw').write_bytes(slices[:, :, k].astype('<i2').tobytes(order='F'))
    for name, field in (('list', 'LIST\nslice01.raw\nslice02.raw\nslice03.raw'), ('pattern', 'slice%02d.raw 1 3 1')):
        path = FILES / f'nrrd-{name}.nhdr'
        path.write_text(f'{base}\ndata file: {field}\n')
        expected[path.name] = from_itk(path)


def compression_files(expected):
    text = ''.join(f'{k * k % 9973} {"ab" * (k % 7)}\n' for k in range(6_000)).encode() * 16
    contents = {'empty': b'', 'one-byte': b'x', 'runs': b''.join(bytes([k % 5]) * (k % 700) for k in range(1500)),
                'text': text, 'all-bytes': bytes(range(256)) * 3}
    for name, whole in contents.items():
        for level in (1, 9):
            content = whole if level == 9 else whole[:250_000]  # several blocks at either level
            path = FILES / f'{name}-{level}.bz2'
            path.write_bytes(bz2.compress(content, level))
            expected[path.name] = {'length': len(content), 'sha256': hashlib.sha256(content).hexdigest()}
    path = FILES / 'two-streams.bz2'
    path.write_bytes(bz2.compress(contents['runs']) + bz2.compress(contents['one-byte']))
    content = contents['runs'] + contents['one-byte']
    expected[path.name] = {'length': len(content), 'sha256': hashlib.sha256(content).hexdigest()}


def samples(expected):
    """Third-party files: what the peers read of them, or why they refuse."""
    series = {'example4d.nii.gz', 'example_nifti2.nii.gz', 'functional.nii'}
    for folder in ('nifti-samples', 'nrrd-samples', 'mri-pyradiomics', 'mri-prostate-mask-variants', 'mri-sts002-t1-rtstruct'):
        for path in sorted((SHARED / folder).rglob('*')):
            if not path.name.endswith(('.nii', '.nii.gz', '.nrrd', '.nhdr')):
                continue
            name = path.relative_to(SHARED).as_posix()
            if path.name == 'test2d_ascii.nrrd':
                data, _ = nrrd.read(str(path))
                expected[name] = entry_of((3, 9, 1), (1.0458, 2, 1), (0, 0, 0), np.eye(3), 'uint16', data, peer='pynrrd')
            elif path.name == 'test_simple4d_raw.nrrd':
                data, header = nrrd.read(str(path))
                expected[name] = entry_of((1, 1, 1), (1.5, 1.5, 1), (0, 0, 0), LPS, 'float64', data, peer='pynrrd')
            elif path.name in ('test1d_ascii.nrrd', 'test_customFields.nrrd'):
                expected[name] = {'refused': 'volume-dimensions', 'peer': 'pynrrd', 'reason': f'{nrrd.read(str(path))[0].ndim} axis'}
            elif folder == 'nrrd-samples' and path.suffix in ('.nhdr', '.nrrd'):
                try:
                    data, header = nrrd.read(str(path))
                    expected[name] = entry_of(data.shape, (1, 1, 1), header['space origin'], header['space directions'], data.dtype.name, data, peer='pynrrd')
                except Exception as reason:
                    expected[name] = {'refused': 'volume-truncated' if 'minus_five' in name else 'volume-header', 'peer': 'pynrrd', 'reason': str(reason)}
            else:
                # ITK reads no NIfTI-2 and turns NaN into 0.
                read = from_nibabel if path.name in ('example_nifti2.nii.gz', 'resampled_anat_moved.nii') else from_itk
                expected[name] = read(path, 1 if path.name in series else None)


FILES.mkdir(parents=True, exist_ok=True)
sections = {'files': {}, 'bzip2': {}, 'samples': {}}
nifti_files(sections['files'])
nrrd_files(sections['files'])
compression_files(sections['bzip2'])
samples(sections['samples'])
tools = {'nibabel': nib.__version__, 'pynrrd': nrrd.__version__, 'SimpleITK': sitk.Version_VersionString(), 'numpy': np.__version__, 'teem': '1.12.0'}
(OUT / 'expected.json').write_text(json.dumps({'tools': tools, **sections}, indent=1) + '\n')
print({name: len(section) for name, section in sections.items()})
