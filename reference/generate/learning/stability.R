# How often glmnet selects each column on the same subsamples and penalties. Subsamples are drawn here.
# Usage: Rscript stability.R reference/learning OUT.json   (reference/learning/stability.json)
suppressPackageStartupMessages({library(glmnet); library(jsonlite)})
arguments <- commandArgs(trailingOnly = TRUE)
set.seed(2026)
one <- function(name, columns, family, count, penalties, fraction) {
  table <- read.csv(file.path(arguments[1], paste0(name, ".csv")))
  x <- as.matrix(table[, setdiff(names(table), c("row", "y"))][, seq_len(columns)])
  y <- table$y
  draw <- function() sort(unlist(lapply(0:1, function(outcome) {
    rows <- which(y == outcome)
    sample(rows, floor(fraction * length(rows)))
  })))
  subsamples <- lapply(seq_len(count), function(k) draw())
  # not so far down that a coefficient is 0 or not by rounding
  largest <- max(abs(crossprod(scale(x, scale = apply(x, 2, function(v) sqrt(mean((v - mean(v))^2)))), y - mean(y)))) / length(y)
  lambda <- largest * 0.2^((seq_len(penalties) - 1) / (penalties - 1))
  hits <- matrix(0, penalties, columns)
  ever <- 0
  for (rows in subsamples) {
    # penalties above those of the subsample too: a path of its own would be cut
    fit <- glmnet(x[rows, ], y[rows], family = family, lambda = lambda, standardize = TRUE, thresh = 1e-14, maxit = 1e7)
    selected <- t(as.matrix(fit$beta)) != 0
    hits <- hits + selected
    ever <- ever + sum(colSums(selected) > 0)
  }
  list(table = name, columns = columns, family = if (family == "binomial") "logistic" else "linear",
       subsamples = lapply(subsamples, function(rows) rows - 1), penalties = lambda, hits = hits, meanSelected = ever / count)
}
cases <- list(
  one("A_train", 22, "binomial", 40, 12, 0.5),
  one("B_train", 80, "binomial", 25, 10, 0.5),
  one("A_train", 22, "gaussian", 40, 12, 0.5),
  one("B_train", 80, "gaussian", 25, 10, 0.7)
)
tool <- paste0("glmnet ", packageVersion("glmnet"), " (R ", getRversion(), ")")
write_json(list(tool = tool, cases = cases), arguments[2], digits = 17, auto_unbox = TRUE)
