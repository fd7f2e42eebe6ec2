"""Columns in the order in which mrmr_selection 0.2.8 takes them (FCQ: F over the mean absolute correlation), on tables of the
reference. Usage: mrmr_order.py reference/learning OUT.json   (reference/learning/mrmr.json)"""
import json
import sys

import mrmr
import pandas as pd
from importlib.metadata import version

folder, out = sys.argv[1:]
cases = []
for name, keep in (("A_train", 21), ("A_train", 5), ("B_train", 60), ("T_train", 12), ("C", 5)):
    table = pd.read_csv(f"{folder}/{name}.csv")
    x = table.drop(columns=[column for column in ("row", "y") if column in table])
    order = mrmr.mrmr_classif(x, table["y"], K=keep, show_progress=False, n_jobs=1)
    cases.append({"table": name, "keep": keep, "order": order})
json.dump({"tool": f"mrmr_selection {version('mrmr_selection')}", "cases": cases}, open(out, "w"), separators=(',', ':'))
