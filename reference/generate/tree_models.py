"""Answers of scikit-learn and LightGBM for random tables and settings of boosted trees.

Usage: tree_models.py OUT.json [CASES] [SEED]
Needs scikit-learn 1.2.1, lightgbm 4.7.0, numpy 1.26.4. One thread. What is in the file: reference/tree-models/SOURCE.md.
"""
import json
import sys
import warnings

import lightgbm
import numpy as np
import sklearn
import sklearn.ensemble._gb as gb
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingClassifier
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")
REFITS = 8


def column(rng, n, outcome):
    """One column of a random kind; most carry some signal."""
    x = rng.normal(size=n) + rng.choice([0, 0, 0.4, 0.8, 1.5]) * outcome
    kind = rng.integers(12)
    if kind == 0:
        return np.round(x, 1)
    if kind == 1:
        return np.round(x)
    if kind == 2:
        return (x > rng.normal()).astype(float)
    if kind == 3:
        return np.where(rng.random(n) < 0.7, 0.0, x)
    if kind == 4:
        return x * 10.0 ** rng.integers(-8, 9)
    if kind == 5:
        return np.exp(2 * x)
    if kind == 6:
        return -np.exp(x)
    if kind == 7:
        return np.where(rng.random(n) < 0.85, 1.0, np.round(x, 2))
    if kind == 8:
        return 1000 + x * 1e-3
    return x


def table(rng):
    n = int(rng.integers(25, 260))
    p = int(rng.integers(1, 16))
    outcome = (rng.random(n) < rng.uniform(0.15, 0.6)).astype(int)
    outcome[:3] = [0, 1, 1]
    x = np.column_stack([column(rng, n, outcome) for _ in range(p)])
    if p > 2 and rng.random() < 0.3:
        x[:, 1] = 3.25
    if p > 3 and rng.random() < 0.3:
        x[:, 2] = x[:, 3]
    new = x[rng.integers(n, size=20)] + rng.choice([0, 0.01, 0.5]) * rng.normal(size=(20, p))
    return x, outcome, new


def pick(rng, **options):
    """A random setting: every option is given with probability one half."""
    return {name: values[rng.integers(len(values))] for name, values in options.items() if rng.random() < 0.5}


def answers(model, x, new):
    return {
        "trainDecision": model.decision_function(x).tolist(),
        "newDecision": model.decision_function(new).tolist(),
        "newProbability": model.predict_proba(new)[:, 1].tolist(),
    }


def spread(refits, x, new):
    """Largest range of a probability over fits that differ in random_state only."""
    return max(float(np.ptp([r.predict_proba(q)[:, 1] for r in refits], axis=0).max()) for q in (x, new))


def gradient_boosting(rng, x, y, new):
    options = pick(
        rng,
        loss=["log_loss", "exponential"],
        learning_rate=[0.05, 0.3],
        n_estimators=[5, 30],
        criterion=["squared_error"],
        max_depth=[1, 2, 4, None],
        min_samples_split=[5, 0.2],
        min_weight_fraction_leaf=[0.05],
        min_impurity_decrease=[0.001, 0.01],
        max_leaf_nodes=[3, 6],
    )
    options["min_samples_leaf"] = [4, 8, 12, 0.1][rng.integers(4)]
    options.setdefault("n_estimators", 20)
    record = {"options": options}
    bags, parts = [], {}
    extra = rng.integers(3)
    if extra == 1:
        options["subsample"] = 0.7
    if extra == 2:
        options.update(n_iter_no_change=3, validation_fraction=0.25, tol=0.001)
    draw, split = gb._random_sample_mask, gb.train_test_split

    def fit(state, again):
        """A fit whose drawn rows are recorded, or are those recorded before, so that only ties can differ."""
        replay = iter(bags)

        def mask(*given):
            if again:
                return np.array(next(replay), dtype=bool)
            bags.append(np.asarray(draw(*given)).astype(int).tolist())
            return np.array(bags[-1], dtype=bool)

        def parted(a, b, c, **given):
            if not again:
                chosen = split(np.arange(len(b)), random_state=given["random_state"], test_size=given["test_size"], stratify=given["stratify"])
                parts.update(fit=chosen[0].tolist(), held=chosen[1].tolist())
            fitted, held = parts["fit"], parts["held"]
            return a[fitted], a[held], b[fitted], b[held], c[fitted], c[held]

        gb._random_sample_mask, gb.train_test_split = mask, parted
        try:
            return GradientBoostingClassifier(**options, random_state=state).fit(x, y)
        finally:
            gb._random_sample_mask, gb.train_test_split = draw, split

    model = fit(0, False)
    record["spread"] = spread([model] + [fit(state, True) for state in range(1, REFITS)], x, new)
    record.update(bags=bags, **({"parts": parts} if parts else {}))
    record.update(answers(model, x, new), trees=model.n_estimators_)
    return record


def adaboost(rng, x, y, new):
    options = pick(rng, learning_rate=[0.5, 1.5], n_estimators=[10, 60], algorithm=["SAMME"])
    tree = pick(rng, max_depth=[2, 3], min_samples_leaf=[3, 8], max_leaf_nodes=[3])
    tree.setdefault("max_depth", 1)

    def make(state):
        return AdaBoostClassifier(estimator=DecisionTreeClassifier(**tree), **options, random_state=state)

    record = {"options": {**options, "estimator": tree}}
    try:
        model = make(0).fit(x, y)
        record["spread"] = spread([model] + [make(state).fit(x, y) for state in range(1, REFITS)], x, new)
    except ValueError as error:
        return {**record, "error": str(error)}
    return {**record, **answers(model, x, new), "trees": len(model.estimators_)}


def light(rng, x, y, new):
    options = pick(
        rng,
        num_leaves=[2, 4, 12],
        max_depth=[2, 3],
        learning_rate=[0.03, 0.3],
        min_split_gain=[0.01, 0.3],
        min_child_weight=[0.1, 2.0],
        min_child_samples=[1, 5, 10],
        reg_alpha=[0.1, 1.0],
        reg_lambda=[0.5, 5.0],
        max_bin=[4, 16, 63],
        min_data_in_bin=[1, 10],
        feature_fraction_bynode=[0.5],
        colsample_bytree=[0.5, 0.8],
        boost_from_average=[False],
        feature_pre_filter=[False],
        random_state=[0, 17],
    )
    options["n_estimators"] = int([5, 30, 60][rng.integers(3)])
    extra = rng.integers(5)
    if extra == 0:
        options["is_unbalance"] = True
    if extra == 1:
        options["scale_pos_weight"] = 2.5
    if extra == 2:
        options["class_weight"] = "balanced"
    if rng.random() < 0.3:
        options.update(subsample=[0.4, 0.8][rng.integers(2)], subsample_freq=int(rng.integers(1, 4)))
    record = {"options": options}
    fixed = dict(deterministic=True, force_row_wise=True, n_jobs=1, verbose=-1)
    model = lightgbm.LGBMClassifier(**options, **fixed)
    if rng.random() < 0.25 and len(y) > 60:
        order = rng.permutation(len(y))
        held, fit = np.sort(order[: len(y) // 4]), np.sort(order[len(y) // 4 :])
        if len(set(y[fit])) == 2:
            options["early_stopping_round"] = 4
            record["parts"] = {"fit": fit.tolist(), "held": held.tolist()}
            model = lightgbm.LGBMClassifier(**{k: v for k, v in options.items() if k != "early_stopping_round"}, **fixed)
            model.fit(x[fit], y[fit], eval_set=[(x[held], y[held])], callbacks=[lightgbm.early_stopping(4, verbose=False)])
    if "parts" not in record:
        model.fit(x, y)
    best = model.best_iteration_ or -1
    trees = model.booster_.dump_model(num_iteration=best)["tree_info"]
    record.update(
        trainDecision=model.predict(x, raw_score=True).tolist(),
        newDecision=model.predict(new, raw_score=True).tolist(),
        newProbability=model.predict_proba(new)[:, 1].tolist(),
        trees=len(trees),
        leaves=[tree["num_leaves"] for tree in trees],
    )
    return record


def main():
    out, cases, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10, int(sys.argv[3]) if len(sys.argv) > 3 else 1
    rng = np.random.default_rng(seed)
    result = []
    for number in range(cases):
        x, y, new = table(rng)
        result.append(
            {
                "case": number,
                "columns": x.T.tolist(),
                "outcomes": y.tolist(),
                "new": new.T.tolist(),
                "gradient-boosting": gradient_boosting(rng, x, y, new),
                "adaboost": adaboost(rng, x, y, new),
                "lightgbm": light(rng, x, y, new),
            }
        )
    versions = {"scikit-learn": sklearn.__version__, "lightgbm": lightgbm.__version__, "numpy": np.__version__}
    with open(out, "w") as file:
        json.dump({"seed": seed, "versions": versions, "cases": result}, file, separators=(",", ":"))


main()
