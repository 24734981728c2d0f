# nen: one front door.  `make help` lists the targets.
#
# Variants have object folders of their own: `make build CC=clang`, `make build SAN=1`
# (address and undefined behavior sanitizers).  The plain build lands in build/.
# A target installs the Debian packages that it needs and that are missing.

ifeq ($(origin CC),default)
CC := gcc
endif
HOSTCC ?= gcc
AR ?= ar
PREFIX ?= /usr/local
CASE ?= examples/midgut-liver.json

O := build
variant := $(if $(filter gcc cc,$(CC)),,-$(notdir $(CC)))$(if $(SAN),-san)
B := $(O)$(if $(variant),/variant$(variant))
GEN := $(O)/gen

WARN := -Wall -Wextra -Wpedantic -Wshadow -Werror
FLOAT := -ffp-contract=off -fno-math-errno -fno-trapping-math
CFLAGS ?= -O3
ifdef SAN
SANFLAGS := -g -fno-omit-frame-pointer -fsanitize=address,undefined \
            -fno-sanitize-recover=all
endif
INCLUDE := -Iinclude -Icore -Iformat -Iapps -I$(GEN)
ALL_CFLAGS = -std=c11 $(CFLAGS) $(WARN) $(FLOAT) $(INCLUDE) $(LANES_X86) -fPIC $(SANFLAGS)

core_c := $(wildcard core/*.c)
format_c := $(wildcard format/*.c)
app_c := $(wildcard apps/*.c)
cli_c := $(wildcard apps/cli/*.c) $(app_c)
gen_c := $(wildcard $(GEN)/*.c)
unit_c := $(wildcard tests/test_*.c)
fuzz_c := $(wildcard fuzz/*.c)

# The course model's lanes once more for each wider instruction set of x86-64, same bits.
isa_avx2 := -mavx2
isa_avx512 := -mavx512f -mavx512dq -mavx512bw -mavx512vl -mprefer-vector-width=512
ifneq ($(findstring x86_64,$(shell $(CC) -dumpmachine)),)
LANES_X86 := -DNEN__LANES_X86
wide := avx2 avx512
endif
lanes_o := $(patsubst %,$(B)/obj/core/course_lanes_%.o,$(wide))

lib_o := $(patsubst %.c,$(B)/obj/%.o,$(core_c) $(format_c) $(gen_c)) $(lanes_o)
cli_o := $(patsubst %.c,$(B)/obj/%.o,$(cli_c))
fit_mains := fit/calibrate.c fit/crossvalidate.c
validate_o := $(patsubst %.c,$(B)/obj/%.o,$(filter-out $(fit_mains),$(wildcard fit/*.c)))
units := $(patsubst tests/%.c,$(B)/tests/%,$(unit_c))
fuzzers := $(patsubst fuzz/%.c,$(O)/fuzz/%,$(fuzz_c))

# Short lines while building; V=1 shows the commands.
Q := $(if $(V),,@)
say := @$(if $(V),:,echo " ")

.PHONY: help run test build units bench fuzz lint format golden exhaustive \
    install clean
.DEFAULT_GOAL := help

help:
	@echo "make run      build and print the report of one example case"
	@echo "make test     everything that is checked, in one run"
	@echo "make build    build/nen, build/libnen.so, build/libnen.a"
	@echo "make web      the page that runs the engine in the browser, in build/web"
	@echo "make serve-page  the same, served on this machine"
	@echo "make bench    cases and courses per second, beside numpy and R; start-up time"
	@echo "make bench-billion   a billion courses: memory and time (minutes)"
	@echo "make fuzz     fuzz the readers, FUZZ_SECONDS each (15)"
	@echo "make lint     formatter, clang-tidy and the house rules (QUICK=1: core only)"
	@echo "make format   rewrite the C sources with clang-format"
	@echo "make golden   compare bits across compilers; print the reports, for review"
	@echo "make exhaustive  exp, log and quantile at every 32-bit float (minutes)"
	@echo "make mutants  do the tests notice mistakes put into the core? (minutes)"
	@echo "make calibrate   fit the course model to the calibration trials (minutes)"
	@echo "make crossvalidate   the same without each trial in turn (minutes)"
	@echo "make validate    held-out trials against the fitted model; writes docs/"
	@echo "make install  install the command, library and header (PREFIX)"
	@echo "make clean    remove build/"
	@echo "Variables: CC=clang  SAN=1  V=1 (whole commands)  CASE=file.json  PREFIX=/usr/local"

run: build
	@$(B)/nen report $(CASE)
	@$(B)/nen report --html $(O)/report.html $(CASE)
	@echo
	@echo "The same report as a page: $(O)/report.html"

test: build
	@bash tests/run.sh

# ---- packages -----------------------------------------------------------------------
# Every target that compiles goes through the knowledge compiler, and that through here;
# `needs` says which packages.  As an order-only prerequisite it rebuilds nothing.

needs := $(if $(filter gcc cc,$(CC)),run,test)
test units fuzz golden exhaustive mutants: needs := test
lint format: needs := lint
bench bench-billion: needs := bench

.PHONY: packages
packages:
	@sh tools/install-deps.sh $(needs)

# ---- knowledge: tables to constant C ------------------------------------------------
# The generated files are known only after the compiler ran, so `build` is two steps.

$(O)/knowc: $(wildcard tools/knowc*.c tools/knowc*.h) core/knowledge.h core/trials.h \
    core/course.h include/nen.h | packages
	@mkdir -p $(O)
	$(say) HOSTCC $@
	$(Q)$(HOSTCC) -std=c11 -O1 $(WARN) -Iinclude -Icore -Itools -o $@ \
	    $(wildcard tools/knowc*.c)

$(GEN)/.stamp: $(O)/knowc $(wildcard knowledge/*.tsv)
	@rm -rf $(GEN) && mkdir -p $(GEN)
	$(say) KNOWC $(GEN)
	$(Q)$(O)/knowc knowledge $(GEN)
	@touch $@

build: $(GEN)/.stamp
	@$(MAKE) --no-print-directory $(B)/nen $(B)/libnen.so $(B)/libnen.a fit-programs

units: $(GEN)/.stamp
	@$(MAKE) --no-print-directory unit-programs

.PHONY: unit-programs fuzz-programs
unit-programs: $(units) $(B)/tests/fit_stat $(B)/tests/trial_rows $(B)/bench/course

# ---- objects ------------------------------------------------------------------------

$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(say) CC $@
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Whole batches are followed in flat loops; clang says so where it cannot (rng.h asks).
$(B)/obj/core/course_lanes.o $(lanes_o): \
    WARN += $(if $(findstring clang,$(CC)),-Wno-pass-failed)

$(lanes_o): $(B)/obj/core/course_lanes_%.o: core/course_lanes.c
	@mkdir -p $(@D)
	$(say) CC $@
	$(Q)$(CC) $(ALL_CFLAGS) $(isa_$*) -DNEN__LANES_NAME=nen__course_$* \
	    -MMD -MP -c -o $@ $<

$(B)/libnen.a: $(lib_o)
	@rm -f $@
	$(say) AR $@
	$(Q)$(AR) rcs $@ $^

$(B)/libnen.so: $(lib_o)
	$(say) LINK $@
	$(Q)$(CC) $(SANFLAGS) -shared -o $@ $^

$(B)/obj/apps/cli/validate.o: INCLUDE += -Ifit

$(B)/nen: $(cli_o) $(validate_o) $(B)/libnen.a
	$(say) LINK $@
	$(Q)$(CC) $(SANFLAGS) -o $@ $^ -lm -pthread

$(B)/tests/test_fmath: LIBS := -lmpfr -lgmp
$(B)/tests/test_fmath $(B)/tests/test_rng: core/rng.h core/fmath.h

$(B)/tests/test_fit $(B)/tests/fit_stat: INCLUDE += -Ifit
$(B)/tests/test_fit $(B)/tests/fit_stat: LIBS := $(validate_o) $(B)/libnen.a -lpthread
$(B)/tests/test_fit $(B)/tests/fit_stat: $(validate_o)

$(B)/tests/%: tests/%.c $(B)/libnen.a $(wildcard tests/*.h)
	@mkdir -p $(@D)
	$(say) CC $@
	$(Q)$(CC) $(ALL_CFLAGS) -Itests -o $@ $< $(B)/libnen.a -lcmocka -ljansson $(LIBS) -lm

# What the benchmark has for each instruction set: unit costs, a plainer model.
units_o := $(patsubst %,$(B)/obj/bench/units_%.o,portable $(wide))
model_b_o := $(patsubst %,$(B)/obj/bench/model_b_%.o,portable $(wide))

$(units_o): $(B)/obj/bench/units_%.o: bench/units.c
	@mkdir -p $(@D)
	$(say) CC $@
	$(Q)$(CC) $(ALL_CFLAGS) $(isa_$*) -DUNITS_NAME=units_$* -Itests -MMD -MP -c -o $@ $<

$(model_b_o): $(B)/obj/bench/model_b_%.o: bench/model_b.c
	@mkdir -p $(@D)
	$(say) CC $@
	$(Q)$(CC) $(ALL_CFLAGS) $(isa_$*) -DMODEL_B_NAME=model_b_$* -MMD -MP -c -o $@ $<

$(B)/bench/course: LIBS := $(units_o) $(model_b_o)
$(B)/bench/course: $(units_o) $(model_b_o) $(wildcard bench/*.h)

$(B)/bench/%: bench/%.c bench/measure.h $(B)/libnen.a
	@mkdir -p $(@D)
	$(say) CC $@
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $< $(LIBS) $(B)/libnen.a -lm -lpthread

.SECONDARY:
-include $(shell find $(wildcard $(B)/obj $(O)/fuzz/obj) /dev/null -name '*.d')

# ---- fit: the course model against trials -----------------------------------------------
# Its programs are linked without validation.o: the archive gives only what they name.

fit_c := $(filter-out $(fit_mains) fit/validate%,$(wildcard fit/*.c))
fit_o := $(patsubst %.c,$(B)/obj/%.o,$(fit_c))

$(B)/obj/fit/%.o: fit/%.c
	@mkdir -p $(@D)
	$(say) CC $@
	$(Q)$(CC) $(ALL_CFLAGS) -D_POSIX_C_SOURCE=200809L -Ifit -MMD -MP -c -o $@ $<

fit_programs := $(patsubst %.c,$(B)/%,$(fit_mains))
$(fit_programs): $(B)/%: $(B)/obj/%.o $(fit_o) $(B)/libnen.a
	@mkdir -p $(@D)
	$(say) LINK $@
	$(Q)$(CC) $(SANFLAGS) -o $@ $^ -lpthread -lm

.PHONY: fit-programs calibrate crossvalidate
fit-programs: $(fit_programs)

calibrate: $(GEN)/.stamp
	@$(MAKE) --no-print-directory fit-programs
	@nice $(B)/fit/calibrate $(CALIBRATE)

crossvalidate: $(GEN)/.stamp
	@$(MAKE) --no-print-directory fit-programs
	@nice $(B)/fit/crossvalidate $(CROSSVALIDATE)

.PHONY: validate
validate: build
	@$(B)/nen validate --report docs/validation.md --svg docs/validation.svg

# ---- the page: the same engine as WebAssembly -----------------------------------------
# clang runs wasm-opt by itself when it links with -O, and trips over it: hence two steps.
# The stack comes first, so that one that overflows traps instead of eating data.  Each
# language beside English has a module of its own, the same but for its words: a browser
# loads one before it shows the page.

WEB := $(O)/web
W := $(O)/wasm
WASM_CC := clang-14 --target=wasm32-wasi
WASM_FEATURES := --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int \
                 --enable-sign-ext --enable-mutable-globals
WASM_CFLAGS = -std=c11 $(WARN) $(FLOAT) $(INCLUDE) -DNEN_PAGE \
              -isystem $(W)/include -msimd128 \
              -mbulk-memory -mnontrapping-fptoint -msign-ext
# What -O3 of wasm-opt does, as far as it matters here, without the one pass that cuts the
# data up: whole, they pack better by 8 kB.
WASM_PASSES := --optimize-instructions --simplify-locals-nostructure --vacuum \
    --reorder-locals --coalesce-locals --simplify-locals --vacuum --coalesce-locals \
    --reorder-locals --merge-blocks --remove-unused-names --precompute-propagate \
    --optimize-instructions --vacuum --inlining-optimizing \
    --duplicate-function-elimination --remove-unused-module-elements
# Linked with -O0: strings stay in the order of their tables, which packs better by 11 kB
# than what the linker saves when it lets strings share their ends.
WASM_LDFLAGS := -mexec-model=reactor -Wl,-z,stack-size=1048576 -Wl,--stack-first \
                -Wl,--strip-all -Wl,-O0
web_c := $(wildcard apps/web/*.c) $(app_c)
web_o := $(patsubst %.c,$(W)/%.o,$(core_c) $(format_c) $(gen_c) $(web_c))
modules := $(W)/engine.wasm $(W)/engine.es.wasm
page := $(wildcard apps/web/*.html apps/web/*.css apps/web/*.js apps/web/*.svg \
    apps/web/*.webmanifest)

web serve-page web-module: needs := web

# The lanes for speed, the rest for size: a page is sent over a wire.
$(W)/core/course_lanes.o: OPT := -O3 -Wno-pass-failed
OPT := -Oz

$(W)/include/jsmn.h: | packages
	@mkdir -p $(@D)
	@cp /usr/include/jsmn.h $@

$(W)/%.o: %.c | $(W)/include/jsmn.h
	@mkdir -p $(@D)
	$(say) WASM $@
	$(Q)$(WASM_CC) $(WASM_CFLAGS) $(OPT) -MMD -MP -c -o $@ $<

$(W)/words/es.o: $(W)/words/%.o: $(GEN)/knowledge.c | $(W)/include/jsmn.h
	@mkdir -p $(@D)
	$(say) WASM $@
	$(Q)$(WASM_CC) $(WASM_CFLAGS) -DNEN_PAGE_$* $(OPT) -MMD -MP -c -o $@ $<

$(W)/engine.wasm: $(web_o)
$(W)/engine.es.wasm: $(W)/engine.%.wasm: $(W)/words/%.o $(filter-out $(W)/$(GEN)/knowledge.o,$(web_o))
	$(link_wasm)
$(W)/engine.wasm:
	$(link_wasm)

define link_wasm
$(say) LINK $@
$(Q)$(WASM_CC) $(WASM_LDFLAGS) -o $@.linked $^
$(Q)wasm-opt $(WASM_PASSES) $(WASM_FEATURES) -o $@ $@.linked
endef

-include $(shell find $(wildcard $(W)) /dev/null -name '*.d')

.PHONY: web web-module serve-page
web: $(GEN)/.stamp
	@$(MAKE) --no-print-directory $(modules)
	$(say) PAGE $(WEB)
	$(Q)sh tools/web.sh $(WEB) $(modules)

serve-page: web
	@python3 apps/web/serve.py $(WEB)

# ---- the rest -----------------------------------------------------------------------

bench: build
	@$(MAKE) --no-print-directory $(B)/bench/bench $(B)/bench/course
	@bash bench/run.sh $(B)

.PHONY: bench-billion
bench-billion: build
	@python3 bench/command.py $(B)/nen --billion

FUZZ_SECONDS ?= 15
FUZZ_FLAGS := -Wno-pass-failed -std=c11 -O1 -g $(FLOAT) $(INCLUDE) -fno-sanitize-recover=all
fuzz_o := $(patsubst %.c,$(O)/fuzz/obj/%.o,$(core_c) $(format_c) $(gen_c))

$(O)/fuzz/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(say) CLANG $@
	$(Q)clang $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link,address,undefined -MMD -MP -c -o $@ $<

$(O)/fuzz/libnen.a: $(fuzz_o)
	@rm -f $@
	$(say) AR $@
	$(Q)$(AR) rcs $@ $^

$(O)/fuzz/%: fuzz/%.c $(O)/fuzz/libnen.a
	@mkdir -p $(@D)
	$(say) CLANG $@
	$(Q)clang $(FUZZ_FLAGS) -fsanitize=fuzzer,address,undefined -o $@ $^ -lm

fuzz: $(GEN)/.stamp
	@$(MAKE) --no-print-directory fuzz-programs
	@bash tests/fuzz.sh $(FUZZ_SECONDS)

fuzz-programs: $(fuzzers)

lint: $(GEN)/.stamp
	@bash tools/lint.sh $(if $(QUICK),--quick)

format: packages
	@bash tools/lint.sh --format

golden: build
	@bash tests/same_bits.sh
	@for cc in gcc clang; do \
	    $(MAKE) --no-print-directory build CC=$$cc && \
	    $(MAKE) --no-print-directory build CC=$$cc SAN=1 && \
	    $(MAKE) --no-print-directory build CC=$$cc CFLAGS=-O0 O=$(O)/golden-$$cc-O0 || \
	    exit 1; \
	done
	@bash tests/same_course.sh $(O)/nen $(O)/variant-clang/nen $(O)/variant-san/nen \
	    $(O)/variant-clang-san/nen $(O)/golden-gcc-O0/nen \
	    $(O)/golden-clang-O0/variant-clang/nen
	@for f in examples/*.json; do echo "==== $$f"; $(B)/nen report $$f; done

exhaustive: units
	NEN_SWEEP=1 $(B)/tests/test_fmath

.PHONY: mutants
mutants: units
	@python3 tests/mutants.py $(MUTANTS)

install: build
	install -Dm755 $(B)/nen $(DESTDIR)$(PREFIX)/bin/nen
	install -Dm644 $(B)/libnen.so $(DESTDIR)$(PREFIX)/lib/libnen.so
	install -Dm644 $(B)/libnen.a $(DESTDIR)$(PREFIX)/lib/libnen.a
	install -Dm644 include/nen.h $(DESTDIR)$(PREFIX)/include/nen.h

clean:
	rm -rf $(O)
