"""Elementary functions correctly rounded by mpmath: reference/elementary/values.json. Run: python elementary.py OUT.json"""
import json
import random
import sys

import mpmath as mp

mp.mp.prec = 300
rng = random.Random(18)
ranges = {
    "exp": [(-745, 709), (-1, 1), (-1e-8, 1e-8)],
    "log": [(1e-300, 1e-290), (0.5, 2), (0.99, 1.01), (1, 1e12)],
    "log2": [(1e-300, 1e-290), (0.5, 2), (0.99, 1.01), (1, 1e12)],
    "log1p": [(-0.9, 10), (-1e-8, 1e-8)],
    "expm1": [(-20, 20), (-1e-3, 1e-3)],
    "sin": [(-7, 7), (-1e4, 1e4)],
    "cos": [(-7, 7), (-1e4, 1e4)],
}
functions = {
    "exp": mp.exp, "log": mp.log, "log2": lambda x: mp.log(x) / mp.log(2), "log1p": lambda x: mp.log(1 + x),
    "expm1": lambda x: mp.exp(x) - 1, "sin": mp.sin, "cos": mp.cos,
}
out = {"tool": "mpmath " + mp.__version__}
for name, parts in ranges.items():
    points = [rng.uniform(low, high) for low, high in parts for _ in range(400)]
    out[name] = [[x, float(functions[name](mp.mpf(x)))] for x in points]
json.dump(out, open(sys.argv[1], "w"))
