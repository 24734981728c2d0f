// walk.mjs - by keyboard alone, from the first question to the printed sheet, as a patient
// and as a tumor board: every stop can be seen and is not covered.

/** What has the focus: its words, and whether the point in its middle is its own. */
const stop = (page) => page.evaluate(() => {
  const node = document.activeElement;
  const box = node.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, innerHeight / 2));
  return { tag: node.tagName, type: node.type ?? "", text: (node.ariaLabel || node.textContent || node.value).trim(),
    name: node.name ?? "", id: node.id, under: `at ${Math.round(box.x)}, ${Math.round(box.y)} of ${innerWidth} x ${innerHeight}: ${at?.tagName}`, visible: node.tagName === "BODY" || box.height < 2
      || Boolean(at && (node.contains(at) || at.contains(node) || node.labels?.[0]?.contains(at))) };
});

export async function walk({ open, check, name, board }) {
  const { page, context, problems } = await open({});
  const covered = [];
  await page.evaluate(() => { window.print = () => { document.documentElement.dataset.printed = ""; }; });

  /** Goes on with Tab until a stop is as wished; false when it never is. */
  async function until(wish, most = 160) {
    for (let i = 0; i < most; i++) {
      await page.keyboard.press("Tab");
      let now = await stop(page);
      // the line at the bottom makes way a frame later, and the page may still be drawing
      for (let wait = 0; !now.visible && wait < 5; wait++) {
        await page.waitForTimeout(100);
        now = await stop(page);
      }
      if (!now.visible) covered.push(`${now.text.slice(0, 40) || now.tag} (${now.under})`);
      if (wish(now)) return true;
    }
    return false;
  }
  const press = async (text) => {
    const found = await until((now) => now.text === text);
    if (found) await page.keyboard.press("Enter");
    return found;
  };
  const asked = (words) => page.waitForFunction((text) =>
    document.querySelector("#question")?.textContent.includes(text)
      && document.activeElement.id === "question", words, { timeout: 3000 }).then(() => true, () => false);

  if (board) check(`${name}: the voice is changed by keyboard`, await press("Tumor board"));
  if (board) await page.waitForFunction(() => document.querySelector(".switch [aria-pressed=true]").textContent.includes("board"));
  check(`${name}: the first question is reached`, await until((now) => now.name === "site"));
  await page.keyboard.press("Space");
  for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowDown");
  check(`${name}: an organ is chosen with the arrows`,
    await page.evaluate(() => document.querySelector("[name=site]:checked")?.value) !== undefined);
  await press("Next");
  check(`${name}: spread is asked next, and has the focus`, await asked(board ? "as told" : "spread"));
  await until((now) => now.name === "spread");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  check(`${name}: where it has spread to can be reached`, await until((now) => now.type === "checkbox"));
  await page.keyboard.press("Space");
  await press("Next");
  await until((now) => now.name === "grade");
  await page.keyboard.press("ArrowDown");
  await press("Next");
  await page.waitForTimeout(200);
  const before = await page.locator("#question").textContent();
  check(`${name}: a question can be skipped`, await press("I don't know"));
  await page.waitForFunction((old) => document.querySelector("#question")?.textContent !== old, before);
  await page.waitForSelector(board ? "[data-about='go.title_board'] tbody tr, [data-about='go.title_board'] p"
    : "[data-about=course] li, [data-about=course] p", { timeout: 20000 });
  await page.waitForTimeout(1200);
  const shown = page.locator("article.card details.more > summary").first();
  if (!board && await shown.count()) {
    check(`${name}: more about a treatment opens`, await press("More about it"));
    check(`${name}: and is open`, await page.locator("article.card details.more[open]").count() === 1);
  }
  const sheet = board ? "Sheet for the board" : "Sheet for your visit";
  check(`${name}: the sheet can be printed`, await press(sheet));
  await page.waitForSelector("html[data-printed]", { timeout: 5000 });
  check(`${name}: it has the case`, (await page.locator("#paper").textContent()).length > 300);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  check(`${name}: no stop was covered`, covered.length === 0, [...new Set(covered)].join(" | "));
  check(`${name}: focus is back at the button`, (await stop(page)).text === sheet, (await stop(page)).text);
  check(`${name}: no error`, problems.length === 0, problems.join(" | "));
  await context.close();
}
