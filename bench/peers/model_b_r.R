#!/usr/bin/Rscript --vanilla
# The plainer model of bench/model_b.h as a careful modeller would write it in R: whole
# vectors, finished patients taken out at every visit; R's own random numbers.
#
# usage: bench/course --parameters --model-b | bench/peers/model_b_r.R [--outcomes]
#            [PATIENTS]
# Prints as course_r.R does.

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "peer.R"))

# Of a line: the share of growth left, and the log kill a week.
as_line <- function(row) list(keep = as.numeric(row[2]), kill = as.numeric(row[3]))

# Follows the patients to the end of a line: weeks, size over that at its start.
follow <- function(m, who, line, sd) {
    n <- length(who$growth)
    visit <- m$visit_weeks
    until <- pmin.int(
        pmin.int(rexp(n, m$lesion), rexp(n, m$stop)),
        pmin.int(who$dies - who$start, m$horizon_weeks - who$start)
    )
    s <- list(
        id = seq_len(n), up = exp(visit * line$keep * who$growth),
        down = exp(-visit * exp(line$kill + m$kill_sd * rnorm(n))), until = until,
        size = who$size, more = rep(1, n), less = rep(1, n), low = rep(1, n)
    )
    weeks <- numeric(n)
    size <- rep(1, n)
    ratio <- m$progression
    mm <- m$millimeters
    t <- 0
    while (length(s$id)) {
        t <- t + visit
        s$more <- s$more * s$up
        s$less <- s$less * s$down
        now <- s$more + s$less - 1
        seen <- if (sd > 0) now * exp(sd * rnorm(length(now))) else now
        other <- s$until <= t
        end <- which(other | (seen >= ratio * s$low & s$size * (seen - s$low) >= mm))
        s$low <- pmin.int(s$low, seen)
        if (length(end)) {
            i <- s$id[end]
            weeks[i] <- ifelse(other[end], s$until[end], t)
            size[i] <- now[end]
            s <- take(s, -end)
        }
    }
    list(weeks = weeks, size = size)
}

# Weeks of survival, weeks on line 1, and what share reached each line.
course <- function(m, n, sd) {
    who <- list(
        growth = exp(m$growth_log + m$growth_sd * rnorm(n)),
        size = exp(m$size_log + m$size_sd * rnorm(n)),
        dies = rexp(n, m$death), start = numeric(n)
    )
    os <- pmin.int(who$dies, m$horizon_weeks)
    pfs <- NULL
    reached <- numeric(0)
    for (i in seq_along(m$plan)) {
        reached <- c(reached, length(who$growth) / n)
        l <- follow(m, who, m$plan[[i]], sd)
        if (i == 1) pfs <- l$weeks
        on <- l$weeks < who$dies - who$start & l$weeks < m$horizon_weeks - who$start
        who$start <- who$start + l$weeks
        who$size <- who$size * l$size
        who <- take(who, on)
    }
    list(os = os, pfs = pfs, reached = reached)
}

run_peer(as_line, course)
