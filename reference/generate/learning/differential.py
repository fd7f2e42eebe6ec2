"""Classifiers, scalers, rankings and LASSO of scikit-learn 1.2.1 in random settings on random tables.
Usage: differential.py OUT.json SEED CASES   (reference/learning/differential.json: 20261 1)"""
import json
import sys
import warnings

import numpy as np
import sklearn
import sklearn.neural_network._multilayer_perceptron as mlpmod
from scipy import stats
from sklearn.calibration import CalibratedClassifierCV
from sklearn.decomposition import PCA
from sklearn.feature_selection import f_classif
from sklearn.linear_model import LassoCV, LogisticRegression
from sklearn.metrics import mutual_info_score
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

warnings.filterwarnings("ignore")
rng = np.random.default_rng(int(sys.argv[2]))
repeat = int(sys.argv[3])


def table(kind):
    n, p = {"small": (int(rng.integers(14, 24)), int(rng.integers(1, 4))), "usual": (int(rng.integers(40, 70)), int(rng.integers(3, 9))),
            "wide": (int(rng.integers(24, 34)), int(rng.integers(40, 60))), "ties": (48, 5), "scales": (50, 6), "rare": (44, 4)}[kind]
    y = (rng.random(n) < (0.15 if kind == "rare" else rng.uniform(0.35, 0.65))).astype(int)
    y[:6] = [0, 1, 0, 1, 0, 1]
    y[-6:] = [1, 0, 1, 0, 1, 0]

    def draw(y):
        x = rng.normal(size=(len(y), p)) + np.outer(y, rng.normal(size=p) * 0.9)
        if kind == "ties": x = np.round(x)
        if kind == "scales": x = x * 10.0 ** rng.integers(-3, 4, size=p) + rng.normal(size=p) * 5
        return x
    x = draw(np.concatenate([y, rng.integers(0, 2, 8)]))
    if kind == "ties": x[:, 2] = 1.0
    if kind == "usual" and p > 3: x[:, 3] = x[:, 0]
    x = np.array([[float(f"{v:.6g}") for v in r] for r in x])
    return x[:n], y, x[n:]


kinds = ["small", "usual", "wide", "ties", "scales", "rare"]
tables, cases = [], []
L = lambda a: [float(f"{v:.13g}") for v in np.ravel(a)]


def add(model, t, options, **expected): cases.append(dict(model=model, table=t, options=options, **{k: L(v) if not isinstance(v, (list, dict, int, str)) else v for k, v in expected.items()}))


def pick(*values): return values[int(rng.integers(len(values)))]


def scaled(x, xv):
    s = StandardScaler().fit(x)
    return s.transform(x), s.transform(xv)


orders = {}
original_shuffle = mlpmod.shuffle


class Spy(MLPClassifier):
    def _initialize(self, y, layer_units, dtype):
        super()._initialize(y, layer_units, dtype)
        orders["init"] = [dict(inputs=c.shape[0], outputs=c.shape[1], weights=c.ravel().tolist(), intercepts=b.tolist()) for c, b in zip(self.coefs_, self.intercepts_)]
        orders["rows"] = []


def shuffle(a, random_state=None):
    r = original_shuffle(a, random_state=random_state)
    orders["rows"].append(np.asarray(r).tolist())
    return r


mlpmod.shuffle = shuffle
for turn in range(repeat):
    for kind in kinds:
        x, y, xv = table(kind)
        t = len(tables)
        tables.append(dict(kind=kind, x=x.tolist(), y=y.tolist(), test=xv.tolist()))
        n, p = x.shape
        z, zv = scaled(x, xv)
        # classifiers see z-scores, so that every solver of the peer converges
        for _ in range(3):
            o = dict(C=float(pick(0.01, 0.1, 0.7, 3, 30)), fit_intercept=bool(pick(True, True, False)), class_weight=pick(None, "balanced", {0: 1.0, 1: 2.5}))
            c = LogisticRegression(**o, solver="newton-cholesky", tol=1e-14, max_iter=10000).fit(z, y)
            add("logistic-regression", t, o, probability=c.predict_proba(zv)[:, 1])
        o = dict(C=float(pick(0.05, 0.3)), penalty="elasticnet", l1_ratio=float(pick(0.2, 0.5, 1.0)), class_weight=pick(None, "balanced"))
        m = LogisticRegression(**o, solver="saga", tol=1e-10, max_iter=20000, random_state=0).fit(z, y)
        if np.any(m.coef_): add("logistic-regression", t, o, probability=m.predict_proba(zv)[:, 1])
        for _ in range(2):
            o = dict(var_smoothing=float(pick(1e-9, 1e-3, 0.3)), priors=pick(None, [0.25, 0.75]))
            m = GaussianNB(**o).fit(x, y)
            add("gaussian-nb", t, {**o, "raw": True}, probability=m.predict_proba(xv)[:, 1])
        for _ in range(3):
            o = dict(n_neighbors=int(pick(1, 3, 5, 8, 11)), weights=pick("uniform", "distance"), metric=pick("minkowski", "manhattan", "chebyshev", "cosine", "euclidean"), p=pick(1, 2, 3, 1.5))
            m = KNeighborsClassifier(**o, algorithm="brute").fit(z, y)
            d, _ = m.kneighbors(zv, n_neighbors=min(n, o["n_neighbors"] + 1))
            k = o["n_neighbors"]
            tied = [int(i) for i in range(len(zv)) if d.shape[1] > k and d[i, k] - d[i, k - 1] < 1e-9]
            add("knn", t, o, probability=m.predict_proba(zv)[:, 1], tied=tied)
        for _ in range(4):
            o = dict(C=float(pick(0.1, 1, 10)), kernel=pick("rbf", "rbf", "linear", "poly"), gamma=pick("scale", "auto", 0.05), degree=int(pick(2, 3)), coef0=float(pick(0, 1)), class_weight=pick(None, "balanced", {0: 1.0, 1: 3.0}))
            m = SVC(**o, tol=1e-9, max_iter=500000).fit(z, y)
            folds = StratifiedKFold(min(5, int(min(y.sum(), (1 - y).sum()))))
            c = CalibratedClassifierCV(SVC(**o, tol=1e-9, max_iter=500000), method="sigmoid", cv=folds, ensemble=False).fit(z, y)
            # the peer's sigmoid counts where its gradient vanishes; with huge decision values its optimiser gives up
            f = np.empty(n)
            for a, b in folds.split(z, y): f[b] = SVC(**o, tol=1e-9, max_iter=500000).fit(z[a], y[a]).decision_function(z[b])
            g = c.calibrated_classifiers_[0].calibrators[0]
            target = np.where(y == 1, (y.sum() + 1) / (y.sum() + 2), 1 / ((1 - y).sum() + 2))
            d = target - 1 / (1 + np.exp(g.a_ * f + g.b_))
            if max(abs((d * f).sum()), abs(d.sum())) > 1e-4 or m.n_iter_.max() >= 500000: continue
            add("svm", t, {**o, "platt_split": "stratified", "platt_folds": folds.n_splits}, decision=m.decision_function(zv), probability=c.predict_proba(zv)[:, 1])
        for _ in range(2):
            o = dict(hidden_layer_sizes=list(pick([4], [5, 3])), activation=pick("relu", "tanh", "logistic"), solver=pick("adam", "sgd"), alpha=float(pick(1e-4, 0.1)), batch_size=pick("auto", 7, 20), learning_rate=pick("constant", "invscaling", "adaptive"),
                     learning_rate_init=float(pick(0.01, 0.1)), momentum=float(pick(0.9, 0.5)), nesterovs_momentum=bool(pick(True, False)), power_t=float(pick(0.5, 0.3)), n_iter_no_change=int(pick(2, 10)), tol=float(pick(1e-4, 1e-2)), max_iter=12)
            m = Spy(**o, random_state=int(rng.integers(1000))).fit(z[:, :6], y)
            add("mlp", t, o, initial=orders["init"], order=orders["rows"], probability=m.predict_proba(zv[:, :6])[:, 1], losses=np.array(m.loss_curve_))
        # steps
        s = StandardScaler().fit(x)
        add("z-score", t, {}, mean=s.mean_, sd=s.scale_)
        f = np.where(np.ptp(x, axis=0) == 0, -1, np.nan_to_num(f_classif(x, y)[0], nan=-1))
        add("univariate", t, dict(score="f"), score=f)
        w = PCA(svd_solver="full").fit(x)
        rank = int(np.linalg.matrix_rank(x - x.mean(0)))
        add("pca", t, {}, rank=rank, variance=w.explained_variance_[:rank], first=np.abs(w.components_[0]))
        if kind != "wide":
          a = LassoCV(cv=5, tol=1e-11, max_iter=50000).fit(z, y.astype(float))
          add("lasso", t, dict(folds=5), alpha=np.array([a.alpha_]), coefficients=a.coef_)
        add("mann-whitney", t, {}, p=np.array([stats.mannwhitneyu(x[y == 1, j], x[y == 0, j]).pvalue for j in range(p)]))
        cut = np.where(x > x.mean(0) + x.std(0), 2, np.where(x < x.mean(0) - x.std(0), 0, 1))
        relevance = np.array([mutual_info_score(cut[:, j], y) for j in range(p)])
        order = []
        while len(order) < min(4, p):
            best = [relevance[j] - (np.mean([mutual_info_score(cut[:, j], cut[:, i]) for i in order]) if order else 0) if j not in order and relevance[j] > 1e-12 else -np.inf for j in range(p)]
            if np.max(best) == -np.inf: break
            top = np.sort(best)[::-1]
            if len(top) > 1 and np.isfinite(top[1]) and top[0] - top[1] < 1e-9: order = None; break
            order.append(int(np.argmax(best)))
        if order: add("mrmr", t, dict(measure="mutual-information", scheme="difference", keep=len(order)), order=order)
json.dump(dict(tool=f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}", tables=tables, cases=cases), open(sys.argv[1], "w"), separators=(",", ":"))
print(len(tables), len(cases))
