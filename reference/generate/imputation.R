# Answers of R's mice. Usage: Rscript generate/imputation.R statistics birthwt.csv
# Packages: mice, nnet, jsonlite (Debian 12). birthwt.csv is that of MASS; only which of its cells are blanked and what mice makes of them is written.
suppressPackageStartupMessages({library(mice); library(nnet); library(jsonlite)})
args <- commandArgs(TRUE); out <- args[1]; set.seed(20261128)
digits12 <- function(x) signif(x, 12)

# Rubin's rules of single estimates
cases <- expand.grid(m = c(2, 5, 20, 100), dfcom = c(Inf, 8, 170), spread = c(0, 1e-6, 0.05, 1, 4))
rubin <- lapply(seq_len(nrow(cases)), function(i) { k <- cases[i, ]; q <- digits12(rnorm(1) + k$spread * rnorm(k$m)); u <- digits12(runif(k$m, 0.2, 1.5))
  p <- pool.scalar(q, u, n = k$dfcom + 1, k = 1); lambda <- (1 + 1 / k$m) * p$b / p$t
  list(q = q, u = u, dfcom = if (is.finite(k$dfcom)) k$dfcom else NULL, qbar = p$qbar, ubar = p$ubar, b = p$b, t = p$t, df = p$df, riv = p$r, lambda = lambda, fmi = p$fmi) })

# A simulated cohort with gaps: pooled logistic regression and likelihood-ratio tests on the completed sets of mice
n <- 160
d <- data.frame(age = round(rnorm(n, 50, 10), 1), er = rbinom(n, 1, 0.6), ki = round(rexp(n, 1 / 25), 1), grade = factor(sample(c("G1", "G2", "G3"), n, TRUE, c(0.3, 0.45, 0.25))))
d$y <- rbinom(n, 1, plogis(-0.5 - 0.03 * (d$age - 50) - 0.8 * d$er + 0.02 * d$ki + c(0, 0.4, 0.9)[d$grade]))
g <- d; g$age[sample(n, 25)] <- NA; g$er[runif(n) < plogis(-2 + 0.03 * g$ki)] <- NA; g$ki[sample(n, 20)] <- NA; g$grade[sample(n, 22)] <- NA
g$er <- factor(g$er, 0:1)
imp <- mice(g, m = 6, maxit = 5, printFlag = FALSE, seed = 7)
sets <- lapply(1:6, function(j) complete(imp, j))
fit <- with(imp, glm(y ~ age + er + ki + grade, family = binomial, epsilon = 1e-14))
pooled <- pool(fit); shown <- summary(pooled, conf.int = TRUE)
terms <- c("age", "er", "ki", "grade")
d3 <- lapply(terms, function(term) { rest <- setdiff(terms, term); null <- with(imp, glm(as.formula(paste("y ~", paste(rest, collapse = " + "))), family = binomial, epsilon = 1e-14))
  null <- as.mira(lapply(sets, function(s) glm(as.formula(paste("y ~", paste(rest, collapse = " + "))), family = binomial, data = s, epsilon = 1e-14)))
  full <- as.mira(lapply(sets, function(s) glm(y ~ age + er + ki + grade, family = binomial, data = s, epsilon = 1e-14)))
  r <- D3(full, null)$result; list(term = term, statistic = r[1], df1 = r[2], df2 = r[3], p = r[4], riv = r[5]) })
logistic <- list(y = d$y, sets = lapply(sets, function(s) list(age = s$age, er = as.integer(as.character(s$er)), ki = s$ki, grade = as.character(s$grade))),
  pooled = cbind(pooled$pooled[, c("term", "estimate", "ubar", "b", "t", "dfcom", "df", "riv", "lambda", "fmi")], se = shown$std.error, statistic = shown$statistic, p = shown$p.value, low = shown[["2.5 %"]], high = shown[["97.5 %"]]), d3 = d3)
logistic$pooled$term <- as.character(logistic$pooled$term)

# The deterministic parts of the imputation models, for given random numbers
linear <- lapply(list(c(80, 3), c(30, 6), c(12, 2)), function(s) { x <- cbind(1, matrix(digits12(rnorm(s[1] * s[2])), s[1])); y <- digits12(x %*% rnorm(s[2] + 1) + rnorm(s[1])); z <- digits12(rnorm(s[2] + 1)); chi <- digits12(rchisq(1, s[1] - s[2] - 1))
  e <- mice:::estimice(x, y); sigma <- sqrt(sum(e$r^2) / chi); beta <- e$c + (t(chol(mice:::sym(e$v))) %*% z) * sigma
  list(x = t(x[, -1, drop = FALSE]), y = as.numeric(y), z = z, chi = chi, df = e$df, coef = as.numeric(e$c), sigma = sigma, beta = as.numeric(beta)) })
factorial <- lapply(list(list(90, 3, 2, FALSE), list(40, 2, 2, TRUE), list(120, 2, 3, FALSE), list(150, 3, 4, FALSE)), function(s) { n <- s[[1]]; p <- s[[2]]; k <- s[[3]]; x <- matrix(digits12(rnorm(n * p)), n)
  code <- if (s[[4]]) as.integer(x[, 1] > 0.1) else apply(x %*% matrix(rnorm(p * k), p) + matrix(-log(-log(runif(n * k))), n), 1, which.max) - 1
  ry <- rep(TRUE, n); ry[sample(n, 12)] <- FALSE; y <- factor(code, 0:(k - 1)); y[!ry] <- NA; z <- digits12(rnorm((p + 1) * (k - 1)))
  a <- mice:::augment(y, ry, x, !ry); xa <- cbind(1, as.matrix(a$x))[a$ry, ]; ya <- a$y[a$ry]; w <- a$w[a$ry]
  if (k == 2) { f <- suppressWarnings(glm.fit(xa, ya, family = quasibinomial(), weights = w, control = glm.control(epsilon = 1e-14, maxit = 100))); class(f) <- c("glm", "lm"); v <- summary.glm(f)$cov.unscaled
    beta <- as.numeric(coef(f) + t(chol(mice:::sym(v))) %*% z); co <- as.numeric(coef(f)); se <- sqrt(diag(v)) }
  else { m <- multinom(ya ~ xa - 1, weights = w, Hess = TRUE, trace = FALSE, maxit = 5000, reltol = 1e-16, abstol = 1e-16); co <- as.numeric(t(coef(m))); se <- sqrt(diag(solve(m$Hessian))); beta <- NULL }
  list(x = t(x), code = code, missing = which(!ry) - 1, levels = k, z = z, coef = co, se = as.numeric(se), beta = beta) })
donors <- lapply(list(c(60, 5), c(25, 3), c(4, 5)), function(s) { obs <- digits12(rnorm(s[1])); target <- digits12(c(rnorm(8), -9, 9))
  drawn <- replicate(3000, mice:::matchindex(obs, target, s[2])); list(observed = obs, targets = target, count = s[2], sets = lapply(seq_along(target), function(i) I(sort(unique(drawn[i, ])) - 1))) })

# The whole in distribution: cells of birthwt blanked, many imputations
b <- read.csv(args[2]); b <- data.frame(low = b$low, age = b$age, lwt = b$lwt, race = factor(b$race), smoke = factor(b$smoke))
holes <- list(lwt = which(runif(nrow(b)) < plogis(-1.5 + 0.8 * b$low)), smoke = which(runif(nrow(b)) < plogis(-1.6 + 0.03 * (b$age - 20))), race = sample(nrow(b), 35))
for (v in names(holes)) b[[v]][holes[[v]]] <- NA
many <- function(method, outcome, M) { pm <- make.predictorMatrix(b); if (!outcome) pm[, "low"] <- 0
  i <- mice(b, m = M, maxit = 5, method = c("", "", method, "polyreg", "logreg"), predictorMatrix = pm, printFlag = FALSE, seed = 11)
  each <- t(sapply(1:M, function(j) { s <- complete(i, j); co <- coef(glm(low ~ age + lwt + race + smoke, family = binomial, data = s))
    c(lwt_mean = mean(s$lwt[holes$lwt]), lwt_sd = sd(s$lwt[holes$lwt]), smoke = mean(s$smoke[holes$smoke] == "1"), race2 = mean(s$race[holes$race] == "2"), race3 = mean(s$race[holes$race] == "3"), co) }))
  list(method = method, outcome = outcome, M = M, quantities = colnames(each), mean = colMeans(each), sd = apply(each, 2, sd)) }
whole <- list(holes = lapply(holes, function(h) h - 1), runs = list(many("pmm", TRUE, 500), many("pmm", FALSE, 500), many("norm", TRUE, 500)))
write_json(list(versions = list(R = as.character(getRversion()), mice = as.character(packageVersion("mice")), nnet = as.character(packageVersion("nnet"))), rubin = rubin, logistic = logistic, linear = linear, factorial = factorial, donors = donors, whole = whole),
  file.path(out, "imputation.json"), digits = I(15), auto_unbox = TRUE, na = "null", null = "null")
