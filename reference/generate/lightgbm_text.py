"""LightGBM's text format both ways. Usage: lightgbm_text.py reference/

Writes tree-models/peer-model.txt (a model that LightGBM trained and saved) and tree-models/text-scores.json: LightGBM's
raw scores of the rows of learning/T_test.csv by that model and by tree-models/own-model.txt, which this project wrote
(the test text-format.test.ts writes it when it is run with -u). Needs lightgbm 4.7.0, numpy 1.26.4.
"""
import csv
import json
import pathlib
import sys

import lightgbm
import numpy as np

folder = pathlib.Path(sys.argv[1])


def load(name):
    with open(folder / "learning" / name) as file:
        rows = list(csv.reader(file))
    values = np.array([[float(cell) for cell in row] for row in rows[1:]])
    return rows[0][2:], values[:, 2:], values[:, 1].astype(int)


names, x, y = load("T_train.csv")
_, new, _ = load("T_test.csv")
fixed = dict(deterministic=True, force_row_wise=True, n_jobs=1, verbose=-1)
model = lightgbm.LGBMClassifier(n_estimators=6, num_leaves=5, min_child_samples=10, **fixed)
model.fit(x, y, feature_name=names)
model.booster_.save_model(str(folder / "tree-models" / "peer-model.txt"))
scores = {"lightgbm": lightgbm.__version__, "peer": model.predict(new, raw_score=True).tolist()}
own = folder / "tree-models" / "own-model.txt"
if own.exists():
    loaded = lightgbm.Booster(model_file=str(own))
    scores["own"] = loaded.predict(new, raw_score=True).tolist()
    scores["ownProbability"] = loaded.predict(new).tolist()
with open(folder / "tree-models" / "text-scores.json", "w") as file:
    json.dump(scores, file, separators=(",", ":"))
