// tables.js - the knowledge tables as the page reads them, each fetched from the engine
// once, in the reader's language.

// What people read; ids and words of the case stay as they are.
const READ = ["name", "plain", "plain_name", "question", "why", "help", "text", "route", "rhythm",
  "mechanism", "summary", "term", "also", "technical", "title", "condition", "group", "unit",
  "endpoint", "statistic", "population", "arms", "state", "locator", "place"];
const kept = new Map();

export function tables(engine) {
  let lang = 0;

  async function read(name) {
    const rows = await engine.ask("facts", name);
    if (!rows.length) throw new Error(`the page's module has no table ${name}`);
    for (const row of rows) {
      if (row.locator === "unread") row.locator = null;
      row.place = row.region; // as it is shown; `region` stays the word of the case
    }
    if (!lang) return rows;
    const cells = [...new Set(rows.flatMap((row) => READ.map((column) => row[column])))].filter(Boolean);
    const said = await engine.ask("translate", lang, cells);
    const words = new Map(cells.map((cell, i) => [cell, said[i]]));
    for (const row of rows) {
      for (const column of READ) if (row[column]) row[column] = words.get(row[column]);
    }
    return rows;
  }

  return {
    /** All rows of a table. */
    async rows(name) {
      if (!kept.has(name)) kept.set(name, read(name));
      return kept.get(name);
    },
    /** Rows of a table by the value of a column. */
    async by(name, column) {
      const key = `${name}/${column}`;
      if (!kept.has(key)) {
        const rows = await this.rows(name);
        kept.set(key, Map.groupBy ? Map.groupBy(rows, (row) => row[column]) : group(rows, column));
      }
      return kept.get(key);
    },
    /** Rows in another language from here on. */
    speak(language) {
      lang = language;
      kept.clear();
    },
  };
}

function group(rows, column) {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(row[column])) groups.set(row[column], []);
    groups.get(row[column]).push(row);
  }
  return groups;
}
