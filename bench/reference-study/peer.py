"""The same work in scikit-learn, LightGBM and NumPy: python peer.py DATA THREADS OUT.

Written to be fast: ranks and one matrix product for the Spearman matrix, all Mann-Whitney tests and all ICCs at once,
processes for classifiers and bootstraps that are started before the clock, AUCs from ranks, resampled AUCs in one array.
Reading the tables and starting the processes are not timed.
"""
import json
import os
import resource
import sys
import time

folder, threads, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = str(threads)

import warnings

import joblib
import numpy as np
from lightgbm import LGBMClassifier
from scipy.stats import mannwhitneyu, norm, rankdata
from sklearn.calibration import CalibratedClassifierCV
from sklearn.decomposition import PCA
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingClassifier
from sklearn.linear_model import LassoCV, LogisticRegression
from sklearn.model_selection import KFold
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.svm import SVC

warnings.filterwarnings("ignore")
meta = json.load(open(f"{folder}/meta.json"))
n, rows = meta["training"], meta["rows"]
outcomes = np.array(meta["outcomes"])
y, y_rest = outcomes[:n], outcomes[n:]


def table(name):
    return np.fromfile(f"{folder}/{name}.f64").reshape(-1, rows).T


tables = {name: table(name) for name in ("radiomics", "reader1", "reader2", "deep", "clinical")}
draws = np.fromfile(f"{folder}/optimism.u32", dtype=np.uint32).reshape(meta["bootstraps"], n)
stratified = np.fromfile(f"{folder}/differences.u32", dtype=np.uint32).reshape(meta["differences"], rows - n)


def auc(scores, truth):
    positives = truth.sum()
    ranks = rankdata(scores)
    return (ranks[truth == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(truth) - positives))


def icc(a, b):
    k = 2
    subject = (a + b) / 2
    grand = subject.mean(axis=0)
    between = k * ((subject - grand) ** 2).sum(axis=0) / (n - 1)
    reader = n * ((a.mean(axis=0) - grand) ** 2 + (b.mean(axis=0) - grand) ** 2)
    total = ((a - grand) ** 2 + (b - grand) ** 2).sum(axis=0)
    error = (total - between * (n - 1) - reader) / (n - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (between - error) / (between + error + 2 * (reader - error) / n)


def lasso(z):
    model = LassoCV(cv=10, n_jobs=threads, max_iter=100000).fit(z, y)
    return np.flatnonzero(model.coef_), model.alpha_


def select_radiomics():
    x = tables["radiomics"][:n]
    counts = []
    columns = np.flatnonzero(icc(tables["reader1"][:n], tables["reader2"][:n]) >= 0.8)
    counts.append(len(columns))
    columns = columns[np.ptp(x[:, columns], axis=0) > 0]
    counts.append(len(columns))
    ranks = rankdata(x[:, columns], axis=0)
    ranks -= ranks.mean(axis=0)
    ranks /= np.sqrt((ranks**2).sum(axis=0))
    above = np.abs(ranks.T @ ranks) > 0.8
    excluded = np.zeros(len(columns), dtype=bool)
    kept = []
    for j in range(len(columns)):
        if not excluded[j]:
            kept.append(j)
            excluded |= above[j]
    columns = columns[kept]
    counts.append(len(columns))
    p = mannwhitneyu(x[y == 1][:, columns], x[y == 0][:, columns], axis=0).pvalue
    columns = columns[p < 0.05]
    counts.append(len(columns))
    mean, sd = x[:, columns].mean(axis=0), x[:, columns].std(axis=0)
    z = (tables["radiomics"][:, columns] - mean) / sd
    chosen, alpha = lasso(z[:n])
    return {"counts": counts, "kept": columns[chosen], "alpha": alpha, "columns": z[:, chosen]}


def select_deep():
    x = tables["deep"]
    pca = PCA(n_components=min(128, n - 1, x.shape[1]), svd_solver="full").fit(x[:n])
    scores = pca.transform(x)
    flip = np.sign(pca.components_[np.arange(len(pca.components_)), np.abs(pca.components_).argmax(axis=1)])
    scores *= flip
    p = mannwhitneyu(scores[:n][y == 1], scores[:n][y == 0], axis=0).pvalue
    columns = np.flatnonzero(p < 0.05)
    mean, sd = scores[:n, columns].mean(axis=0), scores[:n, columns].std(axis=0)
    z = (scores[:, columns] - mean) / sd
    chosen, alpha = lasso(z[:n])
    return {"counts": [scores.shape[1], len(columns)], "kept": columns[chosen], "alpha": alpha, "columns": z[:, chosen]}


makers = {
    "logistic-regression": lambda: LogisticRegression(max_iter=1000),
    "gaussian-nb": GaussianNB,
    "svm": lambda: CalibratedClassifierCV(SVC(), method="sigmoid", cv=KFold(5), ensemble=False),
    "knn": KNeighborsClassifier,
    "lightgbm": lambda: LGBMClassifier(n_jobs=1, verbosity=-1, deterministic=True, force_row_wise=True),
    "gradient-boosting": lambda: GradientBoostingClassifier(random_state=0),
    "adaboost": lambda: AdaBoostClassifier(random_state=0),
    "mlp": lambda: MLPClassifier(random_state=0),
}


def classify(name, x):
    out_of_fold = np.zeros(n)
    fold_aucs = []
    for test in meta["folds"]:
        train = np.setdiff1d(np.arange(n), test)
        p = makers[name]().fit(x[train], y[train]).predict_proba(x[test])[:, 1]
        out_of_fold[test] = p
        fold_aucs.append(auc(p, y[test]))
    final = makers[name]().fit(x[:n], y)
    return {"foldAucs": fold_aucs, "outOfFold": out_of_fold.tolist(), "validation": final.predict_proba(x[n:])[:, 1].tolist()}


def optimism(x, some):
    gaps = []
    for drawn in some:
        model = LogisticRegression(max_iter=1000).fit(x[drawn], y[drawn])
        p = model.predict_proba(x)[:, 1]
        q = p[drawn]
        gaps.append(
            (auc(q, y[drawn]) - auc(p, y), np.mean((q - y[drawn]) ** 2) - np.mean((p - y) ** 2))
        )
    return gaps


def resampled_aucs(scores):
    m = int(y_rest.sum())
    ranks = rankdata(np.asarray(scores)[stratified], axis=1)
    return (ranks[:, :m].sum(axis=1) - m * (m + 1) / 2) / (m * (len(y_rest) - m))


def cpu():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def child_cpu():
    # a process of the pool reports its own time: that of children counts only when they have ended
    used = resource.getrusage(resource.RUSAGE_SELF)
    return os.getpid(), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def warm(_):
    time.sleep(0.5)
    return child_cpu()


pool = joblib.Parallel(n_jobs=threads, backend="loky", batch_size=1)
parts = {}
with pool, joblib.parallel_backend("loky", n_jobs=threads, inner_max_num_threads=1):
    workers = joblib.Parallel(n_jobs=threads, batch_size=1)

    def children():
        found = {pid: (seconds, peak) for pid, seconds, peak in workers(joblib.delayed(warm)(k) for k in range(2 * threads))}
        return sum(seconds for seconds, _ in found.values()), sum(peak for _, peak in found.values())

    children()

    def timed(name, work):
        before_children, _ = children()
        before, start = cpu(), time.perf_counter()
        result = work()
        wall, own = time.perf_counter() - start, cpu() - before
        parts[name] = {"wall": wall, "cpu": own + children()[0] - before_children}
        return result

    radiomics, deep = timed("selection", lambda: (select_radiomics(), select_deep()))
    inputs = {
        "dlr": np.hstack([radiomics["columns"], deep["columns"], tables["clinical"]]),
        "radiomics": radiomics["columns"],
        "deep": deep["columns"],
        "clinical": np.ascontiguousarray(tables["clinical"]),
    }
    jobs = [(name, model) for name in makers for model in inputs]
    classified = timed(
        "classifiers", lambda: workers(joblib.delayed(classify)(name, inputs[model]) for name, model in jobs)
    )
    chunks = [(model, part) for model in inputs for part in np.array_split(draws, 8)]
    gaps = timed("optimism", lambda: workers(joblib.delayed(optimism)(inputs[model][:n], part) for model, part in chunks))
    scores = {model: classified[jobs.index(("logistic-regression", model))]["validation"] for model in inputs}
    names = list(inputs)
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]

    def differences():
        resampled = {model: resampled_aucs(scores[model]) for model in inputs}
        found = []
        for a, b in pairs:
            gap = resampled[a] - resampled[b]
            own = auc(np.asarray(scores[a]), y_rest) - auc(np.asarray(scores[b]), y_rest)
            d = own / gap.std(ddof=1)
            tail = 2 * min((gap <= 0).mean(), (gap >= 0).mean())
            found.append({"pair": [a, b], "difference": own, "d": d, "p": 2 * norm.sf(abs(d)), "ci": np.percentile(gap, [2.5, 97.5]).tolist(), "tail": min(1, tail)})
        return found

    tested = timed("differences", differences)
    child_peak = children()[1]

result = {
    "parts": parts,
    "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "peakMegabytesOfProcesses": child_peak,
    "selection": {
        name: {"counts": one["counts"], "kept": one["kept"].tolist(), "alpha": one["alpha"]}
        for name, one in (("radiomics", radiomics), ("deep", deep))
    },
    "classifiers": [{"model": model, "classifier": name, **one} for (name, model), one in zip(jobs, classified)],
    "optimism": [
        {
            "model": model,
            **dict(zip(("auc", "brier"), np.mean(sum((g for (m, _), g in zip(chunks, gaps) if m == model), []), axis=0))),
        }
        for model in inputs
    ],
    "differences": tested,
}
json.dump(result, open(out, "w"), default=float)
