// enter.mjs - numbers as people write them, and files that are no case: what was typed
// stays, and the page says what it understood.
import { readFileSync } from "node:fs";

/** Opens the question of a field, after the first three. */
async function ask(page, field) {
  await page.locator("#add-fact").selectOption(field);
  await page.waitForSelector(`#in-${field}`);
}

async function type(page, field, text) {
  await page.locator(`#in-${field}`).fill(text);
  await page.locator(`#in-${field}`).dispatchEvent("change");
}

export async function numbers({ open, founding, check }) {
  const { page, context } = await open({});
  await founding(page);
  await ask(page, "size_mm");
  const understood = async (wanted) => {
    await page.waitForFunction((words) => document.querySelector(".understood").textContent === words,
      wanted, { timeout: 3000 }).catch(() => {});
    return await page.locator(".understood").textContent() === wanted;
  };
  const unit = page.getByLabel("Unit", { exact: true });
  for (const [typed, words] of [["23 mm", "Read as 23 mm."], ["2,3 cm", "Read as 23 mm."],
    ["<2 cm", "Read as <20 mm."], ["2-3 cm", "Read as 20-30 mm."]]) {
    await type(page, "size_mm", typed);
    check(`${typed} is understood`, await understood(words), await page.locator(".understood").textContent());
  }
  await type(page, "size_mm", "2.5");
  await unit.selectOption("cm");
  check("a number is read in the unit that was chosen", await understood("Read as 25 mm."));
  await type(page, "size_mm", "60 cm");
  await page.locator(".question .problem:not([hidden])").waitFor({ timeout: 3000 }).catch(() => {});
  check("what cannot be is refused, with what is allowed",
    (await page.locator(".question .problem").textContent()).includes("500"));
  check("and what was typed stays", await page.locator("#in-size_mm").inputValue() === "60 cm");
  await type(page, "size_mm", "1,200 mm");
  await page.waitForTimeout(100);
  check("a comma that could mean two things is asked about",
    await page.locator(".question .problem").isVisible());
  await type(page, "size_mm", "2,3");
  check("a comma before one or two digits is a point", await understood("Read as 23 mm."));
  await page.locator("#in-size_mm").press("Enter");
  await page.waitForFunction(() => document.querySelector(".told-more"));
  await page.locator(".told-more summary").click();
  check("the list of answers has the field's unit",
    await page.locator(".told-a", { hasText: /^23 mm$/ }).count() === 1);
  await ask(page, "bilirubin_mg_dl");
  await unit.selectOption("umol/L");
  await type(page, "bilirubin_mg_dl", "34");
  check("a lab's unit is converted as the command does", await understood("Read as 1.987844 mg/dL."),
    await page.locator(".understood").textContent());
  await context.close();
}

/** A file dropped on the page. */
const drop = (page, text, name) => page.evaluate(([content, called]) => {
  const data = new DataTransfer();
  data.items.add(new File([content], called, { type: "application/json" }));
  document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}, [text, name]);

const BUNDLE = JSON.stringify({ resourceType: "Bundle", type: "collection", entry: [
  { resource: { resourceType: "Patient", id: "one" } }, { resource: { resourceType: "Condition", id: "two" } }] });

export async function dropped({ open, place, check }) {
  const { page, context } = await open({});
  const said = async () => {
    await page.locator(".warn:visible", { hasText: /still here/ }).first().waitFor({ timeout: 3000 }).catch(() => {});
    const shown = await page.locator(".warn:visible", { hasText: /still here/ }).allTextContents();
    return shown.join(" ");
  };
  await drop(page, BUNDLE, "bundle.json");
  check("a FHIR bundle on the empty page is named, and that it cannot be read yet",
    /FHIR/.test(await said()) && /yet/.test(await said()), await said());
  await page.reload();
  await page.waitForSelector("html[data-ready]");
  await place(page, "Pancreas");
  for (const [name, text, words] of [["a FHIR bundle", BUNDLE, /FHIR/], ["a broken file", '{"site":', /JSON/],
    ["a list of cases", '[{"site":"lung"}]', /one case/], ["a file of another kind", "%PDF-1.4", /JSON/],
    ["an impossible case", '{"site":"pancreas","ki67_pct":130}', /130/],
    ["a case of a later version", '{"site":"pancreas","tumor_mood":"calm"}', /tumor_mood/],
    ["an empty file", "", /JSON/]]) {
    await drop(page, text, "case.json");
    await page.waitForFunction((source) => [...document.querySelectorAll(".warn")].some((node) =>
      new RegExp(source).test(node.textContent) && node.offsetParent), words.source, { timeout: 3000 }).catch(() => {});
    check(`${name}: a clear sentence`, words.test(await said()), await said());
    check(`${name}: nothing typed is lost`,
      (await page.locator("[data-about=where]").textContent()).includes("pancreas"));
  }
  await drop(page, readFileSync("examples/midgut-liver.json", "utf8"), "case.json");
  await page.waitForFunction(() => document.querySelector(".glance")?.textContent.includes("IV"), null, { timeout: 5000 });
  check("a good one after them is opened, and the warning goes", await page.locator("#files .warn:visible").count() === 0);
  await context.close();
}
