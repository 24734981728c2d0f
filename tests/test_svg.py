#!/usr/bin/env python3
"""The plots as other programs read them: XML, a strict content policy, and the eye.

build/tests/test_svg writes its pictures into a folder; each is parsed. Words must lie on
the picture and not on each other, colors must stand out from the paper.
"""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.environ.get("SVG", os.path.join(ROOT, "build", "tests", "test_svg"))
NS = "{http://www.w3.org/2000/svg}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ELEMENTS = {"svg", "title", "desc", "g", "path", "rect", "circle", "text"}
ATTRIBUTES = {
    "aria-describedby", "aria-labelledby", "class", "color", "cx", "cy", "d", "fill",
    "fill-opacity", "font-family", "font-size", "font-weight", "height", "id", "r",
    "role", "stroke", "stroke-dasharray", "stroke-opacity", "stroke-width",
    "text-anchor", "viewBox", "width", "x", "y", LANG,
}
# Pictures whose words are as a caller would have them; others test the extremes.
LOOKED_AT = [kind + suffix for suffix in ("", "_phone", "_wall")
             for kind in ("survival", "difference", "swimmer", "icons", "forest")
             if kind + suffix != "survival"] + ["survival1", "survival2", "survival3",
                                                "survival4", "survival_36"]
LETTER = 0.45  # least mean width of a letter, in sizes
SMALLEST = 11

passed = failed = 0


def check(name, ok, why=""):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print(f"FAIL {name}: {why}")


def box(text):
    size, words = float(text.get("font-size")), "".join(text.itertext())
    width = len(words) * size * LETTER
    x, y = float(text.get("x")), float(text.get("y"))
    x -= {"middle": width / 2, "end": width}.get(text.get("text-anchor"), 0)
    return x, y - size * 0.7, x + width, y, words


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def structure(name, root):
    names = {e.tag.replace(NS, "") for e in root.iter()}
    check(name, names <= ELEMENTS, f"elements {names - ELEMENTS}")
    used = {a for e in root.iter() for a in e.attrib}
    check(name, used <= ATTRIBUTES, f"attributes {used - ATTRIBUTES}")
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    check(name, len(ids) == len(set(ids)), f"ids twice: {ids}")
    labels = [root.get("aria-labelledby"), root.get("aria-describedby")]
    check(name, all(i in ids for i in labels if i), f"{labels} not among {ids}")
    check(name, root.get("role") == "img" and root[0].tag == NS + "title", "no title")
    check(name, bool(root.get(LANG)), "no language")


def words(name, root):
    width, height = (float(v) for v in root.get("viewBox").split()[2:])
    boxes = [box(t) for t in root.iter(NS + "text")]
    off = [b[4] for b in boxes
           if b[0] < 0 or b[1] < 0 or b[2] > width or b[3] > height]
    check(name, not off, f"off the picture: {off[:3]}")
    on = [(a[4], b[4]) for i, a in enumerate(boxes) for b in boxes[i + 1:]
          if overlap(a, b)]
    check(name, not on, f"words on words: {on[:3]}")
    least = min(float(t.get("font-size")) for t in root.iter(NS + "text"))
    check(name, least >= SMALLEST, f"letters of {least}")


def marks(name, root):
    """Nothing is drawn beyond the edge."""
    width, height = (float(v) for v in root.get("viewBox").split()[2:])
    at = [point for path in root.iter(NS + "path")
          for point in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.get("d"))]
    off = [(x, y) for x, y in at
           if not (0 <= float(x) <= width and 0 <= float(y) <= height)]
    check(name, not off, f"off the picture: {off[:3]}")


def luminance(color):
    parts = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a, b):
    a, b = sorted((luminance(a), luminance(b)))
    return (b + 0.05) / (a + 0.05)


def colors(root):
    """WCAG 2.2: graphics 3 to 1, words 4.5 to 1; the dark ones are of nen_plot_css."""
    series = {e.get("class"): e.get("color") for e in root.iter(NS + "g")
              if e.get("color")}
    check("colors", len(series) == 4, f"series {series}")
    for name, color in series.items():
        check("colors", contrast(color, "#ffffff") >= 3, f"{name} {color} on white")
    check("colors", contrast(root.get("color"), "#ffffff") >= 7, "words on white")
    with open(os.path.join(ROOT, "format", "svg.c"), encoding="utf-8") as source:
        css = source.read()
    paper = re.search(r"\.paper\{fill:(#\w{6})", css).group(1)
    ink = re.search(r"\.plot\{color:(#\w{6})", css).group(1)
    dark = re.findall(r"\.s\d\{color:(#\w{6})", css)
    check("colors", len(dark) == 4, f"dark series {dark}")
    check("colors", contrast(ink, paper) >= 7, "dark words")
    for color in dark:
        check("colors", contrast(color, paper) >= 3, f"{color} on {paper}")
    dashes = {e.get("stroke-dasharray") for e in root.iter(NS + "path")
              if e.get("class") == "curve"}
    check("colors", len(dashes) == 4, f"dashes {dashes}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run([PROGRAM, folder], capture_output=True, text=True)
        check("test_svg", run.returncode == 0, run.stderr[-2000:])
        names = sorted(n[:-4] for n in os.listdir(folder))
        check("pictures", set(LOOKED_AT) <= set(names), set(LOOKED_AT) - set(names))
        for name in names:
            try:
                root = xml.parse(os.path.join(folder, name + ".svg")).getroot()
            except xml.ParseError as error:
                check(name, False, f"no XML: {error}")
                continue
            structure(name, root)
            marks(name, root)
            if name in LOOKED_AT:
                words(name, root)
            if name == "survival4":
                colors(root)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
