// tables.js - the knowledge tables as the page reads them, each fetched from the engine
// once, in the reader's language.

// What people read; ids and words of the case stay as they are.
const READ = ["name", "plain", "plain_name", "question", "why", "help", "text", "route", "rhythm",
  "summary", "term", "technical", "title", "condition", "group"];
const kept = new Map();

export function tables(engine) {
  let code = "en";

  async function dictionary() {
    if (code === "en") return new Map();
    const rows = await engine.ask("facts", "translations");
    return new Map(rows.filter((row) => row.lang === code).map((row) => [row.english, row.text]));
  }

  async function read(name) {
    const [rows, words] = await Promise.all([engine.ask("facts", name), dictionary()]);
    if (!rows.length) throw new Error(`the page's module has no table ${name}`);
    for (const row of words.size ? rows : []) {
      for (const column of READ)
        if (words.has(row[column])) row[column] = words.get(row[column]);
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
      code = language;
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
