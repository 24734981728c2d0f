# What the R peers share: parameters in, outcomes or courses a second out.

# Values by name; `as_line` reads one line of the plan.
read_model <- function(as_line) {
    input <- file("stdin")
    rows <- strsplit(readLines(input), " ")
    close(input)
    names <- vapply(rows, `[`, "", 1)
    lines <- names == "line"
    m <- as.list(as.numeric(vapply(rows[!lines], `[`, "", 2)))
    names(m) <- names[!lines]
    m$plan <- lapply(rows[lines], as_line)
    m
}

take <- function(d, keep) lapply(d, `[`, keep)

# The outcomes that bench/course --outcomes prints: times are whole weeks there.
outcomes <- function(of) {
    after <- function(x, weeks) vapply(weeks, function(w) mean(x >= w + 0.5), 0)
    values <- c(median(of$pfs), median(of$os), after(of$pfs, c(24, 48, 96)),
                after(of$os, c(104, 260, 416)), of$reached[-1])
    names(values) <- c("pfs_median", "os_median", "pfs_24", "pfs_48", "pfs_96", "os_104",
                       "os_260", "os_416", "reached_2", "reached_3", "reached_4")
    paste(sprintf("%s=%.6g", names(values), values), collapse = " ")
}

# Courses a second, or what came of them; `course` follows n patients.
run_peer <- function(as_line, course) {
    words <- commandArgs(TRUE)
    told <- words != "--outcomes"
    n <- if (any(told)) as.integer(words[told][1]) else 200000L
    m <- read_model(as_line)
    set.seed(1)
    if (all(told)) {
        # In parts that stay in the caches, the fastest here; the first use is slower.
        part <- 50000L
        invisible(course(m, part, m$noise_sd))
        for (sd in c(0, m$noise_sd)) {
            start <- proc.time()[["elapsed"]]
            for (i in seq_len(n / part)) course(m, part, sd)
            spent <- proc.time()[["elapsed"]] - start
            cat(sprintf("R noise %.2f %.0f /s\n", sd, n / spent))
        }
    } else {
        for (sd in c(0, m$noise_sd)) {
            cat(sprintf("noise %.2f %s\n", sd, outcomes(course(m, n, sd))))
        }
    }
}
