#!/usr/bin/Rscript --vanilla
# The course model as a careful modeller would write it in R: whole vectors, finished
# patients taken out at every visit. Same equations, parameters and plan as
# bench/course.c, which prints them with --parameters; R's own random numbers.
#
# usage: bench/course --parameters | bench/peers/course_r.R [--outcomes] [PATIENTS]
# Prints courses per second, or with --outcomes what came of the patients, so that the
# programs can be compared: each noise of the scans, then name=value.

month <- 365.25 / 12 / 7 # weeks
year <- 365.25 / 7

share <- function(logit) 1 / (1 + exp(-logit))

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "peer.R"))

# Of a line of the plan: the class, and its cap in weeks.
as_line <- function(row) list(class = row[2], cap = as.numeric(row[3]))

people <- function(m, n) {
    z <- rnorm(n)
    sd <- exp(m$growth_sd)
    slope <- m$life_slope_per_year / year
    male <- ifelse(runif(n) < m$male_prob, m$life_male_log, 0)
    log_h <- m$life_log_per_year - log(year) + m$age_years * m$life_slope_per_year + male
    list(
        id = seq_len(n),
        growth = m$growth - log(month) + sd * z,
        risk = m$death - log(month) + m$death_growth * sd * z,
        size = exp(log(m$size_median_mm) + m$size_sd_log * rnorm(n)),
        frailty = rnorm(n), fatal = rexp(n),
        age = log1p(rexp(n) * slope / exp(log_h)) / slope,
        start = numeric(n), burden = numeric(n), hazard = numeric(n)
    )
}

# Follows the patients to the end of a line: weeks, who died, size, hazard.
follow <- function(m, who, line, sd) {
    n <- length(who$growth)
    visit <- m$visit_weeks
    of <- function(name) m[[paste0(name, ".", line$class)]]
    shared <- sqrt(m$frailty_share)
    own <- sqrt(1 - m$frailty_share)
    feel <- function() shared * who$frailty + own * rnorm(n)
    first <- if (sd > 0) exp(sd * rnorm(n)) else rep(1, n)
    s <- list(
        id = seq_len(n), rate = exp(who$growth + exp(m$drift) / year * who$start) * visit,
        hold = share(of("hold") + exp(m$hold_sd) * feel()),
        kill = exp(of("kill") + exp(m$kill_sd) * feel()),
        x = numeric(n), low = first, lesion = numeric(n), lesion_at = rexp(n),
        hazard = who$hazard, fatal = who$fatal, risk = who$risk, burden = who$burden,
        size = who$size, age = who$age - who$start
    )
    weeks <- rep(m$horizon_weeks, n)
    died <- logical(n)
    size_end <- numeric(n)
    hazard_end <- who$hazard
    burden <- exp(m$death_burden)
    base <- exp(m$lesion_base) / month * visit
    slope <- exp(m$lesion_growth)
    wane <- exp(if (line$class == "prrt") m$wane_prrt else m$wane_chemo) * month
    kill_weeks <- of("kill_months") * month
    ratio <- m$progression_ratio
    mm <- m$progression_mm
    t <- 0
    while (length(s$id) && t < m$horizon_weeks) {
        middle <- t + visit / 2
        on <- if (line$cap > 0 && middle > line$cap) exp(-(middle - line$cap) / wane) else 1
        part <- exp(-t / kill_weeks) - exp(-(t + visit) / kill_weeks)
        dx <- s$rate * (1 - s$hold * on) - s$kill * part
        x <- s$x + dx
        dl <- base + slope * pmax.int(dx, 0)
        lesion <- s$lesion + dl
        dh <- visit * exp(s$risk + burden * (s$burden + x))
        hazard <- s$hazard + dh
        seen <- exp(if (sd > 0) x + sd * rnorm(length(x)) else x)
        grown <- seen >= ratio * s$low & s$size * (seen - s$low) >= mm
        found <- lesion >= s$lesion_at
        end <- which(grown | found | hazard >= s$fatal | t + visit >= s$age)
        if (length(end)) {
            e <- take(s, end)
            dx <- dx[end]; dl <- dl[end]; dh <- dh[end]
            at_size <- at_lesion <- 1
            if (sd == 0) {
                level <- log(pmax.int(ratio * e$low, e$low + mm / e$size))
                at_size <- (level - e$x) / ifelse(dx > 0, dx, 1)
                at_lesion <- (e$lesion_at - e$lesion) / dl
            }
            at_size <- ifelse(grown[end], at_size, 2)
            at_lesion <- ifelse(found[end], at_lesion, 2)
            at_death <- ifelse(hazard[end] >= e$fatal, (e$fatal - e$hazard) / dh, 2)
            dying <- pmin.int(at_death, (e$age - t) / visit)
            tumor <- pmin.int(at_size, at_lesion)
            d <- dying <= 1 & dying <= tumor
            frac <- pmin.int(pmax.int(ifelse(d, dying, tumor), 0), 1)
            weeks[e$id] <- t + frac * visit
            died[e$id] <- d
            size_end[e$id] <- e$x + frac * dx
            hazard_end[e$id] <- e$hazard + frac * dh
        }
        s$low <- pmin.int(s$low, seen)
        s$x <- x
        s$lesion <- lesion
        s$hazard <- hazard
        if (length(end)) s <- take(s, -end)
        t <- t + visit
    }
    list(weeks = weeks, died = died, x = size_end, hazard = hazard_end)
}

# Weeks to death without therapy, in closed form.
rest <- function(m, who) {
    burden <- exp(m$death_burden)
    bg <- burden * exp(who$growth + exp(m$drift) / year * who$start)
    now <- exp(who$risk + burden * who$burden)
    disease <- log1p(pmax(who$fatal - who$hazard, 0) * bg / now) / bg
    pmax(pmin(disease, who$age - who$start), 0)
}

# Weeks of survival, weeks on line 1, and how many reached each line.
course <- function(m, n, sd) {
    who <- people(m, n)
    os <- rep(m$horizon_weeks, n)
    pfs <- NULL
    reached <- numeric(0)
    stays <- 1 - share(m$dropout)
    for (i in seq_along(m$plan)) {
        reached <- c(reached, length(who$id) / n)
        l <- follow(m, who, m$plan[[i]], sd)
        if (i == 1) pfs <- l$weeks
        who$start <- who$start + l$weeks
        who$burden <- who$burden + l$x
        who$hazard <- l$hazard
        os[who$id[l$died]] <- who$start[l$died]
        who <- take(who, !l$died & who$start < m$horizon_weeks)
        k <- length(who$id)
        leaves <- if (i == length(m$plan)) rep(TRUE, k) else runif(k) >= stays
        gone <- take(who, leaves)
        os[gone$id] <- gone$start + rest(m, gone)
        who <- take(who, !leaves)
    }
    list(os = pmin(os, m$horizon_weeks), pfs = pfs, reached = reached)
}

run_peer(as_line, course)
