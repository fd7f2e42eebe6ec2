"""Decomposition filters of every discrete wavelet as PyWavelets tables them, written as TypeScript data.

Usage: python wavelets.py packages/radiomics/src/filters/wavelet/banks   (PyWavelets 1.9.0)
Orthogonal families need the low pass only (the high pass is its quadrature mirror); biorthogonal ones need both.
"""
import sys

import pywt

out = sys.argv[1]
quadrature = lambda low: [(-1) ** (k + 1) * c for k, c in enumerate(reversed(low))]


def number(value):
    text = repr(float(value))
    return text[:-2] if text.endswith('.0') else text


def write(file, doc, lines):
    with open(f'{out}/{file}.ts', 'w') as f:
        f.write(f'/** {doc} Printed by reference/generate/wavelets.py. */\n')
        f.write('\n'.join(lines) + '\n')


for family, doc in (('db', 'Daubechies'), ('sym', 'Symlets'), ('coif', 'Coiflets')):
    lines = [f"export const {family}: Readonly<Record<string, readonly number[]>> = {{"]
    for name in pywt.wavelist(family, kind='discrete'):
        w = pywt.Wavelet(name)
        assert list(w.dec_hi) == quadrature(w.dec_lo), name
        lines.append(f"  {name}: [{', '.join(map(number, w.dec_lo))}],")
    write(family, f'{doc}: low pass of the decomposition.', lines + ['};'])

w = pywt.Wavelet('dmey')
assert list(w.dec_hi) == quadrature(w.dec_lo)
write('dmey', 'Discrete Meyer wavelet: low pass of the decomposition.', [f"export const dmey: readonly number[] = [{', '.join(map(number, w.dec_lo))}];"])

assert list(pywt.Wavelet('haar').dec_lo) == list(pywt.Wavelet('db1').dec_lo)
lines = ['export const bior: Readonly<Record<string, { readonly low: readonly number[]; readonly high: readonly number[] }>> = {']
for name in pywt.wavelist('bior', kind='discrete'):
    w = pywt.Wavelet(name)
    lines.append(f"  '{name}': {{ low: [{', '.join(map(number, w.dec_lo))}], high: [{', '.join(map(number, w.dec_hi))}] }},")
write('bior', 'Biorthogonal wavelets: low and high pass of the decomposition.', lines + ['};'])
lines = ['export const rbio: Readonly<Record<string, { readonly low: readonly number[]; readonly high: readonly number[] }>> = {']
for name in pywt.wavelist('rbio', kind='discrete'):
    w = pywt.Wavelet(name)
    lines.append(f"  '{name}': {{ low: [{', '.join(map(number, w.dec_lo))}], high: [{', '.join(map(number, w.dec_hi))}] }},")
write('rbio', 'Reverse biorthogonal wavelets: low and high pass of the decomposition.', lines + ['};'])
