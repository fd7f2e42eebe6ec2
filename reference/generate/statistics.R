# Answers of R on simulated cases, edge cases among them. Usage: Rscript generate/statistics.R statistics [roc samples counts icc models]
# Packages: pROC, psych, rms, Hmisc, brglm2, jsonlite (Debian 12). Every case holds its input beside the answer.
suppressPackageStartupMessages({library(pROC); library(psych); library(rms); library(brglm2); library(jsonlite)})
out <- commandArgs(TRUE)[1]; wanted <- if (length(commandArgs(TRUE)) > 1) commandArgs(TRUE)[-1] else c("roc", "samples", "counts", "icc", "models")
section <- function(name, make) if (name %in% wanted) { set.seed(20261128 + match(name, c("roc", "samples", "counts", "icc", "models"))); make() }
save <- function(value, name) write_json(value, file.path(out, paste0(name, ".json")), digits = I(17), auto_unbox = TRUE, na = "null", null = "null")
quietly <- function(e) suppressMessages(suppressWarnings(e))
# jsonlite writes 15 digits: drawn inputs have 12, so that the file holds exactly what R saw
rnorm <- function(...) signif(stats::rnorm(...), 12); rexp <- function(...) signif(stats::rexp(...), 12); runif <- function(...) signif(stats::runif(...), 12)

# ROC: continuous, tied, tiny, imbalanced, perfect, constant, below chance, nearly equal scores
simulate <- function(n, share, gap, digits = NULL) {
  y <- c(0, 1, rbinom(n - 2, 1, share)); a <- signif(rnorm(n) + gap * y, 12); b <- signif(0.6 * a + rnorm(n) + 0.3 * gap * y, 12)
  if (!is.null(digits)) { a <- round(a, digits); b <- round(b, digits) }
  list(y = y, a = a, b = b)
}
section("roc", function() {
inputs <- list(continuous = simulate(120, 0.5, 1), tied = simulate(90, 0.4, 0.8, 0), imbalanced = simulate(200, 0.06, 1.2),
  tiny = list(y = c(0, 0, 0, 1, 1), a = c(1, 3, 2, 2.5, 4), b = c(2, 1, 2, 2, 3)), perfect = list(y = c(0, 0, 0, 1, 1, 1), a = 1:6, b = c(1, 2, 4, 3, 5, 6)),
  constant = list(y = c(0, 1, 0, 1, 1), a = rep(2, 5), b = 1:5), below = { s <- simulate(80, 0.5, -0.9, 1); s },
  integers = list(y = rep(0:1, 30), a = sample(1:4, 60, TRUE) + rep(0:1, 30), b = sample(1:5, 60, TRUE)))
second <- simulate(70, 0.55, 0.7, 1)
of <- function(y, s) quietly(roc(y, s, levels = 0:1, direction = "<"))
rocs <- lapply(names(inputs), function(name) { i <- inputs[[name]]; r <- of(i$y, i$a); q <- of(i$y, i$b); ci <- as.numeric(quietly(ci.auc(r)))
  paired <- quietly(roc.test(r, q, paired = TRUE, method = "delong")); unpaired <- quietly(roc.test(r, of(second$y, second$a), paired = FALSE, method = "delong"))
  all <- coords(r, "all", transpose = FALSE); best <- coords(r, "best", transpose = FALSE, ret = c("threshold", "sensitivity", "specificity"))
  at <- lapply(c(0.5, 0.8, 0.9, 0.95), function(s) { k <- which(all$sensitivity >= s - 1e-12); b <- all[k[which.max(all$threshold[k])], ]; m <- which(all$specificity >= s - 1e-12); w <- all[m[which.min(all$threshold[m])], ]
    list(target = s, sensitivity = list(threshold = b$threshold, sensitivity = b$sensitivity, specificity = b$specificity), specificity = list(threshold = w$threshold, sensitivity = w$sensitivity, specificity = w$specificity)) })
  grid <- c(0, 0.1, 0.25, 0.5, 0.73, 0.9, 1)
  list(name = name, y = i$y, a = i$a, b = i$b, auc = as.numeric(auc(r)), ci = ci[c(1, 3)], variance = quietly(var(r)),
    best = best[is.finite(best$threshold), ], curve = list(sensitivity = all$sensitivity, specificity = all$specificity),
    paired = list(difference = as.numeric(auc(r) - auc(q)), z = unname(paired$statistic), p = paired$p.value, ci = as.numeric(paired$conf.int)),
    unpaired = list(t = unname(unpaired$statistic), df = unname(unpaired$parameter), p = unpaired$p.value), at = at,
    grid = grid, sensitivity_at = coords(r, grid, input = "specificity", ret = "sensitivity", transpose = FALSE)$sensitivity) })
# bootstrap: the resamples are written down, pROC gives the AUC of each; and its own bootstrap test with many resamples
boot <- function(y, a, b, B = 100) { e <- which(y == 1); o <- which(y == 0); rows <- t(replicate(B, c(sample(e, replace = TRUE), sample(o, replace = TRUE))))
  d <- apply(rows, 1, function(k) as.numeric(auc(of(y[k], a[k])) - auc(of(y[k], b[k])))); D <- as.numeric(auc(of(y, a)) - auc(of(y, b))) / sd(d)
  own <- quietly(roc.test(of(y, a), of(y, b), paired = TRUE, method = "bootstrap", boot.n = 20000, progress = "none"))
  list(y = y, a = a, b = b, rows = rows - 1, differences = d, statistic = D, p = 2 * pnorm(-abs(D)), ci = unname(quantile(d, c(0.025, 0.975))), p_percentile = min(1, 2 * min(mean(d <= 0), mean(d >= 0))),
    proc_statistic = unname(own$statistic), proc_p = own$p.value) }
b1 <- with(simulate(60, 0.45, 1), boot(y, a, b)); b2 <- with(simulate(50, 0.4, 0.6, 0), boot(y, a, b, 60))
band <- quietly(ci.se(of(inputs$continuous$y, inputs$continuous$a), specificities = seq(0, 1, 0.25), boot.n = 20000, progress = "none"))
save(list(cases = rocs, second = second[c("y", "a")], bootstrap = list(b1, b2), band = list(specificity = seq(0, 1, 0.25), low = unname(band[, 1]), high = unname(band[, 3]))), "roc")
})

# two samples and one
section("samples", function() {
pair <- function(n1, n2, shift, digits = NULL, f = rnorm) { x <- signif(f(n1) + shift, 12); y <- f(n2); if (!is.null(digits)) { x <- round(x, digits); y <- round(y, digits) }; list(x = x, y = y) }
samples <- list(pair(30, 25, 0.5), pair(5, 4, 1), pair(3, 3, 3), pair(2, 2, 0), pair(49, 49, 0.3), pair(8, 120, 0.4), pair(40, 9, 0, f = rexp), pair(60, 55, 0.2, 1), pair(20, 15, 0.5, 0), pair(12, 1, 0.5), pair(48, 30, 1.4), list(x = c(1, 1, 1), y = c(1, 1)), list(x = c(5, 5, 5, 5), y = c(1, 2, 3, 5)), list(x = 1:6, y = 7:12), list(x = 1e6 + c(1, 2, 3, 4), y = 1e6 + c(2, 3, 4, 6)))
two <- lapply(samples, function(s) { t <- function(e) tryCatch({ v <- e; list(t = unname(v$statistic), df = unname(v$parameter), p = v$p.value, ci = as.numeric(v$conf.int)) }, error = function(z) NULL)
  w <- function(...) tryCatch({ v <- quietly(wilcox.test(s$x, s$y, ...)); list(W = unname(v$statistic), p = v$p.value) }, error = function(z) NULL)
  ties <- any(duplicated(c(s$x, s$y)))
  list(x = s$x, y = s$y, student = t(t.test(s$x, s$y, var.equal = TRUE)), welch = t(t.test(s$x, s$y)), wilcox_default = w(), wilcox_corrected = w(exact = FALSE), wilcox_plain = w(exact = FALSE, correct = FALSE), wilcox_exact = if (ties) NULL else w(exact = TRUE)) })
lists <- c(lapply(c(3, 4, 5, 6, 7, 10, 11, 12, 13, 20, 35, 50, 100, 500, 1500, 5000), rnorm), lapply(c(3, 6, 11, 12, 40, 300), rexp), list(c(1, 2, 3), c(1, 1, 3), c(1, 1, 1, 1, 3), c(0, 1, 0, 1, 1), round(rnorm(60)), 1:10, c(1:30, 500), 1e8 + 1:12, c(1e-9, 2e-9, 4e-9, 5e-9)))
shapiro <- lapply(lists, function(x) { r <- shapiro.test(x); list(x = x, w = unname(r$statistic), p = r$p.value) })
spear <- lapply(list(simulate(40, 0.5, 1), simulate(25, 0.5, 0, 0), simulate(9, 0.5, 1)), function(s) { r <- cor(s$a, s$b, method = "spearman"); n <- length(s$a); list(x = s$a, y = s$b, rho = r, p = 2 * pt(-abs(r * sqrt((n - 2) / (1 - r^2))), n - 2)) })
save(list(two = two, shapiro = shapiro, spearman = spear), "samples")
})

# contingency tables: 2 x 2 to 6 x 4, sparse ones, empty cells
section("counts", function() {
tables <- c(list(rbind(c(3, 1), c(2, 7)), rbind(c(10, 0), c(0, 12)), rbind(c(1, 9), c(11, 3)), rbind(c(0, 5), c(3, 2)), rbind(c(12, 5), c(7, 7)), rbind(c(80, 64), c(22, 88)), rbind(c(1, 0), c(0, 1)), rbind(c(2, 0, 1), c(0, 3, 1), c(1, 1, 4)),
  rbind(c(12, 68, 8, 22), c(42, 79, 7, 16)), rbind(c(1, 2), c(3, 1), c(0, 5), c(2, 2), c(4, 0)), rbind(c(200, 180), c(3, 9), c(1, 0), c(0, 2))),
  lapply(1:6, function(i) matrix(rpois(3 * 3, 3), 3)), lapply(1:4, function(i) matrix(rpois(5 * 2, c(2, 20)), 5)), lapply(1:2, function(i) matrix(rpois(4 * 4, 1.5), 4)), list(matrix(rpois(10, 12), 5), matrix(rpois(12, 5), 4), matrix(rpois(6 * 2, 20), 6)))
chi <- lapply(tables, function(m) { m <- m[rowSums(m) > 0, colSums(m) > 0, drop = FALSE]; p <- quietly(chisq.test(m, correct = FALSE)); y <- quietly(chisq.test(m, correct = TRUE)); f <- fisher.test(m, workspace = 2e8)
  list(table = m, statistic = unname(p$statistic), df = unname(p$parameter), p = p$p.value, yates = unname(y$statistic), p_yates = y$p.value, fisher = f$p.value) })
discordant <- list(c(12, 5), c(1, 9), c(59, 121), c(3, 0), c(4, 4), c(250, 310), c(0, 1))
mc <- lapply(discordant, function(d) { m <- matrix(c(30, d[1], d[2], 30), 2); a <- mcnemar.test(m); b <- mcnemar.test(m, correct = FALSE); list(b = d[1], c = d[2], corrected = unname(a$statistic), p_corrected = a$p.value, plain = unname(b$statistic), p_plain = b$p.value, exact = binom.test(d[1], sum(d))$p.value) })
counts <- list(c(0, 5), c(5, 5), c(1, 1), c(3, 8), c(37, 48), c(96, 177), c(1, 500))
wilson <- lapply(counts, function(k) list(x = k[1], n = k[2], ci = as.numeric(quietly(prop.test(k[1], k[2], correct = FALSE))$conf.int), ci90 = as.numeric(quietly(prop.test(k[1], k[2], correct = FALSE, conf.level = 0.9))$conf.int)))
families <- list(c(0.01, 0.02, 0.03, 0.04), runif(12)^3, c(0.05, 0.05, 0.05), c(0, 1, 0.5, 0.5), 0.3, c(0.0001, 0.9, 0.04, 0.04, 0.06))
adjusted <- lapply(families, function(p) list(p = I(p), holm = I(p.adjust(p, "holm")), hochberg = I(p.adjust(p, "hochberg")), bh = I(p.adjust(p, "BH")), bonferroni = I(p.adjust(p, "bonferroni"))))
save(list(tables = chi, mcnemar = mc, wilson = wilson, adjusted = adjusted), "counts")
})

# ICC: two and four readers, shifted reader, negative, few subjects, agreement without error
section("icc", function() {
rate <- function(n, k, between, noise, shift = 0) { s <- rnorm(n, 0, between); sapply(1:k, function(j) signif(s + rnorm(n, 0, noise) + shift * j, 12)) }
ratings <- list(rate(20, 2, 2, 1), rate(177, 2, 1, 0.4, 0.2), rate(10, 4, 1, 1), rate(6, 3, 0.1, 1), rate(12, 2, 0.2, 1, 3), rate(3, 2, 1, 0.5), round(rate(15, 3, 2, 1)), cbind(c(1, 5, 3, 8), c(1, 5, 3, 8)), 1e3 + signif(rate(30, 2, 1, 0.01), 9))
icc <- lapply(ratings, function(m) { r <- quietly(ICC(m, lmer = FALSE))$results; list(readers = lapply(seq_len(ncol(m)), function(j) m[, j]), value = r$ICC, f = r$F, df1 = r$df1, df2 = r$df2, p = r$p, low = r[["lower bound"]], high = r[["upper bound"]]) })
save(icc, "icc")
})

# logistic regression, calibration, reclassification, validation, nomogram on two simulated cohorts
section("models", function() {
cohort <- function(n) { d <- data.frame(age = round(rnorm(n, 48, 10)), grade = factor(sample(c("G1", "G2", "G3"), n, TRUE, c(0.2, 0.5, 0.3))), er = rbinom(n, 1, 0.6), ki67 = round(rexp(n, 1 / 25), 1), noise = rnorm(n))
  d$y <- rbinom(n, 1, plogis(-0.8 + 0.02 * (d$age - 48) + 0.9 * (d$grade == "G3") - 0.8 * d$er + 0.03 * d$ki67)); d }
# errors lag one iteration behind, so the fit goes to rounding; nothing is aliased here
tight <- glm.control(epsilon = 1e-15, maxit = 30); options(warn = -1)
table_of <- function(f) { s <- summary(f)$coefficients; ci <- confint.default(f); data.frame(term = rownames(s), estimate = s[, 1], se = s[, 2], p = s[, 4], low = exp(ci[rownames(s), 1]), high = exp(ci[rownames(s), 2])) }
models <- lapply(c(150, 90), function(n) { d <- cohort(n); f <- glm(y ~ age + grade + er + ki67 + noise, binomial, d, control = tight); small <- glm(y ~ er + ki67, binomial, d, control = tight); firth <- glm(y ~ age + grade + er + ki67 + noise, binomial, d, method = "brglmFit", type = "MPL_Jeffreys", epsilon = 1e-12, maxit = 2000)
  st <- step(f, direction = "backward", trace = 0); p <- signif(fitted(f), 12); q <- signif(fitted(small), 12); lr <- anova(small, f, test = "LRT"); new <- cohort(130); pn <- signif(predict(f, new, type = "response"), 12); v <- val.prob(pn, new$y, pl = FALSE); off <- glm(new$y ~ offset(qlogis(pn)), family = binomial, control = tight); rec <- glm(new$y ~ qlogis(pn), family = binomial, control = tight)
  imp <- improveProb(q, p, d$y); cuts <- unique(quantile(p, seq(0, 1, 0.1))); g <- cut(p, cuts, include.lowest = TRUE); o <- tapply(d$y, g, sum); e <- tapply(p, g, sum); m <- tapply(p, g, length); hl <- sum((o - e)^2 / e + (o - e)^2 / (m - e))
  dd <<- datadist(d); options(datadist = "dd"); l <- lrm(y ~ age + grade + er + ki67, d, x = TRUE, y = TRUE, tol = 1e-14, maxit = 50, eps = 1e-12); set.seed(n); rows <- t(sapply(1:40, function(i) sample(nrow(d), replace = TRUE))); set.seed(n); va <- unclass(rms::validate(l, B = 40))
  no <- nomogram(l, fun = plogis, funlabel = "risk"); nn <- setdiff(names(no), c("lp", "total.points", "risk"))
  list(data = as.list(transform(d, grade = as.character(grade))), coefficients = table_of(f), deviance = deviance(f), null_deviance = f$null.deviance, aic = AIC(f), lr = list(statistic = lr$Deviance[2], df = lr$Df[2], p = lr[["Pr(>Chi)"]][2]), drop1 = { a <- drop1(f, test = "LRT"); data.frame(term = rownames(a)[-1], df = a$Df[-1], aic = a$AIC[-1], lrt = a$LRT[-1], p = a[["Pr(>Chi)"]][-1]) },
    backward = list(kept = attr(terms(st), "term.labels"), aic = AIC(st), coefficients = table_of(st)), firth = list(coefficients = unname(coef(firth)), se = unname(sqrt(diag(vcov(firth))))), hosmer = list(statistic = hl, p = pchisq(hl, length(o) - 2, lower.tail = FALSE)),
    external = list(p = unname(pn), y = new$y, val_prob = as.list(v), slope = { s <- summary(rec)$coefficients; list(value = s[2, 1], se = s[2, 2]) }, intercept = list(value = coef(rec)[[1]], se = summary(rec)$coefficients[1, 2]), in_the_large = list(value = coef(off)[[1]], se = summary(off)$coefficients[1, 2])),
    improve = c(list(before = unname(q), after = unname(p)), lapply(unclass(imp)[c("nri", "se.nri", "z.nri", "nri.ev", "se.nri.ev", "nri.ne", "se.nri.ne", "idi", "se.idi", "z.idi")], unname)),
    validate = list(rows = rows - 1, table = data.frame(index = rownames(va), original = va[, 1], training = va[, 2], test = va[, 3], optimism = va[, 4], corrected = va[, 5])),
    nomogram = list(scale = attr(no, "info")$sc, intercept = attr(no, "info")$Intercept, total = no$total.points$x, axes = lapply(setNames(nn, nn), function(k) list(value = as.character(no[[k]][[1]]), points = no[[k]]$points)))) })
separable <- list(quasi = data.frame(y = c(0, 0, 0, 0, 1, 1, 1, 1, 0, 1), x = c(0, 0, 0, 0, 1, 1, 1, 0, 0, 0)), complete = data.frame(y = rep(0:1, each = 6), x = c(1:6, 8:13)))
firth <- lapply(separable, function(d) { f <- glm(y ~ x, binomial, d, method = "brglmFit", type = "MPL_Jeffreys", epsilon = 1e-12, maxit = 5000); list(y = d$y, x = d$x, coefficients = unname(coef(f)), se = unname(sqrt(diag(vcov(f))))) })
edges <- { y <- c(0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0); p <- c(0, 1, 0.3, 0.6, 0.6, 0.3, 0.8, 0.7, 0.4, 0.9, 0.2, 0.5); list(y = y, p = p, val_prob = as.list(quietly(val.prob(p, y, pl = FALSE)))) }
ties <- { y <- rbinom(80, 1, 0.5); p <- sample(c(0.1, 0.2, 0.4, 0.6, 0.9), 80, TRUE); list(y = y, p = p, val_prob = as.list(quietly(val.prob(p, y, pl = FALSE)))) }
ranges <- list(c(1, 95), c(0, 282.4), c(-2.6, 2.46), c(27, 70), c(0.02, 0.31), c(5, 5), c(1e-6, 3e-6), c(12, 10400)); axes <- lapply(ranges, function(r) list(low = r[1], high = r[2], ten = pretty(r, 10), five = pretty(r)))
save(list(models = models, firth = firth, calibration = list(edges, ties), pretty = axes), "models")
})
versions <- c(R = as.character(getRversion()), sapply(c("pROC", "psych", "rms", "Hmisc", "brglm2"), function(p) as.character(packageVersion(p))))
save(as.list(versions), "versions")
