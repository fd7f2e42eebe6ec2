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
bases = [(1e-5, 1e5), (0.9, 1.1), (1e-200, 1e-190), (1e10, 1e12)]
pairs = [(rng.uniform(low, high), rng.uniform(-20, 20)) for low, high in bases for _ in range(300)]
pairs += [(rng.uniform(0, 1e6), y) for y in (1 / 3, -1 / 3, 0.25, 1.5, 3, -3, 7, 33, -60) for _ in range(60)]
powers = [[x, y, float(mp.power(mp.mpf(x), mp.mpf(y)))] for x, y in pairs]
out["pow"] = [row for row in powers if 1e-300 < row[2] < 1e300]
json.dump(out, open(sys.argv[1], "w"))
