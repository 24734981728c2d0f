/* report_html.c - the report as one HTML file that needs nothing else. */
#include "report.h"
#include "svg.h"

#include <string.h>

static const char *const css[] = {
    ":root{--bg:#fbfaf7;--ink:#1f2523;--soft:#55605b;--line:#d9d6cc;--card:#fff;"
    "--accent:#1d6b57;--accent-soft:#dcebe4;--warm:#8a4b08;--warm-soft:#fbeedd;"
    "--stop:#9c2f2f;--track:#e4e2da}\n",
    "@media(prefers-color-scheme:dark){:root{--bg:#161a19;--ink:#e9ece8;"
    "--soft:#a9b3ae;--line:#38403d;--card:#1f2523;--accent:#7fd0b5;"
    "--accent-soft:#22403a;--warm:#f0b877;--warm-soft:#3b2c19;--stop:#f09a9a;"
    "--track:#38403d}}\n",
    "*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}"
    "body{margin:0;background:var(--bg);color:var(--ink);"
    "font:1.125rem/1.6 Charter,'Iowan Old Style',Georgia,serif}\n",
    "body::before{content:'';display:block;height:.5rem;background:"
    "repeating-linear-gradient(115deg,var(--ink) 0 .6rem,var(--bg) .6rem 1.2rem);"
    "opacity:.55}\n",
    "main{max-width:42rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}"
    "h1,h2,h3,h4,dt,th,.badge,figcaption,svg text{font-family:"
    "system-ui,'Segoe UI',Roboto,sans-serif}\n",
    "h1{font-size:2rem;line-height:1.2;margin:1rem 0 .5rem}"
    "h2{font-size:1.45rem;line-height:1.25;margin:2.75rem 0 .75rem;"
    "padding-top:1rem;border-top:1px solid var(--line)}"
    "h3{font-size:1.1rem;margin:2rem 0 .5rem;color:var(--accent)}"
    "h4{font-size:1.1rem;margin:0 0 .4rem}\n",
    "p{margin:.6rem 0}.lead{font-size:1.2rem;color:var(--soft)}"
    ".note{color:var(--soft);font-size:1rem;padding-left:1rem;"
    "border-left:3px solid var(--line)}"
    ".warn{background:var(--warm-soft);border-left:4px solid var(--warm);"
    "padding:.6rem 1rem;border-radius:.3rem}\n",
    "ul{padding-left:1.2rem}li{margin:.4rem 0;overflow-wrap:anywhere}"
    "dl{margin:.6rem 0}dl>div{display:grid;"
    "grid-template-columns:minmax(8rem,13rem) 1fr;"
    "gap:.1rem 1rem;padding:.3rem 0;border-bottom:1px solid var(--line)}"
    "dl>div:last-child{border-bottom:0}"
    "dt{color:var(--soft);font-size:.92rem;line-height:1.75}dd{margin:0;"
    "overflow-wrap:anywhere}\n",
    ".card{background:var(--card);border:1px solid var(--line);"
    "border-left:5px solid var(--accent);border-radius:.5rem;"
    "padding:1rem 1.25rem;margin:1rem 0}"
    ".card h3{font-size:1.1rem;margin:0 0 .4rem;color:inherit}"
    ".conditional,.needs_test{border-left-color:var(--warm)}"
    ".never{border-left-color:var(--stop)}.not_now{border-left-color:var(--line)}"
    ".card dl>div{grid-template-columns:8.5rem 1fr}"
    ".badge{font-size:.8rem;font-weight:500;background:var(--accent-soft);"
    "color:var(--ink);border-radius:1rem;padding:.1rem .6rem;margin-left:.4rem;"
    "white-space:nowrap}\n",
    ".bar{display:block;width:100%;max-width:16rem;height:.5rem;margin:.55rem 0 .2rem}"
    ".track{fill:var(--track)}.fill{fill:var(--accent)}"
    ".hormones .fill{fill:var(--warm)}\n",
    "figure{margin:1rem 0;text-align:center}figure svg{width:100%;height:auto}"
    ".body svg{max-width:32rem}figcaption{color:var(--soft);font-size:.92rem}"
    ".skin{fill:var(--accent-soft);stroke:var(--soft);stroke-width:1}"
    ".organ{fill:var(--bg);stroke:var(--soft);stroke-width:.7;opacity:.85}"
    ".start{fill:var(--accent);stroke:var(--bg);stroke-width:1.5}"
    ".ring{fill:none;stroke:var(--accent);stroke-width:1.5}"
    ".spread{fill:var(--warm);stroke:var(--bg);stroke-width:1.5}"
    ".leader{stroke:var(--soft);stroke-width:.6}"
    "figure:not(.course) svg text{fill:var(--ink);font-size:13px}"
    ".course svg{max-width:30rem}\n",
    ".step{fill:var(--card);stroke:var(--soft);stroke-width:1}"
    ".step.may{fill:var(--accent-soft)}.step.is{fill:var(--accent)}"
    ".gauge text{font-size:11px}.gauge .on{fill:var(--bg);font-weight:600}"
    ".gauge .small{font-size:9px;fill:var(--soft)}"
    ".cell{fill:var(--soft)}.cell.is{fill:var(--bg)}\n",
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%;"
    "font-size:.95rem}th,td{text-align:left;padding:.35rem .6rem;"
    "border-bottom:1px solid var(--line);vertical-align:top}"
    "th{color:var(--soft);font-weight:600}\n",
    ".brief{padding:.55rem 1rem;margin:.6rem 0}.brief p{margin:.1rem 0}"
    ".ref{font-family:system-ui,'Segoe UI',Roboto,sans-serif;font-size:.72rem;"
    "color:var(--soft);white-space:nowrap}a{color:var(--accent)}"
    "ol{padding-left:1.8rem}ol li{font-size:.95rem;color:var(--soft)}"
    "ol li::marker{font-family:system-ui,'Segoe UI',Roboto,sans-serif;"
    "font-size:.85rem}\n",
    ".sources li{font-size:.92rem;color:var(--soft)}"
    "summary{cursor:pointer;color:var(--accent);font-family:system-ui,'Segoe UI',"
    "Roboto,sans-serif;font-size:.92rem;padding:.25rem 0}"
    "summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}"
    ".aside{margin-top:2.75rem;border-top:1px solid var(--line);padding-top:1rem}"
    ".aside+.aside{margin-top:.5rem}summary h2{display:inline;margin:0;padding:0;"
    "border:0}\n",
    "@media(max-width:34rem){dl>div,.card dl>div{grid-template-columns:1fr}}\n",
    "@media print{@page{size:A4;margin:10mm 11mm}:root{--bg:#fff;--ink:#000;"
    "--soft:#333;--line:#bbb;--card:#fff;--accent:#1d6b57;--accent-soft:#eef5f1;"
    "--warm:#8a4b08;--warm-soft:#fff;--track:#ddd}html{font-size:8.2pt}"
    "body{font:1rem/1.27 'Times New Roman','Liberation Serif',Times,serif}"
    "body::before{height:.35rem}"
    "main{max-width:none;padding:0;columns:2;column-gap:7mm}"
    "h1{font-size:1.75rem;margin:.4rem 0 0}h1,.lead,.answers{column-span:all}"
    ".lead,p.warn{margin:.1rem 0}"
    "h2{font-size:1.2rem;margin:.7rem 0 .2rem;padding-top:.3rem;break-after:avoid}"
    "h3{font-size:1rem;margin:.5rem 0 .15rem;break-after:avoid}"
    "h4{font-size:1rem;margin:0}.lead,.note,dt,table{font-size:.95rem}"
    "p,li,dl,ul,ol{margin:.1rem 0}ul{padding-left:1rem}\n",
    ".answers{display:grid;grid-template-columns:1fr 1.1fr 1.1fr;gap:0 6mm}"
    ".answers h2{border:0;margin:.3rem 0 .1rem}figcaption{font-size:.85rem}"
    ".body svg{height:30mm;width:auto;max-width:100%}.body svg text{font-size:21px}"
    ".gauge .small{font-size:11px}figure{margin:.1rem 0;"
    "break-inside:avoid}.note{padding-left:.5rem;border-left-width:2px}"
    ".warn{padding:.2rem .5rem}\n",
    ".card{padding:.2rem .5rem;margin:.25rem 0;border-left-width:3px;"
    "break-inside:avoid}.card p{margin:.05rem 0}.brief{border-width:0 0 0 2px;"
    "border-radius:0;padding:0 0 0 .5rem;margin:.25rem 0}"
    "dl>div,.card dl>div{padding:0;border:0;grid-template-columns:6.2rem 1fr;"
    "gap:0 .5rem}.told dl>div{grid-template-columns:1.3fr 1fr}"
    "td,th{padding:.05rem "
    ".4rem}tr{break-inside:avoid}dt{line-height:1.3}.bar{display:none}"
    ".badge{font-size:.85rem;padding:0 .4rem}.ref{font-size:.72rem}"
    "ol{padding-left:1.5rem}ol li,.sources li{font-size:.82rem;line-height:1.2}"
    "a{color:inherit;text-decoration:none}"
    "details:not([open]){display:none}summary{display:none}"
    "details.aside[open]>summary{display:block}}\n"};

static void page_head(nen__buf *b, const nen_style *style) {
    nen__putf(b, "<!doctype html>\n<html lang=\"%s\">\n<head>\n",
              nen_lang_code(style->lang) ? nen_lang_code(style->lang)
                                         : nen_lang_code(0));
    nen__put(b, "<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, "
                "initial-scale=1\">\n<meta name=\"color-scheme\" "
                "content=\"light dark\">\n<title>");
    const char *title =
        nen_text(style->lang, style->board ? NEN_T_HTML_TITLE_BOARD : NEN_T_HTML_TITLE);
    nen__html_escaped(b, title, strlen(title));
    nen__put(b, "</title>\n<style>\n");
    for (unsigned i = 0; i < sizeof css / sizeof *css; i++)
        nen__put(b, css[i]);
    nen__put(b, nen_plot_css);
    nen__put(b, "</style>\n</head>\n<body>\n<main>\n");
}

/* The report alone, for a page that has a head of its own. */
static void body(nen__buf *b, const nen_input *in, const nen_dossier *d,
                 const nen_style *style) {
    nen__report r;
    memset(&r, 0, sizeof r);
    r.in = in;
    r.x = d;
    r.style = style;
    nen__doc_begin(&r.doc, b, true, false, style->lang);
    if (style->board) {
        nen__report_board(&r);
    } else {
        nen__report_patient(&r);
    }
    nen__doc_end(&r.doc);
}

size_t nen_write_html_body(const nen_input *in, const nen_dossier *d,
                           const nen_style *style, char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    body(&b, in, d, style);
    return nen__buf_end(&b);
}

size_t nen_write_html(const nen_input *in, const nen_dossier *d, const nen_style *style,
                      char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    page_head(&b, style);
    body(&b, in, d, style);
    nen__put(&b, "</main>\n</body>\n</html>\n");
    return nen__buf_end(&b);
}
